import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { startRedis, withRedis } from "../../../test/setup/redis.ts";
import { openBell } from "./bell.ts";
import { openQueueRoom } from "./queue.ts";

let databaseUrl: string;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await createTestDatabase();
  databaseUrl = database.url;
  drop = database.drop;
});
afterAll(() => drop());

const behaviors = (backend: () => { redisUrl?: string }) => {
  test("a rung job reaches a worker with its payload", async () => {
    const heard = await listen(backend(), async (bell) => {
      await bell.ring("visit-host", { hostId: "a.example" as never });
    });
    expect(heard).toEqual([{ hostId: "a.example" }]);
  });

  test("ringing many times while it waits is one job", async () => {
    const config = { databaseUrl, ...backend() };
    const bell = await openBell(config);
    for (let n = 0; n < 20; n++) await bell.ring("read-page", { pageId: "pg-1" as never });
    const room = await openQueueRoom(config);
    const heard: unknown[] = [];
    const worker = room.openWorker("read-page", async (payload) => void heard.push(payload), 1);
    await until(() => heard.length > 0);
    await wait(300);
    expect(heard).toHaveLength(1);
    await worker.close();
    await room.close();
    await bell.close();
  });

  test("a job that rings itself while it runs is rung again", async () => {
    const config = { databaseUrl, ...backend() };
    const bell = await openBell(config);
    const room = await openQueueRoom(config);
    let times = 0;
    const worker = room.openWorker(
      "crawl-source",
      async (payload) => {
        times += 1;
        if (times < 3) await bell.ring("crawl-source", payload as never);
      },
      2,
    );
    await bell.ring("crawl-source", { runId: "r" as never });
    await until(() => times >= 3);
    expect(times).toBe(3);
    await worker.close();
    await room.close();
    await bell.close();
  });

  test("the clock rings a schedule once, however many set it", async () => {
    const config = { databaseUrl, ...backend() };
    const bells = await Promise.all([openBell(config), openBell(config), openBell(config)]);
    for (const bell of bells) await bell.ringEvery("check-freshness", { everyMs: 400 });
    const room = await openQueueRoom(config);
    let times = 0;
    const worker = room.openWorker(
      "check-freshness",
      async () => {
        times += 1;
      },
      4,
    );
    await wait(2_000);
    expect(times).toBeGreaterThan(1);
    expect(times).toBeLessThanOrEqual(6);
    await worker.close();
    await room.close();
    for (const bell of bells) await bell.close();
  });
};

describe("the queue in Postgres", () => {
  behaviors(() => ({}));
});

withRedis("the queue in Redis", () => {
  let redis: Awaited<ReturnType<typeof startRedis>>;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis?.stop());
  behaviors(() => ({ redisUrl: redis.url }));
});

test("a Redis that is not there is a clear error", async () => {
  await expect(openBell({ databaseUrl, redisUrl: "redis://:secret@127.0.0.1:1" })).rejects.toThrow(
    /cannot reach Redis at REDIS_URL=redis:\/\/:…@127\.0\.0\.1:1: .*start it, correct the address, or unset REDIS_URL/,
  );
});

async function listen(
  backend: { redisUrl?: string },
  act: (bell: Awaited<ReturnType<typeof openBell>>) => Promise<void>,
): Promise<unknown[]> {
  const config = { databaseUrl, ...backend };
  const room = await openQueueRoom(config);
  const heard: unknown[] = [];
  const worker = room.openWorker("visit-host", async (payload) => void heard.push(payload), 1);
  const bell = await openBell(config);
  await act(bell);
  await until(() => heard.length > 0);
  await worker.close();
  await room.close();
  await bell.close();
  return heard;
}

async function until(isSo: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!isSo() && Date.now() < deadline) await wait(20);
}
