import type { VisitOutcome } from "@waymark/domain";

/**
 * What the visits of a page have shown of its changes, as evidence beyond what is known of pages in general.
 * A page nobody has visited twice has 0 and 0.
 */
export type Watch = {
  /** Changes that visits brought to light; a part of one where a long gap leaves it open how many there were. */
  changesSeen: number;
  /** Days over which they were looked for. */
  daysWatched: number;
};

/**
 * What a page of this field brings along unvisited: the median one changes once in 60 days, and one in three is
 * more than four times as busy or as quiet. (A Gamma whose logarithm has that median and a deviation of 1.5.)
 */
export const usualPage: Watch = { changesSeen: 0.8, daysWatched: 23 };
const usualDaysToChange = 60;

/**
 * How many hours until a page is visited again: what its changes are worth, in whole nights, within the source's
 * bounds. A visit that failed teaches nothing of how often the page changes: it is tried again the next day,
 * since one bad night says nothing, and then ever more rarely.
 */
export function nextInterval({
  outcome,
  watch,
  intervalHours,
  bounds,
  failures = 1,
  rhythmDays = 3,
  prior = usualPage,
  chance = 0.5,
}: {
  outcome: VisitOutcome;
  /** What is known of the page's changes, this visit included. */
  watch: Watch;
  /** The interval that led to this visit. */
  intervalHours: number;
  bounds: { minHours: number; maxHours: number };
  /** How many visits in a row have failed, this one included. */
  failures?: number;
  /** Days between the visits of a page that changes once in 60 days: what all pages' budget follows from. */
  rhythmDays?: number;
  prior?: Watch;
  /** A number from 0 to 1, so that pages found in one night are not all due together ever after. */
  chance?: number;
}): number {
  const within = (hours: number): number =>
    Math.min(Math.max(hours, bounds.minHours), bounds.maxHours);
  switch (outcome) {
    case "fetched":
    case "unchanged":
    case "moved": {
      const spread = watch.daysWatched < spreadDays ? (chance - 0.5) / 2 : 0;
      const days = bestDays(watch, prior, priceOf(rhythmDays)) * (1 + spread);
      return within(inNights(days));
    }
    default: {
      const first = Math.min(intervalHours, 24);
      return within(first * 2 ** Math.min(Math.max(failures, 1) - 1, 20));
    }
  }
}

/** Chance has its say in a page's first month alone: pages stay apart then, and regular visits see more. */
const spreadDays = 30;

/** Runs are nightly, and a page that is due an hour after its run began would wait for another night. */
const inNights = (days: number): number =>
  days < 0.75 ? days * 24 : Math.max(Math.round(days), 1) * 24 - 4;

/** How often a page changes, as changes a day: the mean of what its visits leave possible. */
export function changeRate(watch: Watch, prior: Watch = usualPage): number {
  return (watch.changesSeen + prior.changesSeen) / (watch.daysWatched + prior.daysWatched);
}

/** What was seen that many days ago counts half, so that a page which wakes up or falls asleep is noticed. */
const halfLifeDays = 180;

/**
 * What is known of a page after a visit that found it changed or unchanged, `days` after the last one that
 * could tell. A page's rate is Gamma distributed: `changesSeen` changes in `daysWatched` days, added to the prior's.
 *
 * "Unchanged" adds the days. "Changed" says that there was one change or more (Cho and Garcia-Molina, "Estimating
 * frequency of change", ACM TOIT 3(3), 2003, show how far counting it as one is off). The exact posterior is
 * then a difference of two Gamma densities, and we go on with the Gamma of its mean and variance: a change seen
 * the next day counts as a whole one, a change seen after a season as hardly anything, being no surprise.
 */
export function watchOn(
  watch: Watch,
  { days, changed }: { days: number; changed: boolean },
  prior: Watch = usualPage,
): Watch {
  if (!(days > 0)) return watch;
  const kept = 2 ** (-days / halfLifeDays);
  const changesSeen = watch.changesSeen * kept;
  const daysWatched = watch.daysWatched * kept;
  if (!changed) return { changesSeen, daysWatched: daysWatched + days };
  const shape = changesSeen + prior.changesSeen;
  const scale = daysWatched + prior.daysWatched;
  const growth = Math.log1p(days / scale);
  // P(a change within `days`) under a Gamma of this shape; the moments below are ratios of such chances.
  const chanceAt = (of: number): number => -Math.expm1(-of * growth);
  const mean = ((shape / scale) * chanceAt(shape + 1)) / chanceAt(shape);
  const square = ((shape * (shape + 1)) / scale ** 2) * (chanceAt(shape + 2) / chanceAt(shape));
  const variance = square - mean ** 2;
  return {
    changesSeen: mean ** 2 / variance - prior.changesSeen,
    daysWatched: mean / variance - prior.daysWatched,
  };
}

/**
 * The interval of a page that makes the mean age of all pages least under one budget of visits. Age is the
 * time since the first change that nobody has seen; with P(s) the chance that a page has changed within s days,
 * a page visited every I days has the mean age 1/I · ∫₀ᴵ (I − s) P(s) ds. Lagrange's condition, the same price of a visit
 * for all pages, comes to
 *
 *     ∫₀ᴵ s P(s) ds = price
 *
 * For a slow page it gives visits in proportion to the cube root of its rate; a page that changes all the time is
 * visited every √(2 · price) days and no oftener. (The age metric of Cho and Garcia-Molina, "Effective page refresh
 * policies for Web crawlers", ACM TODS 28(4), 2003. No page is given up for changing too often, as with their other
 * metric, freshness.) P is averaged over the rates that the watch leaves possible: 1 − (1 + s/scale)^−shape.
 */
function bestDays(watch: Watch, prior: Watch, price: number): number {
  const shape = watch.changesSeen + prior.changesSeen;
  const scale = watch.daysWatched + prior.daysWatched;
  let days = Math.cbrt((3 * price * scale) / shape);
  // Newton's steps between logarithms, where the curve is all but straight: two reach the minute.
  for (let step = 0; step < 2; step++) {
    const growth = Math.log1p(days / scale);
    const worth =
      days ** 2 / 2 - scale ** 2 * (swell(2 - shape, growth) - swell(1 - shape, growth));
    const slope = (-Math.expm1(-shape * growth) * days ** 2) / worth;
    days *= (price / worth) ** (1 / slope);
  }
  return days;
}

/** (e^(power · growth) − 1) / power, also where the power is all but 0. */
const swell = (power: number, growth: number): number =>
  Math.abs(power) < 1e-9 ? growth : Math.expm1(power * growth) / power;

/** The price of a visit at which a page that is known to change once in 60 days is visited every so many days. */
function priceOf(rhythmDays: number): number {
  const x = rhythmDays / usualDaysToChange;
  return usualDaysToChange ** 2 * (x ** 2 / 2 - 1 + Math.exp(-x) * (1 + x));
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
