import { expect, test } from "vitest";
import { listSavedParts, sizeText } from "./saved-work.ts";

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

test("what a run was spared is told in one order, without what there is none of", () => {
  const saved = { rendered: 3, notModified: 12, spared: 0, bytes: 900 };
  expect(listSavedParts(saved).map(({ name, n }) => [name, n])).toEqual([
    ["Not modified", 12],
    ["Through a browser", 3],
  ]);
});
