import type { KeySearch } from "./choose-keys.ts";

/** An entry that a search has found, with all its keys. */
export type KeyHolder<Id extends string> = { id: Id; keys: readonly number[] };

/**
 * The holders that share most with what was searched for, the best first: the cheap score, by which those
 * are picked that are worth a full comparison. It is the sum of the weights of all shared keys; of equals
 * the one with fewer keys of its own is nearer.
 */
export function rankHolders<Id extends string>(
  { weights }: KeySearch,
  holders: Iterable<KeyHolder<Id>>,
  limit: number,
): Id[] {
  const scored = Array.from(holders, ({ id, keys }) => {
    let score = 0;
    for (const key of keys) score += weights.get(key) ?? 0;
    return { id, score, size: keys.length };
  });
  return scored
    .sort((a, b) => b.score - a.score || a.size - b.size || (a.id < b.id ? -1 : 1))
    .slice(0, limit)
    .map(({ id }) => id);
}
