import type { InitiativeValues } from "@waymark/domain";
import { expect, test } from "vitest";
import { basisOf, mayAskAgain } from "./judgement-basis.ts";

const river: InitiativeValues = { name: "River Skills Compact", states: ["OH"] };
const lake: InitiativeValues = { name: "Lake Skills Compact" };
const unsure = { verdict: "unsure" as const, score: 0.6 };

test("which of the two comes first does not matter", () => {
  expect(basisOf(river, lake, unsure)).toEqual(basisOf(lake, river, unsure));
});

const check = (what: string, now: ReturnType<typeof basisOf>, expected: boolean) =>
  test(what, () => expect(mayAskAgain(basisOf(river, lake, unsure), now)).toBe(expected));

const moved: InitiativeValues = { ...lake, states: ["OH"] };
check("nothing changed", basisOf(river, lake, unsure), false);
check(
  "the matcher learned, the pages say the same",
  basisOf(river, lake, { verdict: "same", score: 0.95 }),
  false,
);
check(
  "one says more, which makes no difference",
  basisOf(river, moved, { ...unsure, score: 0.63 }),
  false,
);
check("one says more, which counts", basisOf(river, moved, { ...unsure, score: 0.75 }), true);
check(
  "one says more, and the verdict is another",
  basisOf(river, moved, { verdict: "related", score: 0.61 }),
  true,
);

test("what was judged on nothing that we know of is not asked again", () => {
  expect(mayAskAgain(undefined, basisOf(river, lake, unsure))).toBe(false);
});
