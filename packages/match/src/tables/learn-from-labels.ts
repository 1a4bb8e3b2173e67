import {
  type BoostedTrees,
  logOddsOf,
  type TreeOptions,
  trainTrees,
} from "../models/boosted-trees.ts";
import { createDraw, shuffledIndexes } from "../models/draw.ts";
import type { ComparedTables } from "./compare-tables.ts";
import { measureContext } from "./context-features.ts";
import type { PairFeatures } from "./pair-features.ts";

/** A pair of compared tables, by its place, with what a person said of it. */
export type LabelledPair = { pair: number; isSame: boolean };

export type LearnOptions = {
  seed: number;
  /** Whether the rivals of a pair are looked at, or its two rows alone. */
  context: boolean;
  /** Whether labelled pairs are also scored by models that have not seen their labels. */
  heldOut: boolean;
};

export type Learned = {
  model: BoostedTrees;
  /** What the model is told of each pair. */
  told: PairFeatures;
  /** By the order of the labelled pairs; empty unless asked for. */
  heldOut: Float64Array;
};

const foldCount = 5;

/** The first model only ranks rivals: a coarse one does. */
const firstOptions: Partial<TreeOptions> = { rounds: 120, learningRate: 0.1 };

const lastOptions: Partial<TreeOptions> = {
  ...{ rounds: 400, learningRate: 0.03, depthMax: 5, featureShare: 0.3 },
  ...{ leafCoverMin: 2, shrinkage: 5 },
};

/**
 * Learns from labelled pairs in two stages. The first looks at the two rows of a pair alone and scores all
 * candidates of the tables; the second also sees how a pair stands among its rivals by that score. A
 * pair's own label never enters the scores that its context is made of: those of labelled pairs come
 * from models trained on the other folds.
 */
export function learnFromLabels(
  compared: ComparedTables,
  labelled: LabelledPair[],
  { seed, context, heldOut }: LearnOptions,
): Learned {
  const folds = foldsOf(labelled.length, seed);
  const { measured } = compared;
  const told = context ? withContext(compared, labelled, folds, seed) : measured;
  return {
    model: trainOn(told, labelled, { ...lastOptions, seed }),
    told,
    heldOut: heldOut ? scoreHeldOut(told, labelled, folds, seed) : new Float64Array(),
  };
}

/** The log-odds of one pair. */
export const scoreLearned = ({ model, told }: Learned, pair: number): number =>
  logOddsOf(model, told.values, pair * told.features.length);

/** For each labelled pair the fold that it belongs to, drawn by chance. */
function foldsOf(count: number, seed: number): Int32Array {
  const folds = new Int32Array(count);
  for (const [at, index] of shuffledIndexes(count, createDraw(seed)).entries()) {
    folds[index] = at % foldCount;
  }
  return folds;
}

function withContext(
  compared: ComparedTables,
  labelled: LabelledPair[],
  folds: Int32Array,
  seed: number,
): PairFeatures {
  const { measured, tables, pairs } = compared;
  const models = Array.from({ length: foldCount }, (_, fold) =>
    trainOn(
      measured,
      labelled.filter((_one, index) => folds[index] !== fold),
      { ...firstOptions, seed: seed * foldCount + fold },
    ),
  );
  const ownFold = new Map(labelled.map(({ pair }, index) => [pair, folds[index]!]));
  const logOdds = Float64Array.from(pairs.left, (_, pair) => {
    const fold = ownFold.get(pair);
    const fair = fold === undefined ? models : [models[fold]!];
    const start = pair * measured.features.length;
    return (
      fair.reduce((sum, model) => sum + logOddsOf(model, measured.values, start), 0) / fair.length
    );
  });
  return joinFeatures(measured, measureContext(tables, pairs, measured, logOdds));
}

function scoreHeldOut(
  told: PairFeatures,
  labelled: LabelledPair[],
  folds: Int32Array,
  seed: number,
): Float64Array {
  const scores = new Float64Array(labelled.length);
  for (let fold = 0; fold < foldCount; fold++) {
    const others = labelled.filter((_, index) => folds[index] !== fold);
    const model = trainOn(told, others, { ...lastOptions, seed });
    for (const [index, { pair }] of labelled.entries()) {
      if (folds[index] !== fold) continue;
      scores[index] = logOddsOf(model, told.values, pair * told.features.length);
    }
  }
  return scores;
}

function trainOn(
  { features, values }: PairFeatures,
  labelled: LabelledPair[],
  options: Partial<TreeOptions>,
): BoostedTrees {
  const width = features.length;
  const rows = new Float64Array(labelled.length * width);
  for (const [index, { pair }] of labelled.entries()) {
    rows.set(values.subarray(pair * width, (pair + 1) * width), index * width);
  }
  const labels = labelled.map(({ isSame }) => (isSame ? 1 : 0));
  return trainTrees({ features, values: rows, labels }, options);
}

/** Both figures of every pair, side by side. */
function joinFeatures(one: PairFeatures, other: PairFeatures): PairFeatures {
  const [first, second] = [one.features.length, other.features.length];
  const width = first + second;
  const count = one.values.length / first;
  const values = new Float64Array(width * count);
  for (let pair = 0; pair < count; pair++) {
    values.set(one.values.subarray(pair * first, (pair + 1) * first), pair * width);
    values.set(other.values.subarray(pair * second, (pair + 1) * second), pair * width + first);
  }
  return {
    features: [...one.features, ...other.features],
    topics: [...one.topics, ...other.topics],
    values,
  };
}
