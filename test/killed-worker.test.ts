import { once } from "node:events";
import { expect, test } from "vitest";
import { openProduct } from "./setup/product.ts";

/*
 * Killed at any instant, started again: the same bytes come out (rules R1 to R4). The instants are random,
 * the seed is printed when it fails.
 */

const kills = 20;

test(`a worker killed with SIGKILL ${kills} times leaves what an undisturbed one leaves`, async () => {
  const calm = await openProduct();
  await calm.crawl(1);
  const undisturbed = await calm.export();
  await calm.close();

  const seed = Number(process.env.KILL_SEED ?? Date.now() % 100_000);
  const random = seeded(seed);
  const product = await openProduct();
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
}, 300_000);

function seeded(seed: number): () => number {
  let state = seed || 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
