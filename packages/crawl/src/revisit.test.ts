import type { VisitOutcome } from "@waymark/domain";
import { expect, test } from "vitest";
import {
  changeRate,
  forgiveFailures,
  hostBackoff,
  nextInterval,
  usualPage,
  type Watch,
  watchOn,
} from "./revisit.ts";

const bounds = { minHours: 20, maxHours: 672 };
const unwatched: Watch = { changesSeen: 0, daysWatched: 0 };
/** So much evidence that the prior has no say. */
const changing = (timesADay: number): Watch => ({
  changesSeen: 10_000 * timesADay,
  daysWatched: 10_000,
});
/** A page that was visited again and again after as many days. */
const watched = (visits: { days: number; changed: boolean }[], from = unwatched): Watch =>
  visits.reduce((watch, visit) => watchOn(watch, visit), from);
const every = (days: number, count: number, changed = false) =>
  Array.from({ length: count }, () => ({ days, changed }));

const interval = (
  name: string,
  given: Partial<Parameters<typeof nextInterval>[0]>,
  hours: number,
) =>
  test(`${name} → ${hours} h`, () => {
    expect(
      nextInterval({ outcome: "fetched", watch: unwatched, intervalHours: 24, bounds, ...given }),
    ).toBeCloseTo(hours, 1);
  });
const days = (count: number): number => count * 24 - 4;

interval("a page seen for the first time", {}, days(2));
interval("a page that changes once in two months", { watch: changing(1 / 60) }, days(3));
interval("a weekly page", { watch: changing(1 / 7) }, days(1));
interval("a daily page", { watch: changing(1) }, days(1));
interval("a page that is never the same", { watch: changing(1000) }, days(1));
interval("a page quiet for a year", { watch: watched(every(5, 73)) }, days(5));
interval("a page that is all but dead", { watch: { changesSeen: 0, daysWatched: 1e6 } }, 672);
interval("unchanged counts alike", { outcome: "unchanged", watch: changing(1 / 60) }, days(3));
interval("a moved page too", { outcome: "moved", watch: changing(1 / 60) }, days(3));
interval("a slower rhythm", { watch: changing(1 / 60), rhythmDays: 14 }, days(14));
interval(
  "a source asked by the hour",
  { watch: changing(1 / 60), rhythmDays: 0.5, bounds: { minHours: 1, maxHours: 48 } },
  12,
);
interval("no oftener than the source allows", { bounds: { minHours: 100, maxHours: 672 } }, 100);
interval("no rarer than the source allows", { bounds: { minHours: 20, maxHours: 30 } }, 30);
interval("new pages of one night spread", { chance: 0 }, days(2));
interval("and to the other side", { chance: 0.999 }, days(3));
interval("a page known for long keeps its beat", { watch: changing(1 / 60), chance: 0 }, days(3));

const failed = (
  outcome: VisitOutcome,
  { hours, failures = 1 }: { hours: number; failures?: number },
  expected: number,
): void =>
  interval(
    `${outcome} after ${hours} h, ${failures} failures`,
    { outcome, watch: changing(1 / 7), intervalHours: hours, failures },
    expected,
  );
failed("broken", { hours: 480 }, 24);
failed("broken", { hours: 480, failures: 2 }, 48);
failed("broken", { hours: 480, failures: 5 }, 384);
failed("broken", { hours: 24, failures: 999 }, 672);
failed("gone", { hours: 240 }, 24);
failed("no-address", { hours: 20, failures: 2 }, 40);
failed("refused", { hours: 6 }, 20);

test("a page that is asked the next day and changed counts a whole change", () => {
  const { changesSeen, daysWatched } = watchOn(unwatched, { days: 0.01, changed: true });
  expect(changesSeen).toBeCloseTo(1, 2);
  expect(daysWatched).toBeCloseTo(0, 1);
});

test("a change after years is no surprise and teaches next to nothing", () => {
  const after = watchOn(unwatched, { days: 5000, changed: true });
  expect(changeRate(after)).toBeGreaterThan(changeRate(unwatched));
  expect(changeRate(after)).toBeLessThan(1.02 * changeRate(unwatched));
});

test("the sooner a change is seen, the busier the page is held to be", () => {
  const rates = [1, 3, 10, 30, 100].map((gap) =>
    changeRate(watchOn(unwatched, { days: gap, changed: true })),
  );
  expect(rates).toEqual(rates.toSorted((a, b) => b - a));
});

test("a gap that shows a change is held as the exact mean of what is possible", () => {
  // Posterior density ∝ λ^(a−1) e^(−bλ) (1 − e^(−λτ)), integrated by hand.
  const { changesSeen: a, daysWatched: b } = usualPage;
  let weight = 0;
  let sum = 0;
  for (let rate = 5e-7; rate < 2; rate += 1e-6) {
    const density = rate ** (a - 1) * Math.exp(-b * rate) * -Math.expm1(-rate * 20);
    weight += density;
    sum += density * rate;
  }
  // Nothing had been seen before, so that nothing has faded.
  expect(changeRate(watchOn(unwatched, { days: 20, changed: true }))).toBeCloseTo(sum / weight, 4);
});

test("a first visit teaches nothing, whatever it brought", () => {
  expect(watchOn(unwatched, { days: 0, changed: true })).toEqual(unwatched);
});

test.each([1 / 200, 1 / 60, 1 / 7, 1])(
  "a rate of %f a day is learnt, also where visits see half of it",
  (rate) => {
    // Every so many visits see a change: as often as a Poisson process of that rate would show one.
    for (const gap of [1, 7]) {
      const share = 1 - Math.exp(-rate * gap);
      let owed = 0;
      let watch = unwatched;
      for (let day = 0; day < 3000; day += gap) {
        owed += share;
        const changed = owed >= 1;
        if (changed) owed -= 1;
        watch = watchOn(watch, { days: gap, changed });
      }
      // Weekly visits to a daily page see a change each time: then all they tell is "often".
      if (share > 0.9) expect(changeRate(watch)).toBeGreaterThan(rate / 3);
      else expect(changeRate(watch) / rate).toBeGreaterThan(0.7);
      expect(changeRate(watch) / rate).toBeLessThan(1.5);
    }
  },
);

test("a page that wakes up after years is noticed within a few changes", () => {
  const asleep = watched(every(7, 200));
  const awake = watched(every(3, 4, true), asleep);
  const hours = (watch: Watch) =>
    nextInterval({ outcome: "fetched", watch, intervalHours: 24, bounds });
  expect(hours(asleep)).toBe(days(5));
  expect(hours(awake)).toBeLessThanOrEqual(days(3));
});

test("what a row of real numbers holds stays a number, whatever came", () => {
  let watch = unwatched;
  for (let visit = 0; visit < 5000; visit++) {
    const gap = 10 ** ((visit % 9) - 4);
    watch = watchOn(watch, { days: gap, changed: visit % 3 === 0 });
    watch = {
      changesSeen: Math.fround(watch.changesSeen),
      daysWatched: Math.fround(watch.daysWatched),
    };
    expect(changeRate(watch)).toBeGreaterThan(0);
    const hours = nextInterval({ outcome: "fetched", watch, intervalHours: 24, bounds });
    expect(hours).toBeGreaterThanOrEqual(bounds.minHours);
    expect(hours).toBeLessThanOrEqual(bounds.maxHours);
  }
});

test("visits are given so that one more is worth the same to every page", () => {
  // Worth of a visit: how much mean age sinks as visits grow, by differences of the age's own formula.
  const age = (rate: number, gap: number) =>
    gap / 2 - 1 / rate + -Math.expm1(-rate * gap) / (rate ** 2 * gap);
  const wide = { minHours: 0, maxHours: 1e9 };
  const worths = [1 / 400, 1 / 60, 1 / 20].map((rate) => {
    const given = { watch: changing(rate), intervalHours: 24, bounds: wide, rhythmDays: 40 };
    const gap = Math.round((nextInterval({ outcome: "fetched", ...given }) + 4) / 24);
    return (age(rate, 1 / (1 / gap - 1e-4)) - age(rate, 1 / (1 / gap + 1e-4))) / 2e-4;
  });
  for (const worth of worths) expect(worth / worths[0]!).toBeCloseTo(1, 0.5);
});

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
