import type { MatchCosts } from "@waymark/domain";

/** The probabilities from which on a pair is called same, or a person is asked. */
export type Thresholds = {
  sameAtLeast: number;
  unsureAtLeast: number;
  /** The former as log-odds. */
  sameLogOdds: number;
};

/** What counts where nobody said otherwise: a question is half as dear as a missed pair, a tenth of a false one. */
export const defaultCosts: MatchCosts = { falseSame: 10, missedSame: 2, asking: 1 };

/**
 * Where each verdict becomes the cheapest (Bayes' rule for least expected cost). Of a pair that is one
 * effort with probability p, "same" costs (1 - p) × falseSame, "different" p × missedSame, and asking
 * always the same. So it is asked from p = asking / missedSame and called same from p = 1 - asking / falseSame;
 * where a question is dearer than either mistake is likely to be, nobody is asked at all.
 */
export function thresholdsOf({ falseSame, missedSame, asking }: MatchCosts): Thresholds {
  const sameAtLeast = 1 - asking / falseSame;
  const unsureAtLeast = asking / missedSame;
  const even = falseSame / (falseSame + missedSame);
  return unsureAtLeast < sameAtLeast
    ? { sameAtLeast, unsureAtLeast, sameLogOdds: Math.log(falseSame / asking - 1) }
    : { sameAtLeast: even, unsureAtLeast: even, sameLogOdds: Math.log(falseSame / missedSame) };
}
