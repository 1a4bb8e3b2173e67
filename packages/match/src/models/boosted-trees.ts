import { binFeatures } from "./bin-features.ts";
import { createDraw, shuffledIndexes } from "./draw.ts";
import { growTree } from "./grow-tree.ts";

/**
 * One regression tree as parallel lists, root first. A node with a negative `feature` is a leaf; others
 * send a row right when its value is above `threshold`, and left otherwise, also when it is missing.
 */
export type Tree = {
  feature: number[];
  threshold: number[];
  left: number[];
  right: number[];
  /** What a leaf adds to the log-odds; 0 at other nodes. */
  value: number[];
  /** The weight of the training rows that came through, as curvature of the loss. */
  cover: number[];
};

/** A sum of trees that gives log-odds; plain JSON, so that it can be kept as it is. */
export type BoostedTrees = { features: string[]; base: number; trees: Tree[] };

/** Labelled rows. `values` holds them one after another; NaN is a value that is missing. */
export type TrainingRows = {
  features: string[];
  values: Float64Array;
  /** 1 where the row is of the kind that is asked for, else 0. */
  labels: ArrayLike<number>;
  /** How much each row counts; 1 when left out. */
  weights?: ArrayLike<number> | undefined;
  /** Log-odds that a row begins with, known from elsewhere: the trees learn what they leave over. */
  offsets?: ArrayLike<number> | undefined;
};

export type TreeOptions = {
  rounds: number;
  learningRate: number;
  /** 1 makes an additive model, in which each tree looks at one feature. */
  depthMax: number;
  /** The least curvature in a leaf: about a quarter of the rows where the model is undecided. */
  leafCoverMin: number;
  /** Pulls the values of leaves to 0 (the λ of L2). */
  shrinkage: number;
  /** The least gain for which a node is split (γ). */
  gainMin: number;
  /** The share of rows that a tree is grown on, drawn anew for each. */
  rowShare: number;
  /** The share of features that a tree may use, drawn anew for each. */
  featureShare: number;
  binsMax: number;
  seed: number;
};

export const treeDefaults: TreeOptions = {
  rounds: 250,
  learningRate: 0.06,
  depthMax: 4,
  leafCoverMin: 1,
  shrinkage: 2,
  gainMin: 0,
  rowShare: 0.8,
  featureShare: 0.6,
  binsMax: 64,
  seed: 1,
};

/**
 * Gradient boosting for the logistic loss over histograms, with Newton's step in the leaves (Friedman 2001;
 * Chen and Guestrin 2016). The same rows and options give the same model, to the byte.
 */
export function trainTrees(rows: TrainingRows, options: Partial<TreeOptions> = {}): BoostedTrees {
  const settings = { ...treeDefaults, ...options };
  const { features, labels } = rows;
  const n = labels.length;
  checkRows(rows);
  const weights = rows.weights ?? new Float64Array(n).fill(1);
  const base = priorLogOdds(rows, weights);
  const binned = binFeatures(rows.values, features.length, settings.binsMax);
  const logOdds = Float64Array.from({ length: n }, (_, row) => base + (rows.offsets?.[row] ?? 0));
  const gradients = new Float64Array(n);
  const curvatures = new Float64Array(n);
  const draw = createDraw(settings.seed);
  const trees: Tree[] = [];
  for (let round = 0; round < settings.rounds; round++) {
    for (let row = 0; row < n; row++) {
      const share = 1 / (1 + Math.exp(-logOdds[row]!));
      gradients[row] = weights[row]! * (labels[row]! - share);
      curvatures[row] = weights[row]! * Math.max(share * (1 - share), 1e-6);
    }
    const tree = growTree({
      ...{ binned, gradients, curvatures, options: settings },
      rows: sampleOf(n, settings.rowShare, draw),
      features: sampleOf(features.length, settings.featureShare, draw),
    });
    trees.push(tree);
    for (let row = 0; row < n; row++) {
      logOdds[row] = logOdds[row]! + valueIn(tree, rows.values, row * features.length);
    }
  }
  return { features, base, trees };
}

/** One model whose log-odds are the mean of those of several models of the same features. */
export function averageTrees(models: BoostedTrees[]): BoostedTrees {
  const share = 1 / models.length;
  return {
    features: models[0]!.features,
    base: models.reduce((sum, { base }) => sum + base * share, 0),
    trees: models.flatMap(({ trees }) =>
      trees.map((tree) => ({ ...tree, value: tree.value.map((value) => value * share) })),
    ),
  };
}

/** The log-odds of the row that begins at `start`, without the reasons: fast. */
export function logOddsOf(
  { base, trees }: BoostedTrees,
  values: ArrayLike<number>,
  start = 0,
): number {
  let sum = base;
  for (const tree of trees) sum += valueIn(tree, values, start);
  return sum;
}

function valueIn(tree: Tree, values: ArrayLike<number>, start: number): number {
  const { feature, threshold, left, right } = tree;
  let node = 0;
  while (feature[node]! >= 0) {
    node = values[start + feature[node]!]! > threshold[node]! ? right[node]! : left[node]!;
  }
  return tree.value[node]!;
}

/**
 * Where the trees begin: the log-odds of the labels, half a row of each kind added so that they are finite.
 * Rows that bring log-odds of their own begin with nothing else.
 */
function priorLogOdds({ labels, offsets }: TrainingRows, weights: ArrayLike<number>): number {
  if (offsets) return 0;
  let same = 0.5;
  let other = 0.5;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] === 1) same += weights[row]!;
    else other += weights[row]!;
  }
  return Math.log(same / other);
}

function checkRows({ features, values, labels, weights, offsets }: TrainingRows): void {
  if (labels.length === 0) throw new Error("no rows to train on");
  if (values.length !== labels.length * features.length) {
    throw new Error(
      `${values.length} values are not ${labels.length} rows of ${features.length} features`,
    );
  }
  for (const [name, given] of Object.entries({ weights, offsets })) {
    if (given && given.length !== labels.length) {
      throw new Error(`${given.length} ${name} for ${labels.length} rows`);
    }
  }
}

/** That share of the numbers 0 to n-1, at least one, in rising order. */
function sampleOf(n: number, share: number, draw: () => number): Int32Array {
  if (share >= 1) return Int32Array.from({ length: n }, (_, index) => index);
  const size = Math.max(1, Math.round(n * share));
  return shuffledIndexes(n, draw).subarray(0, size).sort();
}
