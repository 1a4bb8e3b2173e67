import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { toRecord } from "./record.ts";

test("an entry becomes a record", () => {
  const record = toRecord(
    {
      name: "Ohio Craft Ladder (OCL), Phase II",
      aliases: ["Craft Ladder", "craft ladders"],
      url: "https://www.craftladder.org/programs/ohio-ladder/?utm_source=mail",
      leadOrganization: "Harbor Foundation, Inc.",
      states: ["OH"],
      start: "2021-03",
      end: null,
      description: "Craft Ladder helps adults with work and with wages",
    },
    emptyKnowledge,
  );
  expect(record.names.map(({ words }) => words.join(" "))).toEqual([
    "ohio craft ladder phase 2",
    "craft ladder",
  ]);
  expect(record.names[0]).toMatchObject({ series: ["2"], states: ["OH"], stateWords: ["ohio"] });
  expect(record.acronyms).toEqual(["OCL"]);
  expect(record.address).toMatchObject({
    key: "craftladder.org/programs/ohio-ladder",
    site: "craftladder.org",
    slug: "ohio ladder",
    isRoot: false,
  });
  expect(record.lead?.key).toBe("harbor foundation");
  expect(record).toMatchObject({ start: "2021-03", end: undefined, relations: [] });
  expect([...record.description!()]).toEqual(["craft", "ladder", "help", "adult", "work", "wage"]);
});

const check = (name: string, series: string[], years: string[]) =>
  test(name, () => {
    const [first] = toRecord({ name }, emptyKnowledge).names;
    expect({ series: first!.series, years: first!.years }).toEqual({ series, years });
  });

check("Lantern 2.0", ["2"], []);
check("Lantern, second cohort", ["2"], []);
check("Lantern 3", ["3"], []);
check("Policy Academy (2020-21)", [], ["2020"]);
check("Goal 2030", [], ["2030"]);
check("K-12 Ladder", [], []);
check("100 Jobs", [], []);
// A word that every object of the language answers to.
check("Job Constructor", [], []);

test("a name of signs alone is still a name", () => {
  expect(toRecord({ name: "!!!" }, emptyKnowledge).names[0]?.words).toEqual(["!!!"]);
});

/** The names of an effort that Quill College leads. */
const owned = (name: string, ...names: string[]) =>
  test(name, () => {
    const record = toRecord({ name, leadOrganization: "Quill College" }, emptyKnowledge);
    expect(record.names.map(({ written }) => written)).toEqual(names);
  });

owned("Quill College: Open Ladder", "Quill College: Open Ladder", "Open Ladder");
owned("Open Ladder \u2013 Quill College", "Open Ladder \u2013 Quill College", "Open Ladder");
owned("Open Ladder at the Quill College", "Open Ladder at the Quill College", "Open Ladder");
owned("Quill College\u2019s Open Ladder", "Quill College\u2019s Open Ladder", "Open Ladder");
owned("Open Ladder at Elm College", "Open Ladder at Elm College");
owned("Ladder at Quill College", "Ladder at Quill College");

const namesOf = (name: string, leadOrganization?: string) =>
  toRecord({ name, ...(leadOrganization && { leadOrganization }) }, emptyKnowledge);

/** The names of an organization that is entered with this lead; none but its own where it is not its own lead. */
const ledBy = (name: string, lead: string, ...names: string[]) =>
  test(`${name}, led by ${lead}`, () => {
    const record = namesOf(name, lead);
    expect(record.isItsOwnLead).toBe(names.length > 0);
    expect(record.names.map(({ written }) => written)).toEqual([name, ...names.slice(1)]);
  });

ledBy("Quill Trust", "The Quill Trust", "itself");
ledBy("Ann & Lee Quill Foundation", "Quill Foundation", "itself", "Quill Foundation");
ledBy("Arts Quill Commons for Trades", "The AQ Commons", "itself", "The AQ Commons");
ledBy("Quill Trust Network", "Quill Trust");
ledBy("Quill Network", "Quill");
ledBy("Quill", "Quill Foundation");

const alsoCalled = (name: string, ...others: string[]) =>
  test(`${name} is also called`, () =>
    expect(namesOf(name).names.map(({ written }) => written)).toEqual([name, ...others]));

alsoCalled("LadderWorks.org", "LadderWorks");
alsoCalled("Ways to Hire - Open Ladder Now campaign", "Open Ladder Now campaign");
alsoCalled("Open Ladder - Quill College of Arts");

const describedAs = (name: string, ...words: string[]) =>
  test(`what is written small in ${name}`, () =>
    expect(namesOf(name).names[0]!.descriptive).toEqual(words));

describedAs("national Lantern networks", "national", "network");
describedAs("Lantern Network");
describedAs("lantern network");
describedAs("Lantern and its Friends");
