import { Redis } from "ioredis";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openProduct } from "./setup/product.ts";
import { startRedis, withRedis } from "./setup/redis.ts";

/*
 * The queue is a doorbell (rule R1): whatever is lost of it, on either backend, in the middle of a crawl,
 * the rows bring the same catalog and the same changes.
 */

let undisturbed: string;

beforeAll(async () => {
  const product = await openProduct();
  await product.crawl(1);
  undisturbed = await product.export();
  await product.close();
}, 120_000);

test("Postgres queue emptied in the middle of a crawl, ten times", async () => {
  const product = await openProduct();
  const worker = await product.startWorker(1);
  const runs = await product.open(1);
  const finished = product.finish(runs);
  for (let flush = 0; flush < 10; flush++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await product.db.query("truncate bullmq.job cascade");
  }
  await finished;
  expect(await product.export()).toBe(undisturbed);
  await worker.stop();
  await product.close();
}, 180_000);

withRedis("with Redis", () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  test("Redis flushed in the middle of a crawl, ten times", async () => {
    const product = await openProduct({ redisUrl: redis.url });
    const worker = await product.startWorker(1);
    const runs = await product.open(1);
    const finished = product.finish(runs);
    const client = new Redis(redis.url);
    for (let flush = 0; flush < 10; flush++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await client.flushall();
    }
    client.disconnect();
    await finished;
    expect(await product.export()).toBe(undisturbed);
    await worker.stop();
    await product.close();
  }, 180_000);
});
