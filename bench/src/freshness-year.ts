import { nextInterval, type Watch, watchOn } from "@waymark/crawl";
import { type PageYear, yearDays } from "./freshness-world.ts";

/** What a year of visits came to: how many, and the page's age summed over the days. */
export type Year = { visits: number; ageDays: number };

/** When a page is visited next, told what the visit before showed; the first time `gap` is 0. */
export type Policy = (visit: { day: number; gap: number; changed: boolean }) => number;

const bounds = { minHours: 20, maxHours: 28 * 24 };

/**
 * Lives through a page's year. Its age is the time since the first change that no visit has seen: it grows
 * from that change to the visit after it. On day 0 the page was seen for the first time.
 */
export function liveYear({ changes }: PageYear, policy: Policy): Year {
  const year = { visits: 0, ageDays: 0 };
  let next = 0;
  let day = 0;
  let visit = policy({ day, gap: 0, changed: false });
  for (;;) {
    const until = Math.min(visit, yearDays);
    const unseen = changes[next];
    const changed = unseen !== undefined && unseen <= until;
    if (changed) {
      year.ageDays += (until - unseen) ** 2 / 2;
      while (next < changes.length && changes[next]! <= until) next += 1;
    }
    if (visit >= yearDays) return year;
    year.visits += 1;
    const gap = visit - day;
    day = visit;
    visit = policy({ day, gap, changed });
  }
}

/** Runs are nightly: a page is visited in the first night at or after the hour it is due. */
const nightsOf = (hours: number): number => Math.ceil(hours / 24);

/** The product's own rule, which begins knowing nothing of the page. */
export function learning(rhythmDays: number, draw: () => number): Policy {
  let watch: Watch = { changesSeen: 0, daysWatched: 0 };
  return ({ day, gap, changed }) => {
    watch = watchOn(watch, { days: gap, changed });
    return day + nightsOf(intervalFor(watch, rhythmDays, draw()));
  };
}

/** The product's rule told the page's true rate, by evidence that leaves no doubt. */
export function knowing(rate: number, rhythmDays: number, draw: () => number): Policy {
  const nights = knownNights(rate, rhythmDays);
  return ({ day, gap }) => (gap === 0 ? Math.ceil(draw() * nights) : day + nights);
}

/** The nights between visits of a page whose rate is known. */
export const knownNights = (rate: number, rhythmDays: number): number =>
  nightsOf(intervalFor({ changesSeen: 1e4, daysWatched: 1e4 / rate }, rhythmDays, 0.5));

const intervalFor = (watch: Watch, rhythmDays: number, chance: number): number =>
  nextInterval({ outcome: "fetched", watch, intervalHours: 24, bounds, rhythmDays, chance });

/** Every page in turn, the same number each night: so many days between two visits on average. */
export function inTurn(days: number, draw: () => number): Policy {
  let turn = draw() * days - days;
  return () => {
    turn += days;
    return Math.max(1, Math.ceil(turn));
  };
}

/** The rule of thumb of other crawlers: half as long after a change, half as long again without one. */
export function halving(): Policy {
  let hours = 24;
  return ({ day, gap, changed }) => {
    if (gap > 0) {
      hours = Math.min(Math.max(hours * (changed ? 0.5 : 1.5), bounds.minHours), bounds.maxHours);
    }
    return day + nightsOf(hours);
  };
}
