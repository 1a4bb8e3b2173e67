import { once } from "node:events";
import { startRuns } from "@waymark/pipeline";
import { listOpenRuns } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openProduct, type Product } from "./setup/product.ts";

const delayMs = 300;
let product: Product;
beforeAll(async () => {
  product = await openProduct();
}, 60_000);
afterAll(() => product?.close());

test("two workers keep one pace: no host is asked twice at once or before its pause is over", async () => {
  const workers = [await product.spawnWorker(1), await product.spawnWorker(1)];
  const sourceIds = ["ecmc", "openskills", "connecting-credentials"];
  const { rows } = await product.db.query("select id from source order by id");
  const known = rows.map((row) => row.id as string);
  const chosen = [...known.filter((id) => sourceIds.includes(id)), ...known].slice(0, 4);
  const { started } = await startRuns(
    { db: product.db, bell: product.bell, now: () => new Date("2026-03-01T02:00:00Z") },
    { sourceIds: chosen as never[], trigger: "operator", who: "test", delayMs },
  );
  await product.finish(started);
  await product.finish((await listOpenRuns(product.db)).map((run) => run.id));
  for (const worker of workers) {
    worker.kill("SIGTERM");
    await once(worker, "exit");
  }
  const byHost = Map.groupBy(product.web.requests, (one) => one.host);
  expect(byHost.size).toBeGreaterThan(2);
  for (const [host, requests] of byHost) {
    const times = requests.map((one) => one.at).sort((a, b) => a - b);
    const gaps = times.slice(1).map((at, index) => at - times[index]!);
    // Five milliseconds are the clocks' own.
    expect(Math.min(delayMs, ...gaps), host).toBeGreaterThanOrEqual(delayMs - 5);
    expect(requests[0]!.path, `${host} is asked for its robots.txt first`).toBe("/robots.txt");
    expect(requests.every((one) => one.userAgent?.startsWith("Waymark/"))).toBe(true);
  }
}, 120_000);
