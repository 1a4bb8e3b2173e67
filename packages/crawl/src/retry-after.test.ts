import { expect, test } from "vitest";
import { retryAfterMs } from "./retry-after.ts";

const now = new Date("2026-03-01T00:00:00Z");
const check = (header: string | undefined, expected: number | undefined, date?: string): void =>
  test(`${header}${date ? ` at ${date}` : ""} → ${expected}`, () => {
    expect(retryAfterMs(header, { now, date })).toBe(expected);
  });

check("120", 120_000);
check(" 5 ", 5000);
check("0", 0);
check("999999999", 86_400_000);
check("Sun, 01 Mar 2026 00:05:00 GMT", 300_000);
check("Sunday, 01-Mar-26 00:05:00 GMT", 300_000);
check("Sat, 28 Feb 2026 00:00:00 GMT", 0);
check("Wed, 01 Jan 2031 00:05:00 GMT", 300_000, "Wed, 01 Jan 2031 00:00:00 GMT");
check("soon", undefined);
check("-5", undefined);
check("1 hour", undefined);
check("", undefined);
check(undefined, undefined);
