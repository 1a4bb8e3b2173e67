import { createHash } from "node:crypto";
import type { MatchCosts, Model } from "@waymark/domain";
import { type BoostedTrees, type TreeOptions, trainTrees } from "../models/boosted-trees.ts";
import { fitPlatt, sigmoid } from "../models/calibrate.ts";
import { rowOf, scorePair } from "./apply-model.ts";
import { expertVersion } from "./expert-version.ts";
import { foldOf, type JudgedPair, type ObservedPair } from "./judged-pair.ts";
import { costOf, logLossOf } from "./measure-model.ts";
import { defaultCosts } from "./thresholds.ts";

/** A trained model with what it can be measured by. */
export type Training = {
  model: Model;
  /** How many trees it has; 0 leaves the expert weights as they are. */
  rounds: number;
  /** The pairs in the order of their ids, each with the log-odds that a model gives which never saw it. */
  unseen: { pair: JudgedPair; logOdds: number }[];
};

const parts = 5;
const roundsMax = 80;
const roundsTried = [5, 10, 20, 40, roundsMax];

/**
 * The most that trees may move a pair, in log-odds: more where there are more judgements to bear it out. With
 * 25 it is 0.75, with a hundred 1.5, with 1,600 six.
 */
const learnedMostFrom = (judgements: number): number => 0.15 * Math.sqrt(judgements);

/** A verdict this far from even odds, beyond what trees may move, is past mending. */
const reach = 3;

/** Pairs that nobody judged count this much beside one that was judged. */
const anchorWeight = 0.25;

/** Small trees in small steps, so that one judgement moves little. */
const treeOptions: Partial<TreeOptions> = {
  depthMax: 2,
  learningRate: 0.1,
  shrinkage: 4,
  leafCoverMin: 1,
  rowShare: 1,
  featureShare: 0.7,
  binsMax: 32,
  seed: 5,
};

/**
 * Learns from judgements what to add to the expert weights: boosted trees over the features of the pairs,
 * as many as pay in cross-validation, then a scale for the sum. Where there are too few judgements to show
 * a gain beyond chance, nothing is added. Pairs that cannot be called same are left out: their verdict is not
 * the score's. `anchors` are pairs that nobody judged: they hold the trees back
 * where there is no judgement. The same pairs give the same model, in any order.
 */
export function trainModel(
  judged: JudgedPair[],
  { anchors = [], costs = defaultCosts }: { anchors?: ObservedPair[]; costs?: MatchCosts } = {},
): Training {
  const learnedMost = learnedMostFrom(judged.length);
  const pairs = inOrder(judged.filter((pair) => isWithinReach(pair, learnedMost)));
  const held = inOrder(anchors);
  const names = [...new Set([...pairs, ...held].flatMap(({ features }) => Object.keys(features)))];
  const sample: Sample = { pairs, anchors: held, names: names.sort(), learnedMost };
  const unseenAfter = crossValidate(sample);
  const lossOf = measureLoss(pairs, costs);
  const rounds = roundsThatPay(unseenAfter, lossOf);
  const logOdds = unseenAfter.get(rounds)!;
  const scale = scaleOf(pairs, logOdds, lossOf);
  const content = { expert: expertVersion, trees: grow(sample, rounds), scale, learnedMost };
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return {
    model: { version: `model-${digest.slice(0, 10)}`, ...content },
    rounds,
    unseen: pairs.map((pair, index) => ({
      pair,
      logOdds: scale.slope * logOdds[index]! + scale.intercept,
    })),
  };
}

type Sample = {
  pairs: JudgedPair[];
  anchors: ObservedPair[];
  names: string[];
  learnedMost: number;
};

/**
 * Whether a pair has something to teach: its verdict is the score's to give, and what the expert weights say
 * is not so far off that no correction could mend it.
 */
const isWithinReach = ({ canBeSame, isSame, logOdds }: JudgedPair, learnedMost: number): boolean =>
  canBeSame && (isSame ? logOdds : -logOdds) > -(learnedMost + reach);

const inOrder = <Pair extends ObservedPair>(pairs: Pair[]): Pair[] =>
  pairs.toSorted((one, other) => (one.id < other.id ? -1 : one.id > other.id ? 1 : 0));

/** After how many trees each pair has which log-odds, from trees grown without its part of the pairs. */
function crossValidate(sample: Sample): Map<number, number[]> {
  const folds = sample.pairs.map((pair) => foldOf(pair, parts));
  const after = new Map<number, number[]>(
    [0, ...roundsTried].map((rounds) => [rounds, sample.pairs.map(({ logOdds }) => logOdds)]),
  );
  for (let part = 0; part < parts; part++) {
    const others = sample.pairs.filter((_pair, index) => folds[index] !== part);
    if (others.length === 0 || others.length === sample.pairs.length) continue;
    const trees = grow({ ...sample, pairs: others }, roundsMax);
    for (const rounds of roundsTried) {
      const first = { ...trees, trees: trees.trees.slice(0, rounds) };
      const model = { trees: first, scale: none, learnedMost: sample.learnedMost };
      for (const [index, pair] of sample.pairs.entries()) {
        if (folds[index] === part) after.get(rounds)![index] = scorePair(pair, model);
      }
    }
  }
  return after;
}

/** An anchor is both: one effort and two, each as much as the expert weights have it, which pulls nowhere. */
function grow({ pairs, anchors, names }: Sample, rounds: number): BoostedTrees {
  const rows = [
    ...pairs.map((pair) => ({ pair, label: pair.isSame ? 1 : 0, weight: 1 })),
    ...anchors.flatMap((pair) => {
      const probability = sigmoid(pair.logOdds);
      return [
        { pair, label: 1, weight: anchorWeight * probability },
        { pair, label: 0, weight: anchorWeight * (1 - probability) },
      ];
    }),
  ];
  return trainTrees(
    {
      features: names,
      values: Float64Array.from(rows.flatMap(({ pair }) => rowOf(pair.features, names))),
      labels: rows.map(({ label }) => label),
      weights: rows.map(({ weight }) => weight),
      offsets: rows.map(({ pair }) => pair.logOdds),
    },
    { ...treeOptions, rounds },
  );
}

/** What log-odds of the pairs come to: the loss of each in nats, and what their verdicts cost together. */
type Loss = { each: number[]; cost: number };

const measureLoss =
  (pairs: JudgedPair[], costs: MatchCosts) =>
  (logOdds: number[]): Loss => ({
    each: pairs.map(({ isSame }, index) => logLossOf(logOdds[index]!, isSame)),
    cost: pairs.reduce(
      (sum, pair, index) => sum + costOf({ pair, logOdds: logOdds[index]! }, costs),
      0,
    ),
  });

/** The number of trees that fits best of those that pay. */
function roundsThatPay(
  unseenAfter: Map<number, number[]>,
  lossOf: (logOdds: number[]) => Loss,
): number {
  const without = lossOf(unseenAfter.get(0)!);
  let best = { rounds: 0, gain: 0 };
  for (const rounds of roundsTried) {
    const after = lossOf(unseenAfter.get(rounds)!);
    const gain = meanOf(gainsOf(after, without));
    if (pays(after, without) && gain > best.gain) best = { rounds, gain };
  }
  return best.rounds;
}

/** So much better must something fit to be more than chance, tried a few times over. */
const standardErrors = 2.5;

/** Whether something fits better by more than chance, and its verdicts cost less. */
function pays(after: Loss, before: Loss): boolean {
  const gains = gainsOf(after, before);
  const gain = meanOf(gains);
  const error = Math.sqrt(meanOf(gains.map((one) => (one - gain) ** 2)) / gains.length);
  return after.cost < before.cost && gain > standardErrors * error;
}

const gainsOf = (after: Loss, before: Loss): number[] =>
  after.each.map((loss, index) => before.each[index]! - loss);

const meanOf = (values: number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const none: Model["scale"] = { slope: 1, intercept: 0 };

/** With this many judgements of the rarer verdict the scale goes half the way from none to the best one. */
const scaleHalfway = 50;

/**
 * Log-odds beyond these are past every threshold; a few that are far off would otherwise bend the scale
 * where it decides.
 */
const scaleRange = { low: -2.5, high: 5 };

/**
 * A logistic scale for log-odds, as far from none as judgements of both kinds bear out; none where it
 * does not pay.
 */
function scaleOf(
  pairs: JudgedPair[],
  logOdds: number[],
  lossOf: (logOdds: number[]) => Loss,
): Model["scale"] {
  const same = pairs.filter(({ isSame }) => isSame).length;
  const rarer = Math.min(same, pairs.length - same);
  if (rarer === 0) return none;
  const { low, high } = scaleRange;
  const best = fitPlatt(
    logOdds.map((one) => Math.max(low, Math.min(high, one))),
    pairs.map(({ isSame }) => (isSame ? 1 : 0)),
  );
  if (best.kind !== "platt" || best.slope <= 0) return none;
  const share = rarer / (rarer + scaleHalfway);
  const scale = { slope: 1 + share * (best.slope - 1), intercept: share * best.intercept };
  const scaled = lossOf(logOdds.map((one) => scale.slope * one + scale.intercept));
  return pays(scaled, lossOf(logOdds)) ? scale : none;
}
