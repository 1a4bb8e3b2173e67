import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { startRedis, withRedis } from "./redis.ts";

withRedis("a Redis of a test's own", () => {
  test("answers, keeps to itself, and is gone when it is stopped", async () => {
    const [one, two] = await Promise.all([startRedis(), startRedis()]);
    const first = new Redis(one.url);
    const second = new Redis(two.url);
    await first.set("kept", "here");
    expect(await second.get("kept")).toBeNull();
    first.disconnect();
    second.disconnect();
    await one.stop();
    await two.stop();

    const gone = new Redis(one.url, { retryStrategy: null, lazyConnect: true });
    gone.on("error", () => {});
    await expect(gone.connect()).rejects.toThrow();
  });
});
