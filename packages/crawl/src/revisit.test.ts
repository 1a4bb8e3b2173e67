import type { VisitOutcome } from "@waymark/domain";
import { expect, test } from "vitest";
import { forgiveFailures, hostBackoff, nextInterval } from "./revisit.ts";

const bounds = { minHours: 12, maxHours: 720 };
const check = (
  outcome: VisitOutcome,
  { changed = false, hours, failures = 1 }: { changed?: boolean; hours: number; failures?: number },
  expected: number,
): void =>
  test(`${outcome}${changed ? ", changed" : ""} after ${hours} h, ${failures} failures → ${expected} h`, () => {
    expect(nextInterval({ outcome, changed, intervalHours: hours, bounds, failures })).toBe(
      expected,
    );
  });

check("fetched", { changed: true, hours: 48 }, 24);
check("fetched", { changed: true, hours: 16 }, 12);
check("fetched", { hours: 48 }, 72);
check("unchanged", { hours: 48 }, 72);
check("unchanged", { hours: 700 }, 720);
check("moved", { hours: 24 }, 36);
check("broken", { hours: 480 }, 24);
check("broken", { hours: 480, failures: 2 }, 48);
check("broken", { hours: 480, failures: 5 }, 384);
check("broken", { hours: 24, failures: 999 }, 720);
check("gone", { hours: 240 }, 24);
check("no-address", { hours: 16, failures: 2 }, 32);
check("refused", { hours: 6 }, 12);

const backoff = (name: string, given: Parameters<typeof hostBackoff>[0], expected: number): void =>
  test(name, () => {
    expect(hostBackoff(given)).toBe(expected);
  });
backoff("a minute at first", { failures: 1, random: 0 }, 60_000);
backoff("up to a quarter longer by chance", { failures: 1, random: 1 }, 75_000);
backoff("doubled", { failures: 3, random: 0 }, 240_000);
backoff("an hour at most", { failures: 40, random: 1 }, 3_600_000);
backoff("as long as the host asks", { retryAfterMs: 120_000, failures: 9, random: 0 }, 120_000);
backoff("never less than it asks", { retryAfterMs: 120_000, failures: 1, random: 1 }, 125_000);
backoff("a day at most", { retryAfterMs: 1e12, failures: 1, random: 0 }, 86_400_000);
backoff("a host that says zero", { retryAfterMs: 0, failures: 1, random: 0 }, 1000);

test("quiet forgives", () => {
  expect(forgiveFailures({ failures: 3, quietMs: 29 * 60_000 })).toBe(3);
  expect(forgiveFailures({ failures: 3, quietMs: 61 * 60_000 })).toBe(1);
  expect(forgiveFailures({ failures: 3, quietMs: 1e9 })).toBe(0);
  expect(forgiveFailures({ failures: 3, quietMs: -5 })).toBe(3);
});
