import { emptyKnowledge, InitiativeId, type InitiativeValues } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import fc from "fast-check";
import { expect, test } from "vitest";
import { anyRecord } from "../test/any-record.ts";
import { matchRecord } from "./match-record.ts";
import { settleRivals } from "./settle-rivals.ts";

const id = InitiativeId.parse("entry");

/** The verdicts of mentions of one page on the only entry that there is. */
function settled(entry: InitiativeValues, ...mentions: InitiativeValues[]): string[] {
  const candidate = { id, record: toRecord(entry, emptyKnowledge) };
  const matched = mentions.map((mention) => {
    const record = toRecord(mention, emptyKnowledge);
    return { record, match: matchRecord(record, [candidate], emptyKnowledge) };
  });
  return settleRivals(matched, emptyKnowledge).map(({ verdict }) => verdict);
}

const check = (
  what: string,
  entry: InitiativeValues,
  mentions: InitiativeValues[],
  expected: string[],
) => test(what, () => expect(settled(entry, ...mentions)).toEqual(expected));

const bank = { name: "Elm Badge Bank", aliases: ["Badge House"], leadOrganization: "Elm Board" };
const board = { name: "Elm Badge Bank", leadOrganization: "Elm Board" };
check("alone", bank, [{ name: "Elm Badge Bank", states: ["OH"] }], ["same"]);
check("one effort told twice", bank, [board, { name: "The Elm Badge Bank" }], ["same", "same"]);
check("one effort under two names", bank, [board, { name: "Badge House" }], ["same", "same"]);
check(
  "a weaker claim yields to a stronger one",
  bank,
  [
    { ...board, states: ["VT"] },
    { name: "Elm Badge Bank", states: ["OH"] },
  ],
  ["same", "unsure"],
);
check(
  "of equal claims that conflict, nobody knows which is right",
  { name: "Elm Badge Bank" },
  [
    { name: "Elm Badge Bank", states: ["OH"] },
    { name: "Elm Badge Bank", states: ["TX"] },
  ],
  ["unsure", "unsure"],
);

test("in any order, and reasons still add up", () => {
  const mentions = fc.array(anyRecord, { minLength: 2, maxLength: 5 });
  fc.assert(
    fc.property(anyRecord, mentions, (entry, records) => {
      const matched = records.map((record) => ({
        record,
        match: matchRecord(record, [{ id, record: entry }], emptyKnowledge),
      }));
      const found = settleRivals(matched, emptyKnowledge);
      expect(settleRivals(matched.toReversed(), emptyKnowledge).toReversed()).toEqual(found);
      for (const { score, reasons } of found) {
        const logOdds = reasons.reduce((sum, { weight }) => sum + weight, 0);
        expect(score).toBeCloseTo(1 / (1 + Math.exp(-logOdds)), 9);
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});
