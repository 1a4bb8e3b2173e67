import { expect, test } from "vitest";
import { buildGazetteer, findOrganizations } from "./gazetteer.ts";

const gazetteer = buildGazetteer([
  { name: "Rowan & Birch Foundation", aliases: ["Rowan Birch"] },
  { name: "Verdant", aliases: [] },
]);

const check = (text: string, ...names: string[]) =>
  test(text, () => {
    const found = findOrganizations(text, gazetteer);
    expect(found.map(({ name }) => name)).toEqual(names);
    for (const { start, end, quote } of found) expect(text.slice(start, end)).toBe(quote);
  });

check("paid by Rowan Birch and Verdant", "Rowan & Birch Foundation", "Verdant");
check("a verdant valley");
check(
  "the Department of Labor and Pine County College",
  "Department of Labor",
  "Pine County College",
);
check("the University of North Lakes at Duluth", "University of North Lakes at Duluth");
check("our board met in the library");
