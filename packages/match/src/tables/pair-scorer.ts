import { BadInput, type MatchReason } from "@waymark/domain";
import { fitPlatt, sigmoid } from "../models/calibrate.ts";
import { rivalsTake, scoreLevels } from "../models/fellegi-sunter.ts";
import { thresholdForF1 } from "../models/threshold.ts";
import { scoreTrees } from "../models/tree-reasons.ts";
import { type ComparedTables, createPairLookup, type PlacePair } from "./compare-tables.ts";
import {
  type LabelledPair,
  type Learned,
  learnFromLabels,
  scoreLearned,
} from "./learn-from-labels.ts";
import { matchUnlabelled } from "./match-unlabelled.ts";
import { tellTopic } from "./tell-topic.ts";

/** The calibrated log-odds of all compared pairs, and what each is made of. */
export type PairScorer = {
  logOdds: Float64Array;
  /** Reasons whose weights add up to the log-odds, the weightiest first. */
  reasonsOf(pair: number): MatchReason[];
  /** From which probability on pairs are best called same. */
  sameFrom: number;
};

/** Scores pairs without labels, less what far better candidates of their rows take. */
export function scoreUnlabelled(compared: ComparedTables): PairScorer {
  const { model, levelled, logOdds } = matchUnlabelled(compared);
  const rivals = rivalsTake(compared.pairs, logOdds, "better");
  const width = levelled.features.length;
  return {
    logOdds: logOdds.map((one, pair) => one + rivals[pair]!),
    sameFrom: 0.5,
    reasonsOf(pair) {
      const { contributions } = scoreLevels(model, levelled.levels, pair * width);
      return tellReasons(compared, pair, [
        ...model.features.map((topic, at): Share => [topic, contributions[at]!]),
        ["other candidates", rivals[pair]!],
        ["prior", model.prior],
      ]);
    },
  };
}

const seeds = [1, 2];
/** Fewer labels of either kind teach nothing that held-out pairs could confirm. */
const labelsMin = 10;

/** Scores pairs by what labelled ones teach: at least ten of each kind. */
export function scoreByLabels(
  compared: ComparedTables,
  given: (PlacePair & { isSame: boolean })[],
): PairScorer {
  checkLabels(given);
  const placeOf = createPairLookup(compared);
  const labelled = given.map(
    ({ isSame, ...places }): LabelledPair => ({ pair: placeOf(places)!, isSame }),
  );
  const learned = seeds.map((seed) =>
    learnFromLabels(compared, labelled, { seed, context: true, heldOut: true }),
  );
  const labels = labelled.map(({ isSame }) => Number(isSame));
  const heldOut = labels.map((_, index) => meanOf(learned.map((one) => one.heldOut[index]!)));
  const { slope, intercept } = fitPlatt(heldOut, labels);
  const scaled = (one: number) => slope * one + intercept;
  return {
    logOdds: Float64Array.from(compared.pairs.left, (_, pair) =>
      scaled(meanOf(learned.map((one) => scoreLearned(one, pair)))),
    ),
    sameFrom: thresholdForF1(
      heldOut.map((one) => sigmoid(scaled(one))),
      labels,
    ),
    reasonsOf(pair) {
      const scaledShare = (topic: string, weight: number): Share => [
        topic,
        (slope * weight) / learned.length,
      ];
      const shares = learned.flatMap((one) => {
        const { base, contributions } = explain(one, pair);
        const told = one.told.topics.map((topic, at) => scaledShare(topic, contributions[at]!));
        return [scaledShare("prior", base), ...told];
      });
      return tellReasons(compared, pair, [["prior", intercept], ...shares]);
    },
  };
}

function checkLabels(given: { isSame: boolean }[]): void {
  const same = given.filter(({ isSame }) => isSame).length;
  if (same >= labelsMin && given.length - same >= labelsMin) return;
  throw new BadInput(
    `${same} pairs labelled same and ${given.length - same} labelled different are too few to learn from: label at least ${labelsMin} of each, or leave the labels out`,
  );
}

function explain({ model, told }: Learned, pair: number) {
  const width = told.features.length;
  return scoreTrees(model, told.values.subarray(pair * width, (pair + 1) * width));
}

/** A part of the log-odds, and the topic in which people are told of it. */
type Share = [topic: string, weight: number];

/** One reason a topic: a column may be called as another topic is, and no share may be lost by that. */
function tellReasons(compared: ComparedTables, pair: number, shares: Share[]): MatchReason[] {
  const weights = new Map<string, number>();
  for (const [topic, weight] of shares) weights.set(topic, (weights.get(topic) ?? 0) + weight);
  return [...weights]
    .map(([feature, weight]) => ({ feature, weight, text: tellTopic(feature, compared, pair) }))
    .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

const meanOf = (values: number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
