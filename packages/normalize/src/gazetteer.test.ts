import { expect, test } from "vitest";
import {
  buildGazetteer,
  findOrganizations,
  type Gazetteer,
  knownOrganization,
} from "./gazetteer.ts";

const gazetteer = buildGazetteer([
  { name: "Rowan & Birch Foundation", aliases: ["Rowan Birch"] },
  { name: "Verdant", aliases: [] },
  { name: "The Marsh Group, Inc.", aliases: ["TMG"] },
  { name: "Quince Department of Labor", aliases: [] },
  { name: "Rowan & Birch Foundation of Quince County", aliases: [] },
  { name: "Institut \u00c9lan", aliases: ["ACE"] },
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

// Known names, however they are written.
check("Rowan and Birch Foundation gave", "Rowan & Birch Foundation");
check("the Rowan & Birch Foundation of Quince County", "Rowan & Birch Foundation of Quince County");
check("Marsh Group, LLC; Marsh Group", "The Marsh Group, Inc.", "The Marsh Group, Inc.");
check("the Quince Dept. of Labor pays", "Quince Department of Labor");
check("Mar\u00adsh Gro\u200bup", "The Marsh Group, Inc.");
check("with INSTITUT ELAN", "Institut \u00c9lan");
check("ACE works; an Ace of spades", "Institut \u00c9lan");
check("tmg is nobody, TMG is", "The Marsh Group, Inc.");
check("Verdant-Rowan Birch", "Verdant", "Rowan & Birch Foundation");

// Unknown names that say what they are.
check("Elm State Board of Nursing", "Elm State Board of Nursing");
check("led by Elm Dept. of Commerce", "Elm Dept. of Commerce");
check("Ada & Leo Finch Family Foundation funds it", "Ada & Leo Finch Family Foundation");
check("a foundation, a university, a department of something");

test("a known organization by its whole name", () => {
  expect(knownOrganization("The Marsh Group", gazetteer)).toBe("The Marsh Group, Inc.");
  expect(knownOrganization("Marsh Group of Elm", gazetteer)).toBeUndefined();
  expect(knownOrganization("", gazetteer)).toBeUndefined();
});

test("twenty thousand names cost a text no more than ten do", () => {
  const many = Array.from({ length: 20_000 }, (_one, number) => ({
    name: `University of Quince ${number}`,
    aliases: [],
  }));
  const large = buildGazetteer(many);
  const text = "At the University of Quince 19999 and the University of Elm they teach. ".repeat(
    2000,
  );
  const costOf = (gazetteer: Gazetteer): number => {
    const began = process.cpuUsage();
    expect(findOrganizations(text, gazetteer).length).toBeGreaterThan(2000);
    return process.cpuUsage(began).user;
  };
  const few = costOf(buildGazetteer(many.slice(-10)));
  // Lists by first word made it twenty times as much.
  expect(costOf(large)).toBeLessThan(5 * few + 100_000);
});
