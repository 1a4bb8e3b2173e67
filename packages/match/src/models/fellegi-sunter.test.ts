import fc from "fast-check";
import { expect, test } from "vitest";
import { createDraw, shuffledIndexes } from "./draw.ts";
import {
  fitFellegiSunter,
  type LevelledPairs,
  rivalsTake,
  scoreLevels,
  untold,
} from "./fellegi-sunter.ts";

const features = [
  { name: "name", levelCount: 3 },
  { name: "town", levelCount: 2 },
  { name: "noise", levelCount: 2 },
];

/** A hundred rows with five candidates each; the first is the match of four rows in five. */
function madePairs(seed: number): { pairs: LevelledPairs; isSame: boolean[] } {
  const draw = createDraw(seed);
  const made = Array.from({ length: 500 }, (_, index) => {
    const row = Math.floor(index / 5);
    const isSame = index % 5 === 0 && row % 5 > 0;
    const sure = (share: number) => draw() < share;
    const name = isSame ? (sure(0.8) ? 2 : 1) : sure(0.1) ? 1 : 0;
    const town = sure(0.1) ? untold : Number(isSame ? sure(0.9) : sure(0.3));
    return { row, isSame, levels: [name, town, Number(sure(0.5))], right: 1000 + index };
  });
  const pairs = {
    features,
    levels: Uint8Array.from(made.flatMap(({ levels }) => levels)),
    left: Int32Array.from(made, ({ row }) => row),
    right: Int32Array.from(made, ({ right }) => right),
  };
  return { pairs, isSame: made.map(({ isSame }) => isSame) };
}

test("without labels, what agrees in matches gains weight, and noise gains none", () => {
  const { pairs, isSame } = madePairs(1);
  const model = fitFellegiSunter(pairs);
  const [name, town, noise] = model.weights;
  expect(name![2]).toBeGreaterThan(2);
  expect(name![0]).toBeLessThan(-2);
  expect(town![1]).toBeGreaterThan(0.5);
  expect(Math.abs(noise![1]!)).toBeLessThan(0.5);
  const scores = isSame.map((_, pair) => scoreLevels(model, pairs.levels, pair * 3).logOdds);
  const right = scores.filter((score, pair) => score > 0 === isSame[pair]).length;
  expect(right / scores.length).toBeGreaterThan(0.97);
});

test("candidates of a row compete: two equal ones leave each other no more than a half", () => {
  const logOdds = Float64Array.from([6, 6, 6]);
  const rivals = { left: Int32Array.from([1, 1, 2]), right: Int32Array.from([10, 11, 12]) };
  const taken = rivalsTake(rivals, logOdds);
  expect(6 + taken[0]!).toBeLessThan(0.01);
  expect(taken[2]).toBeCloseTo(0);
});

test("contributions sum to the score, and what is untold adds nothing", () => {
  const model = fitFellegiSunter(madePairs(2).pairs);
  const level = fc.constantFrom(0, 1, untold);
  fc.assert(
    fc.property(fc.tuple(fc.constantFrom(0, 1, 2, untold), level, level), (levels) => {
      const { logOdds, contributions } = scoreLevels(model, levels);
      expect(contributions.reduce((sum, one) => sum + one, model.prior)).toBeCloseTo(logOdds, 12);
      for (const [at, one] of levels.entries()) {
        if (one === untold) expect(contributions[at]).toBe(0);
      }
    }),
  );
});

test("the order of the pairs does not matter, to the byte", () => {
  const { pairs } = madePairs(3);
  const bytes = JSON.stringify(fitFellegiSunter(pairs));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      const order = shuffledIndexes(pairs.left.length, createDraw(seed));
      const shuffled: LevelledPairs = {
        features,
        levels: Uint8Array.from(
          [...order].flatMap((pair) => [...pairs.levels.subarray(pair * 3, pair * 3 + 3)]),
        ),
        left: order.map((pair) => pairs.left[pair]!),
        right: order.map((pair) => pairs.right[pair]!),
      };
      expect(JSON.stringify(fitFellegiSunter(shuffled))).toBe(bytes);
    }),
    { numRuns: 10 },
  );
});
