import { expect, test } from "vitest";
import { share, spanText } from "./how-it-answers.ts";

test.each([
  [0, 0, "0 %"],
  [0, 9, "0 %"],
  [9, 9, "100 %"],
  [1, 3000, "1 %"],
  [2999, 3000, "99 %"],
  [812, 930, "87 %"],
])("%d of %d are %s: all and nothing are said only where they are true", (part, whole, text) => {
  expect(share(part, whole)).toBe(text);
});

test.each([
  [0.001, "1 minute"],
  [0.2, "12 minutes"],
  [1, "1 hour"],
  [47, "47 hours"],
  [48, "2 days"],
  [672, "28 days"],
])("%d hours are %s", (hours, text) => {
  expect(spanText(hours)).toBe(text);
});
