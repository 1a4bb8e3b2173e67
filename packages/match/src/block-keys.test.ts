import { emptyKnowledge, type InitiativeValues, type Knowledge } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord } from "../test/any-record.ts";
import { blockKeys, searchKeys } from "./block-keys.ts";

const keysOf = (values: InitiativeValues) => blockKeys(toRecord(values, emptyKnowledge));

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
check("a code in one word or two", { name: "Acme KX-TS208W" }, { name: "Corded KXTS208W" });
check("nothing", { name: "Open Ladder" }, { name: "Lantern Works" }, false);

test("keys are int4, each once, in order", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const keys = blockKeys(record);
      expect(keys).toEqual([...new Set(keys)].sort((a, b) => a - b));
      expect(keys.every((key) => key === (key | 0))).toBe(true);
    }),
    { seed: 1, numRuns: 100 },
  );
});

test("what a search shares with what is stored does not depend on the partners that knowledge prefers", () => {
  const values = { name: "Lantern", leadOrganization: "Hill", partners: ["Ferry Board"] };
  const preferred = { name: "Harbor Crossing Authority", aliases: ["Ferry Board"] };
  const knowledge = { ...emptyKnowledge, organizations: [preferred] };
  const sought = searchKeys(toRecord(values, knowledge), knowledge).map(({ key }) => key);
  expect(sought.sort((a, b) => a - b)).toEqual(keysOf(values));
});

test("a search knows the lead under every name that knowledge lists, what is stored does not", () => {
  const values = { name: "Lantern Works", leadOrganization: "Ferry Board" };
  const aliases = ["Harbor Crossing Authority"];
  const knowledge = { ...emptyKnowledge, organizations: [{ name: "Ferry Board", aliases }] };
  const stored = blockKeys(
    toRecord({ ...values, leadOrganization: "Harbor Crossing Authority" }, emptyKnowledge),
  );
  const sharedWith = (known: Knowledge) =>
    searchKeys(toRecord(values, known), known).filter(({ key }) => stored.includes(key)).length;
  expect(sharedWith(knowledge)).toBeGreaterThan(sharedWith(emptyKnowledge));
});
