import { expect, test } from "vitest";
import { endAfter, findDurations } from "./durations.ts";

const check = (text: string, ...told: [number, string][]) =>
  test(text, () => {
    expect(findDurations(text).map(({ months, quote }) => [months, quote])).toEqual(told);
    for (const { start, end, quote } of findDurations(text))
      expect(text.slice(start, end)).toBe(quote);
  });

check("a three-year grant", [36, "three-year"]);
check("for 18 months, then twenty-four months", [18, "18 months"], [24, "twenty-four months"]);
check("1 year", [12, "1 year"]);
check("over five years", [60, "five years"]);
check("two years ago");
check("16-year-olds and 3-year-old twins");
check("$2 years, 1,500 months, 0 months");
check("in the year 2024");

const ends = (start: string, months: number, end: string | undefined) =>
  test(`${months} months from ${start}`, () => expect(endAfter(start, months)).toBe(end));

ends("2021-06-15", 36, "2024-06-14");
ends("2024-01-01", 24, "2025-12-31");
ends("2023-08-31", 6, "2024-02-28");
ends("2021-06", 36, "2024");
ends("2024-01", 24, undefined);
ends("2021", 36, undefined);
