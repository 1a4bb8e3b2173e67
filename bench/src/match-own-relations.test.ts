import type { Match } from "@waymark/domain";
import { expect, test } from "vitest";
import { namesRelation, relationsTold } from "./match-own-relations.ts";

const tells = (why: string, ...told: string[]) =>
  test(why, () => expect(relationsTold(why).map(({ of, kind }) => `${of} ${kind}`)).toEqual(told));

tells("Board vs the ledger it keeps.", "a steward_of");
tells("Compact vs its two-year trial phase.", "b phase_of");
tells("Stage three vs the whole.", "a phase_of", "a part_of");
tells("First and second cohort: other counties.", "a predecessor");
tells("Predecessor and successor with like names.", "a predecessor");
tells("Campaign vs the handbook it wrote.", "b product_of");
tells("Council vs its software.", "b product_of");
tells("Trust vs one of its nine grantees.", "b funded_by");
tells("Evening school vs the fund that pays for it.", "a funded_by");
tells("Alliance vs one of its four chapters.", "b part_of");
tells("Alliance vs one of its members.", "b member_of");
tells("Institute vs parent that also pays for it.", "a part_of");
tells("Two working groups of one council.");
tells("Ohio's tool vs the national registry.");
tells("Same acronym, unrelated.");

const match = (of: Partial<Match>): Match => ({
  verdict: "related",
  score: 0.2,
  reasons: [],
  ...of,
});

test("a relation told from either side is the same one", () => {
  const told = relationsTold("Board vs the ledger it keeps.");
  expect(namesRelation(match({ relation: "steward_of" }), told)).toBe(true);
  const back: Match = match({ relation: "product_of", relationFrom: "candidate" });
  expect(namesRelation(back, told)).toBe(true);
  expect(namesRelation(match({ relation: "product_of" }), told)).toBe(false);
  expect(namesRelation(match({}), told)).toBe(false);
  expect(namesRelation(match({ verdict: "unsure", relation: "steward_of" }), told)).toBe(false);
});
