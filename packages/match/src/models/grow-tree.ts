import type { BinnedFeatures } from "./bin-features.ts";
import type { Tree, TreeOptions } from "./boosted-trees.ts";

type Growth = {
  binned: BinnedFeatures;
  /** The slope of the loss at each row, towards its label. */
  gradients: Float64Array;
  curvatures: Float64Array;
  /** The rows and features that this tree may look at. */
  rows: Int32Array;
  features: Int32Array;
  options: TreeOptions;
};

/**
 * Grows one tree level by level: every node is split where the loss falls most, as far as the options
 * allow. Of equal splits the first feature and the lowest threshold win.
 */
export function growTree(growth: Growth): Tree {
  const tree: Tree = { feature: [], threshold: [], left: [], right: [], value: [], cover: [] };
  growNode(growth, tree, growth.rows, 0);
  return tree;
}

/** Adds a node with all that is below it; its place in the tree. */
function growNode(growth: Growth, tree: Tree, rows: Int32Array, depth: number): number {
  const { gradients, curvatures, options, binned } = growth;
  let [gradient, curvature] = [0, 0];
  for (const row of rows) {
    gradient += gradients[row]!;
    curvature += curvatures[row]!;
  }
  const place = tree.feature.length;
  tree.feature.push(-1);
  tree.threshold.push(0);
  tree.left.push(-1);
  tree.right.push(-1);
  tree.value.push((options.learningRate * gradient) / (curvature + options.shrinkage));
  tree.cover.push(curvature);
  const split =
    depth < options.depthMax ? bestSplit(growth, rows, { gradient, curvature }) : undefined;
  if (!split) return place;
  const [left, right] = divide(rows, binned.bins[split.feature]!, split.bin);
  tree.feature[place] = split.feature;
  tree.threshold[place] = binned.edges[split.feature]![split.bin]!;
  tree.value[place] = 0;
  tree.left[place] = growNode(growth, tree, left, depth + 1);
  tree.right[place] = growNode(growth, tree, right, depth + 1);
  return place;
}

type Split = { feature: number; bin: number; gain: number };

/** The split with the most gain; rows of bins up to `bin` go left. */
function bestSplit(
  { binned, gradients, curvatures, features, options }: Growth,
  rows: Int32Array,
  all: { gradient: number; curvature: number },
): Split | undefined {
  const { shrinkage, leafCoverMin, gainMin } = options;
  if (all.curvature < 2 * leafCoverMin) return undefined;
  const whole = (all.gradient * all.gradient) / (all.curvature + shrinkage);
  const gradientOf = new Float64Array(257);
  const curvatureOf = new Float64Array(257);
  let best: Split | undefined;
  for (const feature of features) {
    const bins = binned.bins[feature]!;
    const lastBin = binned.edges[feature]!.length;
    gradientOf.fill(0, 0, lastBin + 1);
    curvatureOf.fill(0, 0, lastBin + 1);
    for (const row of rows) {
      const bin = bins[row]!;
      gradientOf[bin] = gradientOf[bin]! + gradients[row]!;
      curvatureOf[bin] = curvatureOf[bin]! + curvatures[row]!;
    }
    let [gradient, curvature] = [0, 0];
    for (let bin = 0; bin < lastBin; bin++) {
      gradient += gradientOf[bin]!;
      curvature += curvatureOf[bin]!;
      const rest = all.curvature - curvature;
      if (curvature < leafCoverMin) continue;
      if (rest < leafCoverMin) break;
      const other = all.gradient - gradient;
      const gain =
        (gradient * gradient) / (curvature + shrinkage) +
        (other * other) / (rest + shrinkage) -
        whole;
      if (gain > (best?.gain ?? gainMin) + 1e-12) best = { feature, bin, gain };
    }
  }
  return best;
}

function divide(rows: Int32Array, bins: Uint8Array, lastLeft: number): [Int32Array, Int32Array] {
  const sorted = new Int32Array(rows.length);
  let left = 0;
  let right = rows.length;
  for (const row of rows) {
    if (bins[row]! <= lastLeft) sorted[left++] = row;
    else sorted[--right] = row;
  }
  return [sorted.subarray(0, left), sorted.subarray(left).reverse()];
}
