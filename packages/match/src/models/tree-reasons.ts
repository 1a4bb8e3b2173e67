import type { BoostedTrees, Tree } from "./boosted-trees.ts";

/** Log-odds, and what each feature adds to them. */
export type ExplainedLogOdds = {
  /** Invariant: `base` + the sum of the contributions. */
  logOdds: number;
  /** What the model says of a row it knows nothing of, with the offset of this row. */
  base: number;
  /** By the places of the model's features. */
  contributions: Float64Array;
};

/**
 * The log-odds of a row with the contribution of each feature: its exact Shapley value, where a feature
 * left out means following both branches by the weight of the training rows that took them (the
 * path-dependent values of Lundberg et al. 2020). `offset` is what the row begins with.
 */
export function scoreTrees(
  { features, base, trees }: BoostedTrees,
  values: ArrayLike<number>,
  offset = 0,
): ExplainedLogOdds {
  const contributions = new Float64Array(features.length);
  let expected = base + offset;
  for (const tree of trees) {
    expected += addLeaves(tree, values, contributions);
  }
  const logOdds = contributions.reduce((sum, one) => sum + one, expected);
  return { logOdds, base: expected, contributions };
}

/** A feature on the way to a leaf: the weight of rows that pass it unseen, and whether this row does. */
type Gate = { feature: number; unseen: number; seen: 0 | 1 };

/**
 * Each leaf is a game of its own: it pays its value times the product of its gates. Adds the shares of
 * the players, and returns what is paid when nothing is seen.
 */
function addLeaves(tree: Tree, values: ArrayLike<number>, contributions: Float64Array): number {
  let expected = 0;
  const walk = (node: number, gates: Gate[]): void => {
    const feature = tree.feature[node]!;
    if (feature < 0) {
      expected += addShares(gates, tree.value[node]!, contributions);
      return;
    }
    const goesRight = values[feature]! > tree.threshold[node]!;
    for (const child of [tree.left[node]!, tree.right[node]!]) {
      const isTaken = goesRight === (child === tree.right[node]);
      walk(child, withGate(gates, feature, tree.cover[child]! / tree.cover[node]!, isTaken));
    }
  };
  walk(0, []);
  return expected;
}

function withGate(gates: Gate[], feature: number, unseen: number, isTaken: boolean): Gate[] {
  const before = gates.find((gate) => gate.feature === feature);
  const others = before ? gates.filter((gate) => gate !== before) : gates;
  const seen = isTaken && before?.seen !== 0 ? 1 : 0;
  return [...others, { feature, unseen: unseen * (before?.unseen ?? 1), seen }];
}

function addShares(gates: Gate[], value: number, contributions: Float64Array): number {
  for (const gate of gates) {
    const share = (gate.seen - gate.unseen) * meanOfOthers(gates, gate);
    contributions[gate.feature] = contributions[gate.feature]! + value * share;
  }
  return gates.reduce((product, gate) => product * gate.unseen, value);
}

/** What the other gates let through, averaged over the orders in which they may be seen before this one. */
function meanOfOthers(gates: Gate[], own: Gate): number {
  // bySize[k]: the sum over all sets of k gates seen, the rest unseen, of the product.
  let bySize = [1];
  for (const gate of gates) {
    if (gate === own) continue;
    const next = new Array<number>(bySize.length + 1).fill(0);
    for (const [size, product] of bySize.entries()) {
      next[size] = next[size]! + product * gate.unseen;
      next[size + 1] = next[size + 1]! + product * gate.seen;
    }
    bySize = next;
  }
  const others = bySize.length - 1;
  let waysOf = 1;
  let mean = 0;
  for (const [size, product] of bySize.entries()) {
    mean += product / (waysOf * (others + 1));
    waysOf = (waysOf * (others - size)) / (size + 1);
  }
  return mean;
}
