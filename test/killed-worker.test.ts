import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openProduct } from "./setup/product.ts";
import { startRedis, withRedis } from "./setup/redis.ts";

/*
 * Killed at any instant, started again: the same bytes come out (rules R1 to R4). The instants are random,
 * the seed is printed when it fails.
 */

let undisturbed: string;
beforeAll(async () => {
  const calm = await openProduct();
  await calm.crawl(1);
  undisturbed = await calm.export();
  await calm.close();
}, 120_000);

test("killed 20 times with SIGKILL, with its queue in Postgres", async () => {
  await killWorkers(20, {});
}, 300_000);

withRedis("with Redis", () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());

  test("killed 20 times with SIGKILL, with its queue in Redis", async () => {
    await killWorkers(20, { redisUrl: redis.url });
  }, 300_000);
});

async function killWorkers(kills: number, backend: { redisUrl?: string }): Promise<void> {
  const seed = Number(process.env.KILL_SEED ?? Date.now() % 100_000);
  const random = seeded(seed);
  const product = await openProduct(backend);
  const runs = await product.open(1);
  let finished = false;
  const done = product.finish(runs).then(() => {
    finished = true;
  });
  let killed = 0;
  while (!finished && killed < kills) {
    const worker = await product.spawnWorker(1);
    // A worker needs about a second to begin; some are killed before they have done anything.
    await Promise.race([
      done,
      new Promise((resolve) => setTimeout(resolve, 600 + random() * 1800)),
    ]);
    worker.kill("SIGKILL");
    await once(worker, "exit");
    killed += 1;
  }
  const last = await product.spawnWorker(1);
  await done;
  last.kill("SIGTERM");
  await once(last, "exit");
  expect(await product.export(), `seed ${seed}, ${killed} kills`).toBe(undisturbed);
  await product.close();
}

function seeded(seed: number): () => number {
  let state = seed || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
