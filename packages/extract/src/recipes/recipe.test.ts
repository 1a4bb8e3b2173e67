import { BadInput, type Recipe } from "@waymark/domain";
import { expect, test } from "vitest";
import { checkRecipe, isRecipeFor } from "./recipe.ts";

const right: Recipe = { item: "li.card", fields: { name: { selectors: ["h3"] } } };

const faultOf = (recipe: unknown): string => {
  try {
    checkRecipe(recipe, "own.json");
    return "none";
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    return error.message;
  }
};

test("takes a recipe that can be used, as it was written", () => {
  expect(checkRecipe(right, "own.json")).toEqual(right);
});

test.each([
  [
    "a selector that does not parse",
    { ...right, item: "li[" },
    /own\.json: item "li\[" cannot be used/,
  ],
  ["one that costs too much", { ...right, item: "li:has(h3)" }, /item "li:has\(h3\)".*not allowed/],
  [
    "one that looks back over all siblings",
    { ...right, item: "h3 ~ p" },
    /item "h3 ~ p".*not allowed/,
  ],
  [
    "a selector in a field",
    { ...right, fields: { name: { selectors: ["h3", "a:nope"] } } },
    /fields\.name\.selectors\.1 "a:nope"/,
  ],
  [
    "too long a selector",
    { ...right, item: "a".repeat(300) },
    /item is longer than 200 characters/,
  ],
  [
    "too many selectors",
    { fields: { name: { selectors: Array(9).fill("a") } } },
    /fields\.name\.selectors holds more/,
  ],
  ["a field there is not", { fields: { title: { selectors: ["h1"] } } }, /fields/],
  [
    "a transform there is not",
    { fields: { name: { selectors: ["a"], transforms: [{ upper: 1 }] } } },
    /transforms\.0/,
  ],
  ["no field at all", { fields: {} }, /name at least one field/],
  [
    "entries without names",
    { item: "li", fields: { url: { selectors: ["a"] } } },
    /fields\.name is missing/,
  ],
  ["a pattern that is no address", { ...right, match: ["programs"] }, /match\.0 "programs"/],
  ["something else altogether", 7, /the recipe/],
])("refuses %s, naming the place", (_title, recipe, message) => {
  expect(faultOf(recipe)).toMatch(message);
});

test.each([
  [undefined, "https://a.org/x", true],
  [["/programs/*"], "https://a.org/programs/a?b=1", true],
  [["/programs/*"], "https://a.org/news/programs/a", false],
  [["/programs"], "https://a.org/programs", true],
  [["/programs"], "https://a.org/programs/", false],
  [["https://a.org/*/grants/*.html"], "https://a.org/x/y/grants/z.html", true],
  [["*/grants"], "https://b.org/a/grants", true],
  [["/a*a"], "https://b.org/a", false],
] as const)("the pattern %s is for %s: %s", (match, url, isMeant) => {
  expect(isRecipeFor({ ...right, ...(match && { match: [...match] }) }, url)).toBe(isMeant);
});

test("a pattern of many stars takes no time", () => {
  const began = process.cpuUsage().user;
  isRecipeFor(
    { ...right, match: [`/${"*a".repeat(90)}*b`] },
    `https://a.org/${"a".repeat(20_000)}`,
  );
  expect(process.cpuUsage().user - began).toBeLessThan(500_000);
});
