import { emptyKnowledge, type InitiativeValues } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord } from "../test/any-record.ts";
import { blockKeys } from "./block-keys.ts";

const keysOf = (values: InitiativeValues) =>
  blockKeys(toRecord(values, emptyKnowledge), emptyKnowledge);

const check = (what: string, a: InitiativeValues, b: InitiativeValues, expected = true) =>
  test(what, () => {
    const keys = new Set(keysOf(a));
    expect(keysOf(b).some((key) => keys.has(key))).toBe(expected);
  });

check("a word", { name: "Open Ladder" }, { name: "The Ladder Project" });
check("acronym and name", { name: "PWLN" }, { name: "Prairie Work Ladder Network" });
check("acronym told", { name: "PWLN" }, { name: "Anything", acronym: "PWLN" });
check("alias", { name: "Candle" }, { name: "Lantern", aliases: ["Candle"] });
check("a slip in every word", { name: "Hanbor" }, { name: "Harbor", aliases: ["Hanbor"] });
check("beginning", { name: "Lanternworkz" }, { name: "Lantern Works" });
check("address", { name: "A", url: "http://x.org/a" }, { name: "B", url: "https://www.x.org/a/" });
check(
  "page named for the other",
  { name: "Blue", url: "http://x.org/open-ladder" },
  { name: "Open Ladder" },
);
check(
  "lead and partner",
  { name: "A", leadOrganization: "Hill", partners: ["Ferry Board"] },
  { name: "B", leadOrganization: "Hill", partners: ["Ferry Board"] },
);
check("nothing", { name: "Open Ladder" }, { name: "Lantern Works" }, false);

test("the rarest come first", () => {
  const knowledge = {
    ...emptyKnowledge,
    wordCounts: { skill: 900, lantern: 1 },
    documentCount: 1000,
  };
  const keys = blockKeys(toRecord({ name: "Lantern Skills" }, knowledge), knowledge);
  const placeOf = (name: string) => {
    const [word] = blockKeys(toRecord({ name }, knowledge), knowledge)
      .filter((key) => keys.includes(key))
      .slice(-1);
    return keys.indexOf(word!);
  };
  expect(placeOf("Skills Abcdefgh")).toBe(keys.length - 1);
  expect(placeOf("Lantern Abcdefgh")).toBeLessThan(keys.length - 1);
});

test("keys are int4, each once", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const keys = blockKeys(record, emptyKnowledge);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.every((key) => key === (key | 0))).toBe(true);
    }),
    { seed: 1, numRuns: 100 },
  );
});
