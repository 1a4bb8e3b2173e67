import type { ReadingFigures, Recipe } from "@waymark/domain";
import { expect, test } from "vitest";
import { judgeDrift, type PageDrift } from "./judge-drift.ts";

const figures = (records: number, changed: Partial<ReadingFigures> = {}): ReadingFigures => ({
  records,
  filled: { description: records, url: records },
  byRecipe: {},
  distinct: records,
  characters: records * 120,
  ...changed,
});

const page = (before: ReadingFigures, now: ReadingFigures, gone = 0, known = gone): PageDrift => ({
  url: "https://a.org/programs",
  before,
  now,
  entries: { before: known, gone },
});

const judge = (given: Partial<Parameters<typeof judgeDrift>[0]>): string[] =>
  judgeDrift({ past: [], now: figures(20), pages: [], recipe: undefined, ...given }).map(
    ({ code, field }) => (field ? `${code} ${field}` : code),
  );

test.each([
  ["nothing before", { past: [] }, []],
  ["the same as ever", { past: [figures(20), figures(21)] }, []],
  ["more than ever", { past: [figures(10)], now: figures(40) }, []],
  ["a quarter less", { past: [figures(20)], now: figures(15) }, []],
  ["a third less", { past: [figures(20)], now: figures(14) }, ["records"]],
  ["nothing left of two", { past: [figures(2)], now: figures(0) }, []],
  [
    "less than the middle of the last runs",
    { past: [figures(60), figures(20), figures(20)], now: figures(18) },
    [],
  ],
  [
    "less than all of the last runs but long ones before",
    { past: [...Array(9).fill(figures(90)), ...Array(8).fill(figures(20))], now: figures(19) },
    [],
  ],
  [
    "a field that was usual and is no more",
    { past: [figures(20)], now: figures(20, { filled: { description: 8, url: 20 } }) },
    ["fill description"],
  ],
  [
    "a field that was rare and is gone",
    { past: [figures(20, { filled: { description: 20, url: 20, end: 4 } })] },
    [],
  ],
  [
    "twice as many records, the new ones without the field",
    { past: [figures(10)], now: figures(20, { filled: { description: 10, url: 20 } }) },
    [],
  ],
  [
    "one description for all",
    { past: [figures(20)], now: figures(20, { distinct: 1 }) },
    ["distinct description"],
  ],
  [
    "descriptions of one word",
    { past: [figures(20)], now: figures(20, { characters: 160 }) },
    ["length description"],
  ],
] as const)("a source with %s", (_title, given, expected) => {
  expect(judge(given as never)).toEqual(expected);
});

test.each([
  ["loses two of three", page(figures(3), figures(1)), []],
  ["loses three of ten", page(figures(10), figures(7)), ["records"]],
  ["loses three of thirteen", page(figures(13), figures(10)), []],
  [
    "keeps its records and loses their addresses",
    page(figures(6), figures(6, { filled: { description: 6 } })),
    ["fill url"],
  ],
  [
    "keeps four records and loses their addresses",
    page(figures(4), figures(4, { filled: { description: 4 } })),
    [],
  ],
  ["tells of none of three entries", page(figures(3), figures(3), 3), ["entries"]],
  ["tells of two entries less", page(figures(3), figures(3), 2, 9), []],
] as const)("a page that %s", (_title, one, expected) => {
  expect(judge({ past: [figures(200)], now: figures(200), pages: [one] })).toEqual(expected);
});

test("pages of one record each tell when they lose it together", () => {
  const lost = page(figures(1), figures(0));
  expect(judge({ pages: [lost, lost] })).toEqual([]);
  expect(judge({ pages: [lost, lost, lost] })).toEqual(["records"]);
});

const recipe: Recipe = {
  item: "li",
  fields: {
    name: { selectors: ["b"] },
    url: { selectors: ["a"], required: true },
    states: { selectors: ["i"] },
  },
};

test("a selector that found its field and finds it no more is drift, whatever the general readers find", () => {
  const before = figures(9, { byRecipe: { name: 9, url: 9, states: 2 } });
  expect(judge({ recipe, pages: [page(before, figures(9))] })).toEqual([
    "selector name",
    "selector url",
  ]);
  const still = figures(9, { byRecipe: { name: 9, url: 9 } });
  expect(judge({ recipe, pages: [page(before, still)] })).toEqual([]);
});

test("a field that the recipe requires is missed sooner than one that was only usual", () => {
  const lost = page(figures(4), figures(4, { filled: { description: 4 } }));
  expect(judge({ recipe, pages: [lost] })).toEqual(["fill url"]);
});

test("a recipe may say how many efforts there are at least", () => {
  const expecting = { ...recipe, expectations: { recordsMin: 30 } };
  expect(judge({ recipe: expecting })).toEqual(["records"]);
  expect(judge({ recipe: expecting, now: figures(30) })).toEqual([]);
});

test("a drift says where, what was and what is", () => {
  expect(
    judgeDrift({
      past: [],
      now: figures(7),
      pages: [page(figures(10), figures(7))],
      recipe: undefined,
    }),
  ).toEqual([
    {
      code: "records",
      url: "https://a.org/programs",
      before: 10,
      now: 7,
      message: "The page https://a.org/programs told of 10 efforts and tells of 7 now.",
    },
  ]);
});
