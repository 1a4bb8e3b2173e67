import { type CandidatePairs, findCandidates } from "./find-candidates.ts";
import { measurePairs, type PairFeatures } from "./pair-features.ts";
import { partingWeights } from "./parting-words.ts";
import { type PreparedTables, prepareTables } from "./prepare-rows.ts";
import type { Table } from "./table.ts";

/** Tables with the pairs of rows worth looking at, and what was measured on them. */
export type ComparedTables = {
  tables: PreparedTables;
  pairs: CandidatePairs;
  measured: PairFeatures;
};

/** Two rows by their places in `PreparedTables.rows`. */
export type PlacePair = { left: number; right: number };

/** What goes on, for a display: a step, and how much of it is done. */
export type Tell = (step: "search" | "compare", done: number, whole: number) => void;

/** How many candidates each row is given: nearly every true pair is among them. */
const candidatesMax = 10;

/**
 * Finds and measures the candidates of all rows, of two tables under the same columns or of one that is
 * held against itself. `also` are pairs to be measured even when no search finds them.
 */
export function compareTables(
  given: [Table] | [Table, Table],
  { also = [], tell = () => undefined }: { also?: PlacePair[]; tell?: Tell | undefined } = {},
): ComparedTables {
  const tables = prepareTables(given);
  const { rows } = tables;
  let searched = 0;
  const found = findCandidates(tables, candidatesMax, (done) => {
    searched += done;
    tell("search", Math.min(searched, rows.length), rows.length);
  });
  const pairs = withPairs(found, also, rows.length);
  let compared = 0;
  const measured = measurePairs(tables, pairs, partingWeights(tables, found), (done) => {
    compared += done;
    tell("compare", compared, pairs.left.length);
  });
  return { tables, pairs, measured };
}

/** The place of a pair among the pairs of compared tables, or undefined. */
export function createPairLookup({
  pairs: { left, right },
  tables,
}: ComparedTables): (pair: PlacePair) => number | undefined {
  const places = new Map(
    left.entries().map(([pair, row]) => [row * tables.rows.length + right[pair]!, pair]),
  );
  return (pair) =>
    places.get(
      Math.min(pair.left, pair.right) * tables.rows.length + Math.max(pair.left, pair.right),
    );
}

function withPairs(
  { left, right }: CandidatePairs,
  also: PlacePair[],
  rowCount: number,
): CandidatePairs {
  const all = new Set(left.entries().map(([pair, row]) => row * rowCount + right[pair]!));
  for (const pair of also) {
    all.add(Math.min(pair.left, pair.right) * rowCount + Math.max(pair.left, pair.right));
  }
  const sorted = Float64Array.from(all).sort();
  return {
    left: Int32Array.from(sorted, (key) => Math.floor(key / rowCount)),
    right: Int32Array.from(sorted, (key) => key % rowCount),
  };
}
