import {
  InitiativeId,
  type JudgedSide,
  type Judgement,
  type JudgementVerdict,
  sideKey,
} from "@waymark/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findConflicts } from "./find-conflicts.ts";
import { groupJudged } from "./group-judged.ts";

const side = (name: string): JudgedSide => ({ initiativeId: InitiativeId.parse(name) });
const said = (id: number, a: string, b: string, verdict: JudgementVerdict): Judgement => ({
  id,
  a: side(a),
  b: side(b),
  verdict,
  who: "rosa",
  why: undefined,
  at: new Date("2026-03-01T02:00:00Z"),
  decisionId: undefined,
  basis: undefined,
});
const namesOf = (sides: JudgedSide[]) =>
  sides.map((each) => ("initiativeId" in each ? each.initiativeId : "")).sort();

test("a different between two parts all that is the same as either", () => {
  const groups = groupJudged({
    judgements: [
      said(1, "A", "B", "same"),
      said(2, "C", "D", "same"),
      said(3, "B", "C", "different"),
      said(4, "A", "E", "unsure"),
    ],
    ties: [{ one: side("F"), other: side("D"), because: "merged" }],
  });
  expect(groups.between(side("A"), side("B"))).toBe("same");
  expect(groups.between(side("A"), side("F"))).toBe("different");
  expect(groups.between(side("A"), side("E"))).toBeUndefined();
  expect(groups.between(side("X"), side("E"))).toBeUndefined();
  expect(namesOf(groups.sameAs(side("A")))).toEqual(["A", "B"]);
  expect(namesOf(groups.partedFrom(side("A")))).toEqual(["C", "D", "F"]);
  expect(namesOf(groups.partedFrom(side("X")))).toEqual([]);
});

test("where judgements contradict each other, only what parts binds", () => {
  const groups = groupJudged({
    judgements: [
      said(1, "A", "B", "same"),
      said(2, "B", "C", "same"),
      said(3, "A", "C", "different"),
      said(4, "D", "E", "same"),
    ],
    ties: [],
  });
  expect(groups.between(side("A"), side("B"))).toBeUndefined();
  expect(groups.between(side("A"), side("C"))).toBe("different");
  expect(groups.between(side("D"), side("E"))).toBe("same");
});

test("a different is never crossed: whatever is called the same is not parted, with or without contradictions", () => {
  const anyJudgements = fc.array(
    fc.record({
      pair: fc.uniqueArray(fc.constantFrom(..."ABCDEF"), { minLength: 2, maxLength: 2 }),
      verdict: fc.constantFrom("same" as const, "different" as const, "unsure" as const),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(anyJudgements, (drawn) => {
      const judgements = drawn.map(({ pair, verdict }, at) =>
        said(at + 1, pair[0]!, pair[1]!, verdict),
      );
      const groups = groupJudged({ judgements, ties: [] });
      for (const { a, b } of judgements.filter(({ verdict }) => verdict === "different")) {
        expect(groups.between(a, b)).toBe("different");
        expect(groups.between(b, a)).toBe("different");
        const keys = groups.sameAs(a).map(sideKey);
        expect(keys).not.toContain(sideKey(b));
        for (const each of groups.sameAs(a)) expect(groups.between(each, b)).toBe("different");
      }
      if (findConflicts({ judgements, ties: [] }).length > 0) return;
      for (const { a, b } of judgements.filter(({ verdict }) => verdict === "same"))
        expect(groups.between(a, b)).toBe("same");
    }),
    { seed: 3, numRuns: 400 },
  );
});
