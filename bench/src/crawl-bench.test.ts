import { expect, test } from "vitest";
import { benchCrawl, crawlParts } from "./crawl-bench.ts";

// Not "kill": a killed worker's jobs are taken up when the queue finds them stalled, which takes too long
// for a test; test/ kills workers as well.
const ours = ["full", "unchanged", "changed", "memory", "politeness"];
const say = (): void => undefined;

test("a part that does not exist is named, with those that do", async () => {
  await expect(benchCrawl({ only: ["fast"], say })).rejects.toThrow(
    `there is no part "fast": ${crawlParts.map((part) => part.name).join(", ")}`,
  );
});

// The parts throw where a page is missing, stored twice or found changed by mistake.
test.runIf(process.platform === "linux")(
  "every part runs small and gets its sums right",
  { timeout: 300_000 },
  async () => {
    const figures = await benchCrawl({ only: ours, small: true, say });
    for (const { bench, figure, value } of figures) {
      expect(bench).toBe("crawl");
      expect(Number.isFinite(value), figure).toBe(true);
    }
    const named = (pattern: RegExp) => figures.filter(({ figure }) => pattern.test(figure));
    expect(named(/^full crawl/).length).toBeGreaterThanOrEqual(7);
    expect(named(/changed pages found/).map(({ value }) => value)).toEqual([5]);
    const broken = named(/^early|before Retry-After/).filter(({ value }) => value !== 0);
    expect(broken).toEqual([]);
  },
);
