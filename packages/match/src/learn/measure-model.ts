import type { Estimate, MatchCosts, ModelFigures } from "@waymark/domain";
import { calibrationError, sigmoid } from "../models/calibrate.ts";
import { createDraw } from "../models/draw.ts";
import type { JudgedPair } from "./judged-pair.ts";
import { type Thresholds, thresholdsOf } from "./thresholds.ts";

/** A judged pair with the log-odds that some model gives it. */
export type ScoredPair = { pair: JudgedPair; logOdds: number };

/** What a pair of one kind costs a model that is `logOdds` sure of the other, in nats. */
export const logLossOf = (logOdds: number, isSame: boolean): number =>
  Math.log1p(Math.exp(isSame ? -logOdds : logOdds));

/** What the verdict on a judged pair costs: a question, a mistake, or nothing. */
export function costOf({ pair, logOdds }: ScoredPair, costs: MatchCosts): number {
  const { sameAtLeast, unsureAtLeast } = thresholdsOf(costs);
  const probability = sigmoid(logOdds);
  if (pair.canBeSame && probability >= sameAtLeast) return pair.isSame ? 0 : costs.falseSame;
  if (probability >= unsureAtLeast) return costs.asking;
  return pair.isSame ? costs.missedSame : 0;
}

/** How well a model's verdicts and probabilities fit judged pairs, with 95 % bootstrap intervals. */
export function measureModel(scored: ScoredPair[], thresholds: Thresholds): ModelFigures {
  const pairs = scored.map(({ pair, logOdds }): Measured => {
    const probability = sigmoid(logOdds);
    const isCalledSame = pair.canBeSame && probability >= thresholds.sameAtLeast;
    return { ...pair, probability, isCalledSame };
  });
  const count = Math.max(1, pairs.length);
  const loss = scored.reduce((sum, { pair, logOdds }) => sum + logLossOf(logOdds, pair.isSame), 0);
  return {
    pairs: pairs.length,
    same: pairs.filter(({ isSame }) => isSame).length,
    ...estimates(pairs),
    falseSames: pairs.filter(({ isSame, isCalledSame }) => isCalledSame && !isSame).length,
    logLoss: loss / count,
    calibrationError:
      pairs.length === 0
        ? 0
        : calibrationError(
            pairs.map(({ probability }) => probability),
            pairs.map(({ isSame }) => (isSame ? 1 : 0)),
            Math.min(10, pairs.length),
          ),
    reviewsPer1000: (1000 * reviewsOf(pairs, thresholds)) / count,
    bins: binsOf(pairs),
  };
}

type Measured = JudgedPair & { probability: number; isCalledSame: boolean };
type Rates = { precision: number; recall: number; f1: number };

/** Where nothing is called same nothing is wrong, and where nothing is the same nothing is missed. */
function ratesOf(pairs: Measured[]): Rates {
  const called = pairs.filter(({ isCalledSame }) => isCalledSame);
  const right = called.filter(({ isSame }) => isSame).length;
  const wanted = pairs.filter(({ isSame }) => isSame).length;
  const precision = called.length ? right / called.length : 1;
  const recall = wanted ? right / wanted : 1;
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall || 1) };
}

const samples = 200;

function estimates(pairs: Measured[]): { [rate in keyof Rates]: Estimate } {
  const rates = ratesOf(pairs);
  const draw = createDraw(1);
  const drawn = Array.from({ length: samples }, () =>
    ratesOf(pairs.map(() => pairs[Math.floor(draw() * pairs.length)]!)),
  );
  const estimate = (rate: keyof Rates): Estimate => {
    const sorted = drawn.map((one) => one[rate]).sort((one, other) => one - other);
    return {
      value: rates[rate],
      low: sorted[Math.floor(0.025 * samples)]!,
      high: sorted[Math.ceil(0.975 * samples) - 1]!,
    };
  };
  return { precision: estimate("precision"), recall: estimate("recall"), f1: estimate("f1") };
}

const precisionWanted = 0.99;

/** Pairs worth a question that do not stand high enough for 99 of 100 called same to be so. */
function reviewsOf(pairs: Measured[], { unsureAtLeast }: Thresholds): number {
  const highest = pairs
    .filter(({ canBeSame }) => canBeSame)
    .sort((one, other) => other.probability - one.probability);
  let right = 0;
  let safe = 0;
  for (const [index, { isSame, probability }] of highest.entries()) {
    if (isSame) right += 1;
    // Equal probabilities stand or fall together.
    if (highest[index + 1]?.probability === probability) continue;
    if (right / (index + 1) >= precisionWanted) safe = index + 1;
  }
  const asked = pairs.filter(({ probability }) => probability >= unsureAtLeast);
  const spared = highest.slice(0, safe).filter(({ probability }) => probability >= unsureAtLeast);
  return asked.length - spared.length;
}

/** Ten bins of equal width, without the empty ones. */
function binsOf(pairs: Measured[]): ModelFigures["bins"] {
  const bins = Map.groupBy(pairs, ({ probability }) => Math.min(9, Math.floor(probability * 10)));
  return [...bins]
    .sort(([one], [other]) => one - other)
    .map(([, held]) => ({
      pairs: held.length,
      probability: held.reduce((sum, { probability }) => sum + probability, 0) / held.length,
      same: held.filter(({ isSame }) => isSame).length,
    }));
}
