import fc from "fast-check";
import { expect, test } from "vitest";
import { calibrate, calibrationError, fitIsotonic, fitPlatt, sigmoid } from "./calibrate.ts";
import { createDraw } from "./draw.ts";

/** Scores that are twice as sure as they may be, with the labels they deserve. */
function overconfident(n: number, seed: number) {
  const draw = createDraw(seed);
  const truth = Array.from({ length: n }, () => draw() * 6 - 3);
  return {
    logOdds: truth.map((one) => one * 2),
    labels: truth.map((one) => Number(draw() < sigmoid(one))),
  };
}

for (const [name, fit] of Object.entries({ fitPlatt, fitIsotonic })) {
  test(`${name} takes the excess from scores that are too sure, also of others`, () => {
    const scale = fit(...argsOf(overconfident(2000, 1)));
    const { logOdds, labels } = overconfident(2000, 2);
    const before = calibrationError(logOdds.map(sigmoid), labels);
    const after = calibrationError(
      logOdds.map((one) => calibrate(scale, one)),
      labels,
    );
    expect(before).toBeGreaterThan(0.06);
    expect(after).toBeLessThan(0.03);
  });

  test(`${name} never falls, and stays between never and always`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.constantFrom(0, 1)), {
          minLength: 1,
        }),
        (rows) => {
          const scale = fit(
            rows.map(([one]) => one),
            rows.map(([, label]) => label),
          );
          let before = 0;
          for (let at = -10; at <= 10; at += 0.5) {
            const probability = calibrate(scale, at);
            expect(probability).toBeGreaterThan(0);
            expect(probability).toBeLessThan(1);
            if (name === "fitIsotonic") expect(probability).toBeGreaterThanOrEqual(before);
            before = probability;
          }
        },
      ),
    );
  });
}

test("isotonic steps are those nearest to the labels", () => {
  const scale = fitIsotonic([1, 2, 3, 4], [0, 1, 0, 1]);
  expect(scale).toEqual({
    kind: "isotonic",
    logOdds: [1, 2.5, 4],
    probabilities: [0.25, 0.5, 0.75],
  });
  expect(calibrate(scale, 0)).toBe(0.25);
  expect(calibrate(scale, 1.75)).toBe(0.375);
  expect(calibrate(scale, 9)).toBe(0.75);
});

test("the error is the mean distance of bins from their labels", () => {
  expect(calibrationError([0.2, 0.2, 0.9, 0.9], [0, 0, 1, 1], 2)).toBeCloseTo(0.15);
  expect(() => calibrationError([0.2], [0, 1])).toThrow("1 scores for 2 labels");
});

function argsOf({ logOdds, labels }: { logOdds: number[]; labels: number[] }) {
  return [logOdds, labels] as const;
}
