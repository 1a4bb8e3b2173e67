import { createDraw } from "@waymark/match";
import { expect, test } from "vitest";
import { compareYear } from "./freshness-bench.ts";
import { drawYear, yearDays } from "./freshness-world.ts";
import { inTurn, learning, liveYear, type Policy } from "./freshness-year.ts";

const shape = { sources: 60, pages: 20, ratesBy: "page" as const };
const every =
  (days: number): Policy =>
  ({ day }) =>
    day + days;

test("age grows from the first unseen change to the visit after it", () => {
  // Changes at 1 and 2, seen on day 4: 3 days of growing. One on day 363 is not seen within the year: 2 days.
  const year = liveYear({ rate: 0.01, changes: [1, 2, 363] }, every(4));
  expect(year.ageDays).toBeCloseTo(3 ** 2 / 2 + 1 ** 2 / 2 + 0, 9);
  expect(year.visits).toBe(91);
});

test("changes come as often as the rate says", () => {
  const pages = drawYear(shape, 7);
  const wanted = pages.reduce((sum, page) => sum + page.rate * yearDays, 0);
  const came = pages.reduce((sum, page) => sum + page.changes.length, 0);
  expect(came / wanted).toBeGreaterThan(0.97);
  expect(came / wanted).toBeLessThan(1.03);
  const rates = pages.map((page) => page.rate).sort((a, b) => a - b);
  expect(1 / rates[600]!).toBeGreaterThan(50);
  expect(1 / rates[600]!).toBeLessThan(72);
});

test("pages of a source share a rate where they are told to", () => {
  const rates = drawYear({ ...shape, ratesBy: "source" }, 7).map((page) => page.rate);
  expect(new Set(rates).size).toBe(shape.sources);
});

test("a fixed round visits every page equally often", () => {
  const draw = createDraw(3);
  const visits = Array.from(
    { length: 50 },
    () => liveYear({ rate: 1, changes: [] }, inTurn(6.5, draw)).visits,
  );
  expect(Math.min(...visits)).toBeGreaterThanOrEqual(56);
  expect(Math.max(...visits)).toBeLessThanOrEqual(57);
});

test("busy pages are visited more often than quiet ones, of which nothing was known", () => {
  const visitsOf = (changes: number[]) =>
    liveYear(
      { rate: 0, changes },
      learning(4, () => 0.5),
    ).visits;
  const weekly = Array.from({ length: 52 }, (_, week) => week * 7 + 0.5);
  expect(visitsOf(weekly)).toBeGreaterThan(2 * visitsOf([]));
});

test.each([3.5, 8])(
  "learnt intervals of rhythm %f beat a fixed round and come near an oracle",
  (rhythmDays) => {
    const { learnt, turns, oracle, ruleOfThumb } = compareYear(shape, { rhythmDays, seed: 5 });
    expect(learnt / turns).toBeLessThan(0.78);
    expect(oracle).toBeLessThan(learnt);
    expect(learnt / oracle).toBeLessThan(1.25);
    expect(learnt / turns).toBeLessThan(ruleOfThumb);
  },
);
