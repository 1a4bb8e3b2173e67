import { expect, test } from "vitest";
import { explainMatch } from "./explain-match.ts";
import type { Match, MatchReason } from "./match.ts";

const names = { record: "Lantern Phase II", candidate: "Lantern" };
const because = (weight: number, text: string): MatchReason => ({ feature: "some", weight, text });
const prior: MatchReason = { feature: "prior", weight: -3, text: "how often it is" };

const check = (what: string, match: Partial<Match>, ...expected: string[]) =>
  test(what, () => {
    const whole: Match = { verdict: "unsure", score: 0.5, reasons: [], ...match };
    expect(explainMatch({ ...whole, reasons: [prior, ...whole.reasons] }, names)).toEqual(expected);
  });

check(
  "for and against, the strongest first",
  {
    reasons: [
      because(2, "same lead Harbor"),
      because(-6, "but only one is number 2 of a series"),
      because(4, "same acronym LTN"),
      because(-5, "but other states"),
    ],
  },
  "Same acronym LTN and same lead Harbor; but only one is number 2 of a series and other states.",
);
check(
  "weak reasons are left out",
  { reasons: [because(8, "same name “Lantern”"), because(-0.5, "but other addresses")] },
  "Same name “Lantern”.",
);
check(
  "texts with commas of their own",
  { reasons: [because(3, "same site of its own, a.org"), because(2, "same lead Harbor")] },
  "Same site of its own, a.org; and same lead Harbor.",
);
check("only against", { reasons: [because(-3, "but leads A and B")] }, "Leads A and B.");
check("nothing but the prior", {}, "Nothing that either of them tells says much about the other.");
check(
  "the relation has a sentence of its own",
  { verdict: "related", relation: "phase_of", reasons: [because(6, "same name")] },
  "Same name.",
  "“Lantern Phase II” is a phase of “Lantern”.",
);
check(
  "the relation is told from the side that has a word for it",
  {
    ...{ verdict: "related", relation: "phase_of", relationFrom: "candidate" },
    reasons: [because(6, "same name")],
  },
  "Same name.",
  "“Lantern” is a phase of “Lantern Phase II”.",
);
