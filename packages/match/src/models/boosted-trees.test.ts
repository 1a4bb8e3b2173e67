import fc from "fast-check";
import { expect, test } from "vitest";
import { averageTrees, logOddsOf, type TrainingRows, trainTrees } from "./boosted-trees.ts";
import { createDraw } from "./draw.ts";
import { scoreTrees } from "./tree-reasons.ts";

/** Rows of three features: the first decides, the second only together with it, the third is noise. */
function madeRows(n: number, seed: number): TrainingRows {
  const draw = createDraw(seed);
  const values = new Float64Array(n * 3);
  const labels = new Uint8Array(n);
  for (let row = 0; row < n; row++) {
    const [one, other] = [draw(), draw()];
    values.set([one, other, draw()], row * 3);
    labels[row] = one > 0.5 === other > 0.3 ? 1 : 0;
  }
  return { features: ["one", "other", "noise"], values, labels };
}

const rightShare = (rows: TrainingRows, score: (start: number) => number): number => {
  let right = 0;
  for (let row = 0; row < rows.labels.length; row++) {
    right += Number(score(row * 3) > 0 === (rows.labels[row] === 1));
  }
  return right / rows.labels.length;
};

test("what two features decide together is learned and holds for rows not seen", () => {
  const model = trainTrees(madeRows(600, 1), { rounds: 80, learningRate: 0.2 });
  const others = madeRows(400, 2);
  expect(rightShare(others, (start) => logOddsOf(model, others.values, start))).toBeGreaterThan(
    0.95,
  );
});

test("trees of depth 1 add features up, and cannot learn that", () => {
  const rows = madeRows(600, 1);
  const model = trainTrees(rows, { rounds: 80, learningRate: 0.2, depthMax: 1 });
  expect(rightShare(rows, (start) => logOddsOf(model, rows.values, start))).toBeLessThan(0.8);
  expect(model.trees.every((tree) => tree.feature.length <= 3)).toBe(true);
});

test("the same rows and seed give the same bytes, another seed others", () => {
  const options = { rounds: 10, rowShare: 0.5, seed: 3 };
  const bytes = JSON.stringify(trainTrees(madeRows(200, 1), options));
  expect(JSON.stringify(trainTrees(madeRows(200, 1), options))).toBe(bytes);
  expect(JSON.stringify(trainTrees(madeRows(200, 1), { ...options, seed: 4 }))).not.toBe(bytes);
});

test("a missing value is a value of its own", () => {
  const values = Float64Array.from({ length: 200 }, (_, row) => (row % 2 ? Number.NaN : row % 7));
  const labels = Uint8Array.from({ length: 200 }, (_, row) => row % 2);
  const model = trainTrees({ features: ["told"], values, labels }, { rounds: 20 });
  expect(logOddsOf(model, [Number.NaN])).toBeGreaterThan(1);
  expect(logOddsOf(model, [3])).toBeLessThan(-1);
});

test("what rows begin with is not learned again", () => {
  const rows = madeRows(400, 1);
  const known = Float64Array.from(rows.labels, (label) => (label === 1 ? 4 : -4));
  const model = trainTrees({ ...rows, offsets: known }, { rounds: 40 });
  const largest = Math.max(
    ...Array.from(rows.labels, (_, row) => Math.abs(logOddsOf(model, rows.values, row * 3))),
  );
  expect(largest).toBeLessThan(2);
  const { logOdds, base } = scoreTrees(model, rows.values.subarray(0, 3), 4);
  expect(logOdds).toBeCloseTo(4 + logOddsOf(model, rows.values), 9);
  expect(base).toBeGreaterThan(2);
});

test("a row of weight 0 might as well not be there", () => {
  const rows = madeRows(300, 1);
  const labels = Uint8Array.from(rows.labels, (label, row) => (row < 150 ? label : 1 - label));
  const weights = Float64Array.from(labels, (_, row) => (row < 150 ? 1 : 0));
  const model = trainTrees({ ...rows, labels, weights }, { rounds: 60, learningRate: 0.2 });
  expect(rightShare(rows, (start) => logOddsOf(model, rows.values, start))).toBeGreaterThan(0.9);
});

test("the mean of several models has the mean of their log-odds", () => {
  const rows = madeRows(200, 1);
  const models = [1, 2, 3].map((seed) => trainTrees(rows, { rounds: 20, seed }));
  const each = models.map((model) => logOddsOf(model, rows.values, 30));
  const mean = each.reduce((sum, one) => sum + one, 0) / 3;
  expect(logOddsOf(averageTrees(models), rows.values, 30)).toBeCloseTo(mean, 9);
});

test("rows that do not fit together are refused", () => {
  expect(() =>
    trainTrees({ features: ["a"], values: new Float64Array(3), labels: [1, 0] }),
  ).toThrow("3 values are not 2 rows of 1 features");
  expect(() => trainTrees({ features: ["a"], values: new Float64Array(0), labels: [] })).toThrow(
    "no rows",
  );
});

const anyRow = fc.array(
  fc.oneof(fc.double({ min: -1, max: 2, noNaN: true }), fc.constant(Number.NaN)),
  {
    minLength: 3,
    maxLength: 3,
  },
);

test("contributions sum to the score, whatever the row", () => {
  const model = trainTrees(madeRows(300, 5), { rounds: 30, depthMax: 4 });
  fc.assert(
    fc.property(anyRow, fc.double({ min: -5, max: 5, noNaN: true }), (row, offset) => {
      const { logOdds, base, contributions } = scoreTrees(model, row, offset);
      expect(base + contributions.reduce((sum, one) => sum + one, 0)).toBeCloseTo(logOdds, 9);
      expect(logOdds).toBeCloseTo(offset + logOddsOf(model, row), 9);
    }),
  );
});

test("contributions are Shapley's: the mean over all orders in which features become known", () => {
  const model = trainTrees(madeRows(300, 6), { rounds: 5, depthMax: 3, featureShare: 1 });
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ];
  fc.assert(
    fc.property(anyRow, (row) => {
      const wanted = [0, 0, 0];
      for (const order of orders) {
        const known = new Set<number>();
        for (const feature of order) {
          const before = expectedBy(known, row);
          known.add(feature);
          wanted[feature] = wanted[feature]! + (expectedBy(known, row) - before) / orders.length;
        }
      }
      const { contributions } = scoreTrees(model, row);
      for (const [feature, share] of wanted.entries()) {
        expect(contributions[feature]).toBeCloseTo(share, 9);
      }
    }),
    { numRuns: 30 },
  );

  /** The score when only some features are known, by walking down both branches of the others. */
  function expectedBy(known: Set<number>, row: number[]): number {
    const below = (tree: (typeof model.trees)[number], node: number): number => {
      const feature = tree.feature[node]!;
      if (feature < 0) return tree.value[node]!;
      const [left, right] = [tree.left[node]!, tree.right[node]!];
      if (known.has(feature))
        return below(tree, row[feature]! > tree.threshold[node]! ? right : left);
      const share = (child: number) => tree.cover[child]! / tree.cover[node]!;
      return share(left) * below(tree, left) + share(right) * below(tree, right);
    };
    return model.trees.reduce((sum, tree) => sum + below(tree, 0), 0);
  }
});
