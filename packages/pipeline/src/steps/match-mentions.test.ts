import { emptyKnowledge, InitiativeId, type InitiativeValues, type Mention } from "@waymark/domain";
import { expect, test } from "vitest";
import { matchUnderNames } from "./match-mentions.ts";

const listed = (name: string, more: Partial<Mention> = {}): Mention => ({
  key: name,
  role: "listing",
  name,
  aliases: [],
  relations: [],
  signs: [],
  range: { start: 0, end: 10 },
  relevance: { score: 0.9, reasons: [] },
  evidence: [],
  ...more,
});
const id = InitiativeId.parse("LW-7");
const values: InitiativeValues = { name: "Talent Harbors", states: ["OH"] };

const check = (what: string, mention: Mention, names: string[], verdict: string) =>
  test(what, () =>
    expect(matchUnderNames(mention, names, { id, values }, emptyKnowledge).verdict).toBe(verdict),
  );

const renamed = "Civic Lantern Network";
check("a list that took up the new name", listed(renamed), [renamed], "same");
check("nobody calls the entry so", listed(renamed), [], "different");
check(
  "called so, and plainly another state's",
  listed(renamed, { states: ["TX"] }),
  [renamed],
  "different",
);
