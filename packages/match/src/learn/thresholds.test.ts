import fc from "fast-check";
import { expect, test } from "vitest";
import { defaultCosts, thresholdsOf } from "./thresholds.ts";

test("where nobody said what mistakes cost", () => {
  const { sameAtLeast, unsureAtLeast, sameLogOdds } = thresholdsOf(defaultCosts);
  expect({ sameAtLeast, unsureAtLeast }).toEqual({ sameAtLeast: 0.9, unsureAtLeast: 0.5 });
  expect(sameLogOdds).toBeCloseTo(Math.log(9), 12);
});

test("a question dearer than any mistake is never asked", () => {
  const { sameAtLeast, unsureAtLeast } = thresholdsOf({ falseSame: 3, missedSame: 1, asking: 50 });
  expect(sameAtLeast).toBe(0.75);
  expect(unsureAtLeast).toBe(0.75);
});

test("no other verdict would cost less", () => {
  const cost = fc.double({ min: 0.01, max: 100, noNaN: true });
  fc.assert(
    fc.property(cost, cost, cost, fc.double({ min: 0, max: 1, noNaN: true }), (...given) => {
      const [falseSame, missedSame, asking, probability] = given;
      const costs = {
        same: (1 - probability) * falseSame,
        unsure: asking,
        different: probability * missedSame,
      };
      const { sameAtLeast, unsureAtLeast } = thresholdsOf({ falseSame, missedSame, asking });
      const verdict =
        probability >= sameAtLeast ? "same" : probability >= unsureAtLeast ? "unsure" : "different";
      expect(costs[verdict]).toBeLessThanOrEqual(Math.min(...Object.values(costs)) + 1e-9);
    }),
    { seed: 1, numRuns: 500 },
  );
});
