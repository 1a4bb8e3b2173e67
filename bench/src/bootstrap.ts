import { createDraw } from "@waymark/match";
import { ratesOf } from "./rates.ts";

/**
 * The 95 % interval of a mean by bootstrap, always with the same draws, so that the same input gives the
 * same figures.
 */
export function meanInterval(values: number[], draws = 2000): { low: number; high: number } {
  if (values.length === 0) return { low: 0, high: 0 };
  const next = createDraw(7);
  const means = Array.from({ length: draws }, () => {
    let sum = 0;
    for (let index = 0; index < values.length; index++) {
      sum += values[Math.floor(next() * values.length)]!;
    }
    return sum / values.length;
  }).sort((a, b) => a - b);
  return { low: means[Math.floor(draws * 0.025)]!, high: means[Math.floor(draws * 0.975)]! };
}

/** The 95 % interval of F1 by bootstrap over the pairs it was counted on, always with the same draws. */
export function f1Interval(
  pairs: { isSame: boolean; isReported: boolean }[],
  draws = 2000,
): { low: number; high: number } {
  const next = createDraw(7);
  const values = Array.from({ length: draws }, () => {
    const counts = { right: 0, reported: 0, wanted: 0 };
    for (let index = 0; index < pairs.length; index++) {
      const { isSame, isReported } = pairs[Math.floor(next() * pairs.length)]!;
      if (isSame) counts.wanted += 1;
      if (isReported) counts.reported += 1;
      if (isSame && isReported) counts.right += 1;
    }
    return ratesOf(counts).f1;
  }).sort((a, b) => a - b);
  return { low: values[Math.floor(draws * 0.025)]!, high: values[Math.floor(draws * 0.975)]! };
}
