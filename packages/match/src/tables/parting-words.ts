import type { CandidatePairs } from "./find-candidates.ts";
import type { PreparedRow, PreparedTables } from "./prepare-rows.ts";
import { SparseIndex } from "./sparse-index.ts";
import { leftOverWords } from "./word-set.ts";

/**
 * How much each word parts things, by its number, learned from two tables without labels: "upgrade" is
 * often all that two rows of one table differ in, and seldom what the best pairs across the tables differ
 * in; with "software" it is the other way round. The logarithm of the ratio of both counts. A single
 * table has no pairs across, and its near rows may be duplicates: there no word says anything.
 */
export function partingWeights(tables: PreparedTables, pairs: CandidatePairs): Float64Array {
  const { rows, firstLength, areTwo, vocabulary } = tables;
  const within = new Float64Array(vocabulary.words.length).fill(1);
  if (!areTwo) return within.fill(0);
  const across = within.slice();
  const count = (counts: Float64Array, [one, other]: [PreparedRow, PreparedRow]) => {
    const { left, right } = leftOverWords(one, other, vocabulary);
    for (const id of [...left, ...right]) counts[id] = counts[id]! + 1;
  };
  for (const pair of nearWithin(rows.slice(0, firstLength))) count(within, pair);
  for (const pair of nearWithin(rows.slice(firstLength))) count(within, pair);
  for (const pair of bestAcross(tables, pairs)) count(across, pair);
  return within.map((times, id) => Math.log(times / across[id]!));
}

/** Names less alike than this have little in common that a word could part. */
const likenessMin = 0.5;
const neighboursMax = 3;

/** Rows of one table with the names nearest to theirs. */
function nearWithin(rows: PreparedRow[]): [PreparedRow, PreparedRow][] {
  const index = new SparseIndex(rows.map(({ name }) => name.byWords));
  return rows.flatMap((row, place) =>
    index
      .nearest(row.name.byWords, neighboursMax + 1)
      .filter((near) => near.place !== place && near.score > likenessMin)
      .map((near): [PreparedRow, PreparedRow] => [row, rows[near.place]!]),
  );
}

/** Pairs of which each row is the nearest to the other. */
function bestAcross(
  { rows }: PreparedTables,
  { left, right }: CandidatePairs,
): [PreparedRow, PreparedRow][] {
  const best = new Map<number, { pair: number; likeness: number }>();
  for (let pair = 0; pair < left.length; pair++) {
    const likeness = wordLikeness(rows[left[pair]!]!, rows[right[pair]!]!);
    for (const place of [left[pair]!, right[pair]!]) {
      if (likeness > (best.get(place)?.likeness ?? likenessMin))
        best.set(place, { pair, likeness });
    }
  }
  return [...best].flatMap(([place, { pair }]): [PreparedRow, PreparedRow][] => {
    const isMutual = place === left[pair] && best.get(right[pair]!)?.pair === pair;
    return isMutual ? [[rows[place]!, rows[right[pair]!]!]] : [];
  });
}

/** The share of both names' weight that the other name has as well. */
function wordLikeness(one: PreparedRow, other: PreparedRow): number {
  const common = one.name.words.ids.filter((id) => other.name.words.has.has(id));
  return common.length / Math.max(1, (one.name.words.ids.length + other.name.words.ids.length) / 2);
}
