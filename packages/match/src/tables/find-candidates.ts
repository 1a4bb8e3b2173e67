import type { PreparedRow, PreparedTables, PreparedText } from "./prepare-rows.ts";
import { type Neighbour, SparseIndex, type SparseVector } from "./sparse-index.ts";

/** Pairs of rows worth comparing, by their places; sorted, each once, the smaller place left. */
export type CandidatePairs = { left: Int32Array; right: Int32Array };

/** Rows' texts in the ways in which they are searched, two for each text. */
const texts: ((row: PreparedRow) => PreparedText)[] = [(row) => row.name, (row) => row.whole];
const views: ((text: PreparedText) => SparseVector)[] = [
  (text) => text.byWords,
  (text) => text.byLetters,
];

/**
 * For each row the `limit` nearest of the other table (of a single table: of all others), by words and by
 * runs of letters, of the name and of the whole row. Both tables search each other.
 */
export function findCandidates(
  { rows, firstLength, areTwo }: PreparedTables,
  limit: number,
  tell: (done: number) => void = () => undefined,
): CandidatePairs {
  const places = [...rows.keys()];
  const [first, second] = [places.slice(0, firstLength), places.slice(firstLength)];
  const found = new Set<number>();
  const search = (from: number[], to: number[]) => {
    // In a single table the nearest of a row is the row itself.
    const own = from === to ? 1 : 0;
    const nearest = createSearch(to.map((place) => rows[place]!));
    for (const [done, place] of from.entries()) {
      if (done % 100 === 0) tell(100);
      for (const at of nearest(rows[place]!, limit + own)) {
        const other = to[at]!;
        if (other === place) continue;
        found.add(Math.min(place, other) * rows.length + Math.max(place, other));
      }
    }
  };
  if (areTwo) {
    search(first, second);
    search(second, first);
  } else search(first, first);
  const sorted = Float64Array.from(found).sort();
  return {
    left: Int32Array.from(sorted, (pair) => Math.floor(pair / rows.length)),
    right: Int32Array.from(sorted, (pair) => pair % rows.length),
  };
}

function createSearch(rows: PreparedRow[]): (row: PreparedRow, limit: number) => number[] {
  const indexes = texts.map((textOf) =>
    views.map((viewOf) => ({
      viewOf: (row: PreparedRow) => viewOf(textOf(row)),
      index: new SparseIndex(rows.map((row) => viewOf(textOf(row)))),
    })),
  );
  return (row, limit) => {
    const lists = indexes.map((ways) =>
      addScores(ways.map(({ index, viewOf }) => index.nearest(viewOf(row), 3 * limit))),
    );
    return fuseRanks(lists).slice(0, limit);
  };
}

function addScores(lists: Neighbour[][]): number[] {
  const sums = new Map<number, number>();
  for (const { place, score } of lists.flat()) sums.set(place, (sums.get(place) ?? 0) + score);
  return bestFirst(sums);
}

/** Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): good in one list is good enough. */
function fuseRanks(lists: number[][]): number[] {
  const sums = new Map<number, number>();
  for (const list of lists) {
    for (const [rank, place] of list.entries()) {
      sums.set(place, (sums.get(place) ?? 0) + 1 / (10 + rank));
    }
  }
  return bestFirst(sums);
}

const bestFirst = (scores: Map<number, number>): number[] =>
  [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([place]) => place);
