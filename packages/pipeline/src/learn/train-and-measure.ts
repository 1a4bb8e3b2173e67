import type { Model, ModelFigures, ModelMetrics } from "@waymark/domain";
import {
  defaultCosts,
  type JudgedPair,
  measureModel,
  observePair,
  scorePair,
  thresholdsOf,
  trainModel,
  weighReasons,
} from "@waymark/match";
import type { Db, StoredModel } from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";
import { type Judgements, type KnownPair, loadJudgements } from "./judged-pairs.ts";
import { loadNearPairs } from "./near-pairs.ts";
import { shadowModel } from "./shadow.ts";

/** With fewer judgements to train on, what is learned is chance. */
export const judgementsMin = 25;

/** So many pairs that nobody judged hold a model where no judgement speaks. */
const anchorsMax = 300;

/** What training came to: a model with what was measured of it, or why there is none, in a sentence. */
export type TrainingOutcome =
  | { kind: "trained"; trained: Omit<StoredModel, "state" | "activatedBy" | "activatedAt"> }
  | { kind: "too-few"; why: string };

/**
 * Trains a model on the judgements that stand, and measures it beside the active one and the expert weights.
 * Writes nothing; `least` is how many judgements there must be to train on.
 */
export async function trainFromJudgements(
  db: Db,
  { now, least = judgementsMin }: { now: Date; least?: number | undefined },
): Promise<TrainingOutcome> {
  const knowledge = await currentKnowledge(db);
  const judgements = await loadJudgements(db, knowledge);
  const why = whyTooFew(judgements, least);
  if (why) return { kind: "too-few", why };
  const { training, frozen, frozenIds, pairs, newest } = judgements;
  const near = await loadNearPairs(db, knowledge, new Set(pairs.map(({ id }) => id)));
  const anchors = near.slice(0, anchorsMax).map((pair) => observePair(pair.id, pair, knowledge));
  const costs = knowledge.costs ?? defaultCosts;
  const { model, rounds, unseen } = trainModel(training, { anchors, costs });
  const measure = (scored: JudgedPair[], by: Model | undefined) =>
    measureModel(
      scored.map((pair) => ({ pair, logOdds: scorePair(pair, by) })),
      thresholdsOf(costs),
    );
  const metrics: ModelMetrics = {
    judged: countVerdicts(pairs),
    rounds,
    frozen: {
      model: measure(frozen, model),
      active: measure(frozen, knowledge.model),
      expert: measure(frozen, undefined),
    },
    crossValidated: {
      model: measureModel(unseen, thresholdsOf(costs)),
      expert: measure(
        unseen.map(({ pair }) => pair),
        undefined,
      ),
    },
    features: weighReasons(training, model),
    shadow: shadowModel([...pairs, ...near], model, knowledge),
  };
  const trained = { model, trainedAt: now, judgements: training.length, metrics };
  return { kind: "trained", trained: { ...trained, newestJudgement: newest, frozen: frozenIds } };
}

/** What a model and the active one make of the pairs that are frozen by now. */
export async function measureFrozen(
  db: Db,
  model: Model,
): Promise<{ model: ModelFigures; active: ModelFigures }> {
  const knowledge = await currentKnowledge(db);
  const { frozen } = await loadJudgements(db, knowledge);
  const measure = (by: Model | undefined) =>
    measureModel(
      frozen.map((pair) => ({ pair, logOdds: scorePair(pair, by) })),
      thresholdsOf(knowledge.costs ?? defaultCosts),
    );
  return { model: measure(model), active: measure(knowledge.model) };
}

function whyTooFew({ training, frozen, pairs }: Judgements, least: number): string | undefined {
  const kept = frozen.length > 0 ? ` beside ${frozen.length} that are kept for measuring` : "";
  const unsure = countVerdicts(pairs).unsure;
  const apart = unsure > 0 ? `, and ${unsure} that say unsure` : "";
  if (training.length < least) {
    const stand =
      training.length === 1 ? "1 judgement stands" : `${training.length} judgements stand`;
    const told =
      pairs.length === 0 ? "no pair was judged yet" : `${stand} to train on${kept}${apart}`;
    return `${told}; training needs ${least}: judge pairs with \`waymark match judge\`, or decide on duplicates`;
  }
  const same = training.filter(({ isSame }) => isSame).length;
  if (same > 0 && same < training.length) return undefined;
  const verdict = same > 0 ? "same" : "different";
  return `all ${training.length} judgements to train on say ${verdict}; a model learns from both kinds: judge some pairs that are ${same > 0 ? "different" : "same"}`;
}

function countVerdicts(pairs: KnownPair[]): ModelMetrics["judged"] {
  const counts = { same: 0, different: 0, unsure: 0 };
  for (const { judged } of pairs) if (judged) counts[judged] += 1;
  return counts;
}
