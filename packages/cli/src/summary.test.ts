import { RunId, SourceId } from "@waymark/domain";
import type { Run } from "@waymark/store";
import { expect, test } from "vitest";
import { describeSaved, minutesText, savedLines } from "./summary.ts";

const runOf = (source: string, given: Partial<Run>): Run => ({
  id: RunId.parse(`${source}@1`),
  sourceId: SourceId.parse(source),
  trigger: "operator",
  who: undefined,
  slot: "1",
  delayMs: undefined,
  state: "finished",
  confirmed: false,
  planned: true,
  startedAt: new Date("2026-04-01T02:00:00Z"),
  finishedAt: undefined,
  visited: 0,
  archive: undefined,
  counts: {},
  saved: {},
  outcome: "ok",
  setAsideBecause: undefined,
  ...given,
});

const pier = runOf("pier", {
  counts: { unchanged: 800, fetched: 130, changedPages: 9 },
  saved: { notModified: 800, rendered: 3, bytes: 2_000_000, bytesSaved: 41_000_000 },
});
const dock = runOf("dock", {
  counts: { unchanged: 12, fetched: 8 },
  saved: { notModified: 12, spared: 1, sameText: 4, bytes: 900, bytesSaved: 0 },
});

test("one line tells what runs were spared, and where to read more", () => {
  const calendar = { reason: "trap: calendar", times: 12, example: "https://pier.example/day" };
  expect(describeSaved([pier], [calendar])).toBe(
    "304 for 800 of 930 pages, 41 MB not sent again; 3 pages through a browser; " +
      "12 addresses left alone (`waymark runs show pier` tells which)",
  );
  expect(describeSaved([pier, dock], [{ ...calendar, times: 1 }])).toBe(
    "304 for 812 of 950 pages, 41 MB not sent again; 1 page not asked, unchanged by the site's own lists; " +
      "3 pages through a browser; 1 address left alone (`waymark runs show SOURCE` tells which)",
  );
});

test("a first crawl, or one that is still open, was spared nothing", () => {
  expect(describeSaved([runOf("quay", { counts: { fetched: 3 } })], [])).toBeUndefined();
  expect(savedLines(runOf("quay", {}))).toEqual([]);
});

test("each line of one run says what its number means, and leaves out what there is none of", () => {
  expect(savedLines(dock)).toEqual([
    "    12  answered with 304: nothing was sent",
    "     4  other bytes, the same words for people",
    "     1  due, but unchanged by the site's own lists: not asked",
    "900 bytes came over the wire",
  ]);
  expect(savedLines(pier).at(-1)).toBe(
    "2.0 MB came over the wire, 41 MB did not have to be sent again",
  );
});

test("waits are rounded as people say them", () => {
  expect([1, 14 * 60_000, 7_200_000].map(minutesText)).toEqual(["1 min", "14 min", "2 h"]);
});
