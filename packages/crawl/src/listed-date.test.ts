import { expect, test } from "vitest";
import { dateOf } from "./listed-date.ts";

const check = (written: string | undefined, expected: string | undefined): void =>
  test(`${written} is ${expected ?? "no date"}`, () => {
    expect(dateOf(written)?.toISOString()).toBe(expected);
  });

check("2026", "2026-01-01T00:00:00.000Z");
check("2026-03", "2026-03-01T00:00:00.000Z");
check(" 2026-03-01 ", "2026-03-01T00:00:00.000Z");
check("2026-03-01T02:00", "2026-03-01T02:00:00.000Z");
check("2026-03-01 02:00:30.5", "2026-03-01T02:00:30.500Z");
check("2026-03-01T02:00:00z", "2026-03-01T02:00:00.000Z");
check("2026-03-01T02:00:00+0200", "2026-03-01T00:00:00.000Z");
check("2026-03-01T02:00:00 -05:00", "2026-03-01T07:00:00.000Z");
check("Sun, 01 Mar 2026 02:00:00 GMT", "2026-03-01T02:00:00.000Z");
check("1 Mar 2026 02:00:00", "2026-03-01T02:00:00.000Z");
check("Sun, 01 Mar 2026 02:00:00 -0500", "2026-03-01T07:00:00.000Z");
check(undefined, undefined);
check("", undefined);
check("yesterday", undefined);
check("03/04/2026", undefined);
check("2026-13-40", undefined);
check("0000-00-00T00:00:00", undefined);
