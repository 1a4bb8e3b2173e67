import { expect, test } from "vitest";
import { formatFigures, formatTable, tally } from "./figure.ts";

const figure = { bench: "web", figure: "f1", value: 1, unit: "share", data: "small" };

test("figures for programs are one JSON a line", () => {
  expect(
    formatFigures([figure, figure], "json")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([figure, figure]);
});

test("figures for people are aligned; shares have three digits, counts none", () => {
  const pages = {
    ...figure,
    figure: "pages",
    value: 12,
    unit: "pages",
    rival: "other",
    rivalValue: 9.5,
  };
  expect(formatFigures([figure, pages], "table")).toBe(
    "small  f1     1.000  share\nsmall  pages     12  pages  other 9.500\n",
  );
});

test("columns are as wide as their widest cell", () => {
  expect(
    formatTable(
      [
        ["a", "1"],
        ["bbb", "22"],
      ],
      ["left", "right"],
    ),
  ).toBe("a     1\nbbb  22\n");
});

test("equal words are counted, the most frequent first", () => {
  expect(tally("why", ["b", "a", "b"])).toBe("\nwhy\n  2  b\n  1  a\n");
  expect(tally("why", [])).toBe("\nwhy\n  none\n");
});
