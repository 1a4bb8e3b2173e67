import type { Knowledge } from "@waymark/domain";

/** A key that more than this many entries hold is counted by knowledge; so few more cost nothing. */
export const uncountedMax = 8;

/** What is expected of a key that knowledge does not count. */
const uncounted = 2;

/** How many entries of the catalog are expected to hold a key. */
export function keyCountOf(key: number, knowledge: Knowledge): number {
  return countsOf(knowledge).get(key) ?? uncounted;
}

/** The counts of all keys that more than a handful of holders have: what `Knowledge.keyCounts` is made of. */
export function countKeys(holders: Iterable<readonly number[]>): Knowledge["keyCounts"] {
  const counts = new Map<number, number>();
  for (const keys of holders) for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count > uncountedMax);
  return Object.fromEntries(common.sort(([a], [b]) => a - b));
}

const countsByKnowledge = new WeakMap<Knowledge, Map<number, number>>();

/** Knowledge is immutable, so once is enough. */
function countsOf(knowledge: Knowledge): Map<number, number> {
  const before = countsByKnowledge.get(knowledge);
  if (before) return before;
  const counts = new Map(
    Object.entries(knowledge.keyCounts).map(([key, count]) => [Number(key), count]),
  );
  countsByKnowledge.set(knowledge, counts);
  return counts;
}
