import type { KeySearch } from "./choose-keys.ts";

/** An entry that a search has found, with all its keys. */
export type KeyHolder<Id extends string> = { id: Id; keys: readonly number[] };

/**
 * The holders that share most with what was searched for, the best first: the cheap score, by which those
 * are picked that are worth a full comparison. It is the sum of the weights of all shared keys; of equals
 * the one with fewer keys of its own is nearer. Who shares next to nothing beside the best is left out.
 */
export function rankHolders<Id extends string>(
  { weights }: KeySearch,
  holders: readonly KeyHolder<Id>[],
  limit: number,
): Id[] {
  const scored = holders.map((holder) => ({ holder, score: scoreOf(holder.keys, weights) }));
  const best = scored.reduce((most, { score }) => Math.max(most, score), 0);
  return scored
    .filter(({ score }) => score >= best * shareMin)
    .sort(byNearness)
    .slice(0, limit)
    .map(({ holder }) => holder.id);
}

/** The least share of the best score that is worth a look. */
const shareMin = 0.15;

function scoreOf(keys: readonly number[], weights: KeySearch["weights"]): number {
  let score = 0;
  for (const key of keys) score += weights.get(key) ?? 0;
  return score;
}

type Scored = { holder: KeyHolder<string>; score: number };

const byNearness = (a: Scored, b: Scored): number =>
  b.score - a.score ||
  a.holder.keys.length - b.holder.keys.length ||
  (a.holder.id < b.holder.id ? -1 : 1);
