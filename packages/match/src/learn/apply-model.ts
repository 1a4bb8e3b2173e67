import type { MatchReason, Model } from "@waymark/domain";
import { logOddsOf } from "../models/boosted-trees.ts";
import { scoreTrees } from "../models/tree-reasons.ts";
import { expertVersion } from "./expert-version.ts";
import type { ObservedPair } from "./judged-pair.ts";
import { type PairFeatures, reasonOf } from "./pair-features.ts";

/** The version that a match is stored with: the model's, where it has a say, else that of the weights. */
export const versionOf = (model: Model | undefined): string =>
  model && isApplicable(model) ? model.version : expertVersion;

/** A model corrects the weights it was trained on; on other weights its corrections mean nothing. */
export const isApplicable = ({ expert }: Model): boolean => expert === expertVersion;

/**
 * Adds what a model learned to the expert's reasons: each weighs what the expert and the model say
 * together, and what the model says of something that no reason is about becomes a reason of its own. The
 * first reason is the prior. Invariant: the sum of the reasons is the model's log-odds.
 */
export function withModel(
  reasons: MatchReason[],
  features: PairFeatures,
  model: Model,
): MatchReason[] {
  const { slope, intercept } = model.scale;
  const { base, byReason } = learnedOf(features, model);
  const [prior, ...findings] = reasons;
  const learned = new Map(byReason);
  const weighed = findings.map((reason) => {
    const more = learned.get(reason.feature) ?? 0;
    learned.delete(reason.feature);
    return { ...reason, weight: slope * (reason.weight + more) };
  });
  const others = [...learned].map(([feature, weight]) => ({ feature, weight: slope * weight }));
  const [telling, slight] = [
    others.filter(({ weight }) => Math.abs(weight) >= tellingMin),
    others.filter(({ weight }) => Math.abs(weight) < tellingMin),
  ];
  const rest = slight.reduce((sum, { weight }) => sum + weight, 0);
  return [
    { ...prior!, weight: slope * (prior!.weight + base) + intercept },
    ...weighed,
    ...telling.map(({ feature, weight }) => ({ feature, weight, text: textOf(feature, weight) })),
    ...(rest === 0
      ? []
      : [{ feature: "learned", weight: rest, text: "what else judgements tell" }]),
  ];
}

/** Log-odds below which a learned part is not worth a sentence of its own. */
const tellingMin = 0.1;

/** What the trees add, by the reason it belongs to. All parts shrink alike where their sum would be too much. */
function learnedOf(
  features: PairFeatures,
  { trees, learnedMost }: Corrections,
): { base: number; byReason: Map<string, number> } {
  const row = rowOf(features, trees.features);
  const { logOdds, base, contributions } = scoreTrees(trees, row);
  const share = boundedShare(logOdds, learnedMost);
  const byReason = new Map<string, number>();
  for (const [index, feature] of trees.features.entries()) {
    const part = share * contributions[index]!;
    if (part === 0) continue;
    const reason = reasonOf(feature);
    byReason.set(reason, (byReason.get(reason) ?? 0) + part);
  }
  return { base: share * base, byReason };
}

type Corrections = Pick<Model, "trees" | "scale" | "learnedMost">;

/** The log-odds that a model gives a pair, without the reasons; without a model, those of the expert weights. */
export function scorePair(
  { features, logOdds }: ObservedPair,
  model: Corrections | undefined,
): number {
  if (!model) return logOdds;
  const learned = logOddsOf(model.trees, rowOf(features, model.trees.features));
  const corrected = logOdds + learned * boundedShare(learned, model.learnedMost);
  return model.scale.slope * corrected + model.scale.intercept;
}

/** How much each reason moves the log-odds of some pairs, on average, and the part of it that was learned. */
export function weighReasons(
  pairs: ObservedPair[],
  model: Corrections,
): { feature: string; weight: number; learned: number }[] {
  const sums = new Map<string, { weight: number; learned: number }>();
  for (const { features } of pairs) {
    const { byReason } = learnedOf(features, model);
    const named = Object.keys(features).filter((feature) => reasonOf(feature) === feature);
    for (const feature of new Set([...named, ...byReason.keys()])) {
      const learned = byReason.get(feature) ?? 0;
      const sum = sums.get(feature) ?? { weight: 0, learned: 0 };
      sum.weight += Math.abs(model.scale.slope * ((features[feature] ?? 0) + learned));
      sum.learned += Math.abs(model.scale.slope * learned);
      sums.set(feature, sum);
    }
  }
  const count = Math.max(1, pairs.length);
  return [...sums]
    .map(([feature, { weight, learned }]) => ({
      feature,
      weight: weight / count,
      learned: learned / count,
    }))
    .sort((one, other) => other.weight - one.weight || (one.feature < other.feature ? -1 : 1));
}

/** The values of a model's features in its order. */
export const rowOf = (features: PairFeatures, names: string[]): number[] =>
  names.map((name) => features[name] ?? 0);

/** By how much a correction is shrunk so that it is no larger than the most allowed. */
const boundedShare = (logOdds: number, most: number): number =>
  Math.abs(logOdds) > most ? most / Math.abs(logOdds) : 1;

const textOf = (feature: string, weight: number): string =>
  `pairs that stand so in their ${nouns[feature] ?? feature} were ${weight > 0 ? "more" : "less"} often judged one effort than was thought`;

const nouns: { [feature: string]: string } = {
  name: "names",
  acronym: "acronyms",
  address: "addresses",
  "address-name": "addresses' endings",
  lead: "leads",
  series: "numbers",
  year: "years",
  start: "beginnings",
  end: "ends",
  kind: "kinds",
  description: "descriptions",
  relation: "relations",
};
