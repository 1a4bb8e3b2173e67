import { expect, test } from "vitest";
import { assertSum, figuresOn, median } from "./crawl-figures.ts";

test("the median is the middle, or the mean of the two there", () => {
  expect([[3], [9, 1, 5], [1, 4], [4, 1, 8, 2]].map(median)).toEqual([3, 5, 2.5, 3]);
});

test("a figure names the rival only where it was measured", () => {
  const figure = figuresOn("2 hosts");
  expect(figure("full crawl", 5, "pages/s")).toEqual({
    ...{ bench: "crawl", figure: "full crawl", value: 5, unit: "pages/s", data: "2 hosts" },
  });
  expect(figure("full crawl", 5, "pages/s", 2)).toMatchObject({ rival: "Crawlee", rivalValue: 2 });
});

test("a wrong sum ends the bench", () => {
  assertSum("pages", 5, 5);
  expect(() => assertSum("pages", 4, 5)).toThrow("pages: 4 instead of 5");
});
