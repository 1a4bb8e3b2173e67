import {
  type ComparedTables,
  calibrate,
  calibrationError,
  fitPlatt,
  type LabelledPair,
  type Learned,
  learnFromLabels,
  scoreLearned,
  thresholdForF1,
} from "@waymark/match";
import { f1Interval } from "./bootstrap.ts";
import type { Figure } from "./figure.ts";
import { ratesOf } from "./rates.ts";

/** Labelled pairs of a set by the name of their split. */
export type LabelledSplits = { [split: string]: LabelledPair[] };

type MakeFigure = (name: string, value: number, unit: string) => Figure;

/** Threshold and calibration come from held-out scores of the first seeds: more of them change little. */
const heldOutSeeds = 2;

/**
 * Pair F1 on valid and, where the set has one, on test: trained on train with several seeds, whose
 * probabilities are averaged. Calibration and threshold come from held-out folds of train, for test also from valid.
 */
export function benchSplits(
  compared: ComparedTables,
  splits: LabelledSplits,
  { seedCount, makeFigure }: { seedCount: number; makeFigure: MakeFigure },
): Figure[] {
  const { train, valid, test } = splits;
  if (!train) return [];
  return [true, false].flatMap((context) => {
    const learned = Array.from({ length: seedCount }, (_, index) =>
      learnFromLabels(compared, train, { seed: index + 1, context, heldOut: index < heldOutSeeds }),
    );
    const known = { labels: labelsOf(train), logOdds: heldOutMean(learned) };
    const figures = (split: string, pairs: LabelledPair[], cut: Cut) =>
      describeSplit({ split, pairs, learned, cut, context, makeFigure });
    const found: Figure[] = [];
    if (valid) found.push(...figures("valid", valid, chooseCut(known)));
    if (test) {
      const more = valid ?? [];
      const all = {
        labels: [...known.labels, ...labelsOf(more)],
        logOdds: [...known.logOdds, ...meanLogOdds(learned, more)],
      };
      found.push(...figures("test", test, chooseCut(all)));
    }
    return found;
  });
}

/** F1 by cross-validation over train and valid, threshold and all: for judging ideas without looking at test. */
export function crossValidate(
  compared: ComparedTables,
  { train = [], valid = [] }: LabelledSplits,
  makeFigure: MakeFigure,
): Figure[] {
  const labelled = [...train, ...valid];
  const foldCount = 5;
  const isCalledSame = labelled.map(() => false);
  for (let fold = 0; fold < foldCount; fold++) {
    const isOut = (index: number) => (index * 7919) % foldCount === fold;
    const known = labelled.filter((_, index) => !isOut(index));
    const learned = learnFromLabels(compared, known, { seed: 1, context: true, heldOut: true });
    const cut = chooseCut({ labels: labelsOf(known), logOdds: [...learned.heldOut] });
    for (const [index, { pair }] of labelled.entries()) {
      if (isOut(index)) isCalledSame[index] = cut.isSame(scoreLearned(learned, pair));
    }
  }
  const unit = `share, one seed, ${foldCount} folds of ${labelled.length} pairs`;
  const { f1 } = ratesOfCalls(labelled, isCalledSame);
  return [makeFigure("cross-validated f1 (context)", f1, unit)];
}

/** Where log-odds become a probability, and from which on a pair is called same. */
type Cut = {
  probability: (logOdds: number) => number;
  isSame: (logOdds: number) => boolean;
};

/** Calibrates by held-out scores, and cuts where F1 is expected to be highest. */
export function chooseCut({ labels, logOdds }: { labels: number[]; logOdds: number[] }): Cut {
  const scale = fitPlatt(logOdds, labels);
  const probability = (one: number) => calibrate(scale, one);
  const threshold = thresholdForF1(logOdds.map(probability), labels);
  return { probability, isSame: (one) => probability(one) >= threshold };
}

function describeSplit(given: {
  split: string;
  pairs: LabelledPair[];
  learned: Learned[];
  cut: Cut;
  context: boolean;
  makeFigure: MakeFigure;
}): Figure[] {
  const { split, pairs, learned, cut, context, makeFigure } = given;
  const logOdds = meanLogOdds(learned, pairs);
  const calls = logOdds.map(cut.isSame);
  const { f1, precision, recall } = ratesOfCalls(pairs, calls);
  const single = learned.map((one) => {
    const own = pairs.map(({ pair }) => cut.isSame(scoreLearned(one, pair)));
    return ratesOfCalls(pairs, own).f1;
  });
  const { low, high } = f1Interval(
    pairs.map(({ isSame }, index) => ({ isSame, isReported: calls[index]! })),
  );
  const figure = (name: string, value: number, unit = "share"): Figure =>
    makeFigure(`${split} ${name} (${context ? "context" : "no context"})`, value, unit);
  const f1Unit = `share, 95 % of draws ${low.toFixed(3)} to ${high.toFixed(3)}`;
  const main = figure("f1", f1, f1Unit);
  const ditto = rivals[main.data];
  const error = calibrationError(logOdds.map(cut.probability), labelsOf(pairs));
  return [
    ditto ? { ...main, ...ditto } : main,
    figure("precision", precision),
    figure("recall", recall),
    figure("f1, lowest of the seeds", Math.min(...single)),
    figure("f1, highest of the seeds", Math.max(...single)),
    figure("calibration error", error),
  ];
}

/** Published F1 on the same test splits: Ditto (arXiv 2004.00584), GPT-4o (libem's benchmark). */
const rivals: { [set: string]: { rival: string; rivalValue: number } } = {
  "abt-buy": { rival: "GPT-4o 0.945, Ditto", rivalValue: 0.8933 },
  "amazon-google": { rival: "GPT-4o 0.781, Ditto", rivalValue: 0.7558 },
  "dblp-acm": { rival: "GPT-4o 0.971, Ditto", rivalValue: 0.9899 },
};

const labelsOf = (pairs: LabelledPair[]): number[] => pairs.map(({ isSame }) => (isSame ? 1 : 0));

/** The log-odds of the mean of the seeds' probabilities. */
function meanLogOdds(learned: Learned[], pairs: LabelledPair[]): number[] {
  return pairs.map(({ pair }) => toMean(learned.map((one) => scoreLearned(one, pair))));
}

function heldOutMean(learned: Learned[]): number[] {
  const scored = learned.filter(({ heldOut }) => heldOut.length > 0);
  return Array.from(scored[0]!.heldOut, (_, index) =>
    toMean(scored.map(({ heldOut }) => heldOut[index]!)),
  );
}

function toMean(logOdds: number[]): number {
  const mean = logOdds.reduce((sum, one) => sum + 1 / (1 + Math.exp(-one)), 0) / logOdds.length;
  return Math.log(mean / (1 - mean));
}

function ratesOfCalls(pairs: LabelledPair[], calls: boolean[]): ReturnType<typeof ratesOf> {
  return ratesOf({
    right: pairs.filter(({ isSame }, index) => isSame && calls[index]).length,
    reported: calls.filter(Boolean).length,
    wanted: pairs.filter(({ isSame }) => isSame).length,
  });
}
