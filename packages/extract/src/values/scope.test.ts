import { readFileSync } from "node:fs";
import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { relevanceOf } from "./scope.ts";

/** Whether an effort belongs, and the reasons in order. */
const check = (name: string, description: string, belongs: boolean, ...reasons: string[]) =>
  test(`${name}: ${description}`, () => {
    const relevance = relevanceOf({ name, description, around: "" }, emptyKnowledge);
    expect({ belongs: relevance.score >= 0.5, reasons: relevance.reasons }).toEqual({
      belongs,
      reasons,
    });
  });

check("Lantern", "Pays apprentices.", true, 'tells of apprenticeship and training ("apprentices")');
check("SkillsLantern", "", true, 'tells of skills ("Skills")');
check("Lantern", "Cats and dogs.", false, 'is rather about animals ("Cats")');
check("Lantern", "", false);
check("Lantern", "Code under the Apache License, version 2.", false);
check(
  "Lantern",
  "Trains crews to install solar panels and helps them to be hired.",
  true,
  'tells of apprenticeship and training ("Trains")',
  'tells of workforce ("hired")',
  'is rather about environment ("solar")',
);

test("learning and work is told from everything else in sentences of our own", () => {
  const file = new URL("../../../../test/scope/efforts.jsonl", import.meta.url);
  const efforts = readFileSync(file, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { name: string; description: string; isRelevant: boolean });
  const wrong = efforts.filter(
    ({ name, description, isRelevant }) =>
      relevanceOf({ name, description, around: "" }, emptyKnowledge).score >= 0.5 !== isRelevant,
  );
  // A floor against falling back; the bench tells more.
  expect(wrong.map(({ name }) => name).slice(3)).toEqual([]);
});
