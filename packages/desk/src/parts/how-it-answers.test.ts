import { expect, test } from "vitest";
import { share, spanText } from "./how-it-answers.ts";
import { sizeText } from "./size.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1.0 kB"],
  [9_949, "9.9 kB"],
  [9_960, "10 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [41_300_000, "41 MB"],
  [7_200_000_000_000_000, "7200 TB"],
])("%d bytes are %s", (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

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
