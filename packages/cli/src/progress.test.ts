import type { RunProgress } from "@waymark/pipeline";
import { expect, test } from "vitest";
import { createPaces, type MeasuredRun, progressLines } from "./progress.ts";

const run = (sourceId: string, given: Partial<MeasuredRun> = {}): MeasuredRun => ({
  id: `run-${sourceId}`,
  sourceId,
  state: "visiting",
  visited: 0,
  wanted: 0,
  unread: 0,
  pagesPerSecond: undefined,
  ...given,
});
const wide = { rows: 24, columns: 120 };
const lines = (runs: MeasuredRun[], terminal = wide) => progressLines("Crawling", runs, terminal);

test("each source has its bar, with what it is doing, its pace and the time left", () => {
  const runs = [
    run("harbor", { visited: 5, wanted: 15, pagesPerSecond: 0.5 }),
    run("lakes", { visited: 10, unread: 4, pagesPerSecond: 3 }),
    run("hills", { visited: 8, state: "reviewing" }),
    run("dunes", { visited: 8, state: "confirming", wanted: 2, pagesPerSecond: 12.2 }),
    run("marsh"),
  ];
  expect(lines(runs)).toEqual([
    "Crawling: 31/48 pages, 4 to read, 13 pages/s, 30 s left",
    "  harbor █████░░░░░░░░░░░░░░░ 5/20 pages, visiting, 0.5 pages/s, 30 s left",
    "  lakes  ████████████████████ 10/10 pages, 4 to read",
    "  hills  ████████████████████ 8/8 pages, reviewing",
    "  dunes  ████████████████░░░░ 8/10 pages, confirming, 12 pages/s, 1 s left",
    "  marsh  ░░░░░░░░░░░░░░░░░░░░ 0/0 pages, visiting",
  ]);
});

test("the time left is not told while a source has pages and no pace yet", () => {
  const runs = [run("harbor", { wanted: 5, pagesPerSecond: 2 }), run("lakes", { wanted: 1 })];
  expect(lines(runs)[0]).toBe("Crawling: 0/6 pages, visiting, 2.0 pages/s");
});

test("finished sources drop away and are counted", () => {
  const runs = [run("harbor", { state: "finished", visited: 3 }), run("lakes", { visited: 1 })];
  expect(lines(runs)).toEqual([
    "Crawling: 4/4 pages, 1 of 2 finished, visiting",
    "  lakes ████████████████████ 1/1 pages, visiting",
  ]);
});

test("there are never more lines than rows, and the last one tells how many sources are not shown", () => {
  const runs = Array.from({ length: 30 }, (_, index) => run(`source-${index}`));
  for (const rows of [1, 2, 3, 4, 10, 31, 32, 33]) {
    const shown = lines(runs, { rows, columns: 80 });
    const own = shown.filter((line) => line.includes("source-")).length;
    expect(shown.length, `${rows} rows`).toBeLessThanOrEqual(Math.max(2, rows - 1));
    expect(shown.at(-1)).toBe(
      own === 30
        ? "  source-29 ░░░░░░░░░░░░░░░░░░░░ 0/0 pages, visiting"
        : `… and ${30 - own} more`,
    );
  }
  expect(lines(runs, { rows: 10, columns: 80 })).toHaveLength(9);
  expect(lines(runs, { rows: 32, columns: 80 })).toHaveLength(31);
});

test("where rows are few, they go to the sources that still have pages to visit", () => {
  const runs = [
    run("harbor", { visited: 3 }),
    run("lakes", { visited: 1, wanted: 2 }),
    run("dunes"),
  ];
  const shown = lines(runs, { rows: 4, columns: 80 });
  expect(shown[1]).toContain("lakes");
  expect(shown.slice(2)).toEqual(["… and 2 more"]);
});

test("no line is longer than the terminal is wide, and long waits are told in minutes and hours", () => {
  const runs = [
    run("a-source-with-a-very-long-name-indeed", { wanted: 9000, pagesPerSecond: 1 }),
    run("lakes", { wanted: 600, pagesPerSecond: 1 }),
  ];
  const told = lines(runs).join("\n");
  expect(told).toContain("a-source-with-a-very-long-n… ░");
  expect(told).toContain("2.5 h left");
  expect(told).toContain("10 min left");
  for (const line of lines(runs, { rows: 24, columns: 40 })) {
    expect(line.length).toBeLessThanOrEqual(40);
  }
});

test("the pace is that of the last half minute, and unknown while nothing moves", () => {
  const paces = createPaces();
  const at = (seconds: number, visited: number): number | undefined => {
    const progress: RunProgress = { ...run("harbor"), visited };
    return paces.measure([progress], seconds * 1000)[0]!.pagesPerSecond;
  };
  expect(at(0, 100)).toBeUndefined();
  expect(at(1, 103)).toBeUndefined();
  expect(at(4, 108)).toBe(2);
  for (let second = 5; second <= 40; second++) at(second, 108 + (second - 4));
  expect(at(41, 145)).toBeCloseTo(1, 1);
  for (let second = 42; second <= 72; second++) at(second, 145);
  expect(at(73, 145)).toBeUndefined();
});
