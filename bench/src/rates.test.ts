import { createDraw } from "@waymark/match";
import { expect, test } from "vitest";
import { meanInterval } from "./bootstrap.ts";
import { meanOf, ratesOf, sumCounts, wordF1 } from "./rates.ts";

const check = (name: string, counts: [number, number, number], f1: number) =>
  test(name, () => {
    const [right, reported, wanted] = counts;
    expect(ratesOf({ right, reported, wanted }).f1).toBeCloseTo(f1);
  });

check("all right", [3, 3, 3], 1);
check("half found, half invented", [1, 2, 2], 0.5);
check("nothing wanted, nothing reported", [0, 0, 0], 1);
check("nothing wanted, something reported", [0, 2, 0], 0);
check("something wanted, nothing reported", [0, 0, 2], 0);

test("counts add up", () => {
  const one = { right: 1, reported: 2, wanted: 3 };
  expect(sumCounts([one, one])).toEqual({ right: 2, reported: 4, wanted: 6 });
  expect(meanOf([])).toBe(0);
});

test("words are held as bags, without case and marks", () => {
  expect(wordF1("The fund, the FUND.", "the fund the fund")).toBe(1);
  expect(wordF1("a b", "a c")).toBeCloseTo(0.5);
  expect(wordF1("", "a")).toBe(0);
});

test("the interval holds the mean and is the same each time", () => {
  const values = [0, 0.5, 1, 1, 0.25, 0.75];
  const { low, high } = meanInterval(values);
  expect(low).toBeLessThan(meanOf(values));
  expect(high).toBeGreaterThan(meanOf(values));
  expect(meanInterval(values)).toEqual({ low, high });
  expect(createDraw(1)()).toBe(createDraw(1)());
});
