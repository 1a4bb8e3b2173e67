import { expect, test } from "vitest";
import { thresholdForF1 } from "./threshold.ts";

test("the threshold is half of the best F1 that is reached", () => {
  expect(thresholdForF1([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])).toBe(0.5);
  // The best cut takes three: two right of three, of two wanted.
  expect(thresholdForF1([0.9, 0.8, 0.7, 0.1], [1, 0, 1, 0])).toBeCloseTo(0.4);
});
