import type { Knowledge } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { canBeSame, comparePair } from "../compare-pair.ts";
import type { Between } from "../needed-for-same.ts";
import { weights } from "../weights.ts";
import type { ObservedPair } from "./judged-pair.ts";

/** A pair as the expert weights see it, whatever model is active. */
export function observePair(
  id: string,
  { a, b, between }: { a: Record; b: Record; between: Between },
  knowledge: Knowledge,
): ObservedPair {
  const prior = between === "entries" ? weights.priorOfEntries : weights.priorOfCandidate;
  const comparison = comparePair(a, b, withoutModel(knowledge), prior);
  const { logOdds } = comparison;
  return { id, features: comparison.features(), logOdds, canBeSame: canBeSame(comparison) };
}

const bare = new WeakMap<Knowledge, Knowledge>();

/** The same knowledge each time, since comparisons remember what they count in it. */
function withoutModel(knowledge: Knowledge): Knowledge {
  if (!knowledge.model) return knowledge;
  const before = bare.get(knowledge);
  if (before) return before;
  const { model: _model, ...others } = knowledge;
  bare.set(knowledge, others);
  return others;
}
