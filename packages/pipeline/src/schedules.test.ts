import { expect, test } from "vitest";
import { nextRunAt } from "./schedules.ts";

const check = (
  behavior: string,
  { runAt, timeZone, now }: { runAt: string; timeZone: string; now: string },
  expected: string,
) =>
  test(behavior, () => {
    expect(nextRunAt({ runAt, timeZone }, new Date(now)).toISOString()).toBe(expected);
  });

const newYork = { runAt: "02:00", timeZone: "America/New_York" };
check(
  "later the same night",
  { ...newYork, now: "2026-01-12T05:00:00Z" },
  "2026-01-12T07:00:00.000Z",
);
check(
  "tomorrow when today's is past",
  { ...newYork, now: "2026-01-12T08:00:00Z" },
  "2026-01-13T07:00:00.000Z",
);
check(
  "never the very same instant",
  { ...newYork, now: "2026-01-12T07:00:00Z" },
  "2026-01-13T07:00:00.000Z",
);
check(
  "summer time counts",
  { ...newYork, now: "2026-07-01T05:00:00Z" },
  "2026-07-01T06:00:00.000Z",
);
check(
  "the hour that summer time leaves out becomes the next one",
  { ...newYork, runAt: "02:30", now: "2026-03-08T05:30:00Z" },
  "2026-03-08T06:30:00.000Z",
);
check(
  "a zone a day ahead",
  { runAt: "01:00", timeZone: "Pacific/Auckland", now: "2026-06-01T20:00:00Z" },
  "2026-06-02T13:00:00.000Z",
);
