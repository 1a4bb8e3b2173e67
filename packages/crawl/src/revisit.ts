import type { VisitOutcome } from "@waymark/domain";

/**
 * How many hours until a page is visited again. A page that changed is asked twice as often, one that did not
 * half as seldom again, within the source's bounds. A visit that failed teaches nothing of how often the page
 * changes: it is tried again the next day, since one bad night says nothing, and then ever more rarely.
 */
export function nextInterval({
  outcome,
  changed,
  intervalHours,
  bounds,
  failures = 1,
}: {
  outcome: VisitOutcome;
  /** Whether the main text differs from the last visit's. */
  changed: boolean;
  /** The interval that led to this visit. */
  intervalHours: number;
  bounds: { minHours: number; maxHours: number };
  /** How many visits in a row have failed, this one included. */
  failures?: number;
}): number {
  const within = (hours: number): number =>
    Math.min(Math.max(hours, bounds.minHours), bounds.maxHours);
  switch (outcome) {
    case "fetched":
      return within(changed ? intervalHours / 2 : intervalHours * 1.5);
    case "unchanged":
    case "moved":
      return within(intervalHours * 1.5);
    default: {
      const first = Math.min(intervalHours, 24);
      return within(first * 2 ** Math.min(Math.max(failures, 1) - 1, 20));
    }
  }
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * How long a host is left alone after it said it is busy or failed: as long as it asked for, up to a day, else
 * a minute that doubles with every failure in a row, up to an hour. Chance lengthens it by up to a quarter, so
 * that hosts that fell silent together are not all asked again together.
 */
export function hostBackoff({
  retryAfterMs,
  failures,
  random,
}: {
  retryAfterMs?: number | undefined;
  /** Failures in a row, this one included. */
  failures: number;
  /** A number from 0 to 1. */
  random: number;
}): number {
  if (retryAfterMs !== undefined) {
    return Math.round(Math.min(Math.max(retryAfterMs, 1000), 24 * hourMs) + random * 5000);
  }
  const doubled = minuteMs * 2 ** Math.min(Math.max(failures, 1) - 1, 10);
  return Math.round(Math.min(doubled * (1 + random / 4), hourMs));
}

/** The failures still held against a host that has answered well for a while: one is forgiven each half hour. */
export function forgiveFailures({
  failures,
  quietMs,
}: {
  failures: number;
  quietMs: number;
}): number {
  return Math.max(0, failures - Math.floor(Math.max(0, quietMs) / (30 * minuteMs)));
}
