import { type ComparedTables, createPairLookup } from "./compare-tables.ts";

/** Log-odds that two rows are one which no search brought together. */
const unseenLogOdds = -4;

/**
 * Joins rows that are called same into clusters, from the likeliest pair down. Two groups join when their
 * rows agree on average, so that no chain forms over one weak link. `joined` tells for each pair that
 * came together the place of its cluster.
 */
export function clusterPairs(
  compared: ComparedTables,
  probabilities: Float64Array,
  sameFrom: number,
): { joined: Map<number, number>; clusters: number[][] } {
  const { pairs, tables } = compared;
  const placeOf = createPairLookup(compared);
  const sameLogOdds = toLogOdds(sameFrom);
  const isLeft = (row: number) => row < tables.firstLength;
  const groupOf = new Map<number, number[]>();
  const groupAt = (row: number): number[] => groupOf.get(row) ?? [row];
  const agreement = (left: number, right: number): number | undefined => {
    // Rows of one of two tables were never compared; that says nothing.
    if (tables.areTwo && isLeft(left) === isLeft(right)) return undefined;
    const pair = placeOf({ left, right });
    return pair === undefined ? unseenLogOdds : toLogOdds(probabilities[pair]!);
  };
  const agree = (one: number[], other: number[]): boolean => {
    const all = one.flatMap((left) => other.flatMap((right) => agreement(left, right) ?? []));
    return all.reduce((sum, logOdds) => sum + logOdds, 0) >= sameLogOdds * all.length;
  };
  const called = Array.from(probabilities.keys())
    .filter((pair) => probabilities[pair]! >= sameFrom)
    .sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
  for (const pair of called) {
    const [one, other] = [groupAt(pairs.left[pair]!), groupAt(pairs.right[pair]!)];
    if (one === other || !agree(one, other)) continue;
    const group = [...one, ...other];
    for (const row of group) groupOf.set(row, group);
  }
  const clusters = [...new Set(groupOf.values())]
    .map((group) => group.toSorted((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
  const clusterOf = new Map(clusters.flatMap((group, at) => group.map((row) => [row, at])));
  const joined = new Map(
    called
      .filter((pair) => {
        const cluster = clusterOf.get(pairs.left[pair]!);
        return cluster !== undefined && cluster === clusterOf.get(pairs.right[pair]!);
      })
      .map((pair) => [pair, clusterOf.get(pairs.left[pair]!)!]),
  );
  return { joined, clusters };
}

/** Far enough from certain that one pair does not outweigh many. */
const toLogOdds = (probability: number): number => {
  const bounded = Math.min(0.999, Math.max(0.001, probability));
  return Math.log(bounded / (1 - bounded));
};
