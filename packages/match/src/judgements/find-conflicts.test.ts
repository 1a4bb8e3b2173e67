import {
  InitiativeId,
  type JudgedSide,
  type Judgement,
  type JudgementVerdict,
  MentionId,
  sideKey,
  type Tie,
} from "@waymark/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findConflicts, findContradiction } from "./find-conflicts.ts";
import type { Told } from "./judgement-graph.ts";

const side = (name: string): JudgedSide =>
  name === name.toUpperCase()
    ? { initiativeId: InitiativeId.parse(name) }
    : { mentionId: MentionId.parse(name) };

const judgement = (id: number, a: string, b: string, verdict: JudgementVerdict): Judgement => ({
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
const tie = (one: string, other: string): Tie => ({
  one: side(one),
  other: side(other),
  because: one === one.toUpperCase() ? "merged" : "assigned",
});

/** "A=B", "B≠C", "C?D", "m→A" for what the catalog holds together: numbered as they come. */
function tell(...lines: string[]): Told {
  const judgements: Judgement[] = [];
  const ties: Tie[] = [];
  for (const [at, line] of lines.entries()) {
    const [, a, sign, b] = /^(.+?)([=≠?→])(.+)$/.exec(line)!;
    if (sign === "→") ties.push(tie(a!, b!));
    else {
      const verdict = sign === "=" ? "same" : sign === "≠" ? "different" : "unsure";
      judgements.push(judgement(at, a!, b!, verdict));
    }
  }
  return { judgements, ties };
}

const check = (what: string, lines: string[], expected: number[][]) =>
  test(what, () =>
    expect(
      findConflicts(tell(...lines)).map(({ judgements }) => judgements.map(({ id }) => id)),
    ).toEqual(expected),
  );

check("A is B, B is C, but A is not C", ["A=B", "B=C", "A≠C"], [[0, 1, 2]]);
check("unsure contradicts nothing", ["A=B", "B=C", "A?C"], []);
check("two groups that are told apart", ["A=B", "C=D", "B≠C", "A≠D"], []);
check("a merge holds together as well", ["A=B", "B→C", "A≠C"], [[0, 2]]);
check("a mention of an entry that it is not of", ["m→A", "m≠A"], [[1]]);
check("the shorter way is named", ["A=B", "B=C", "C=D", "B=D", "A≠D"], [[0, 3, 4]]);
check(
  "the smallest contradiction comes first, and each has its own",
  ["A=B", "B=C", "A≠C", "C=D", "C≠D"],
  [
    [3, 4],
    [0, 1, 2],
  ],
);

const ask = (what: string, lines: string[], said: string, expected: number[] | undefined) =>
  test(what, () => {
    const [, a, sign, b] = /^(.)([=≠])(.)$/.exec(said)!;
    const found = findContradiction(tell(...lines), {
      a: side(a!),
      b: side(b!),
      verdict: sign === "=" ? "same" : "different",
    });
    expect(found?.judgements.map(({ id }) => id)).toEqual(expected);
  });

ask("nothing stands against what nobody spoke of", ["A=B"], "C=D", undefined);
ask("a pair that is told apart through others", ["A=B", "B≠C", "C=D"], "A=D", [0, 2, 1]);
ask("a pair that is one through others", ["A=B", "B=C"], "A≠C", [0, 1]);
ask("what was said of an entry holds for the one it was merged into", ["A→B", "A≠C"], "B=C", [1]);

const anyTold = fc.record({
  judgements: fc
    .array(
      fc.record({
        pair: fc.uniqueArray(fc.constantFrom(..."ABCDmn"), { minLength: 2, maxLength: 2 }),
        verdict: fc.constantFrom("same" as const, "same" as const, "different" as const),
      }),
      { maxLength: 8 },
    )
    .map((drawn) =>
      drawn.map(({ pair: [a, b], verdict }, at) => judgement(at + 1, a!, b!, verdict)),
    ),
  ties: fc
    .array(fc.constantFrom(["A", "B"], ["C", "D"], ["m", "A"], ["n", "C"]), { maxLength: 3 })
    .map((drawn) => drawn.map(([one, other]) => tie(one!, other!))),
});

/** Whether all can be true at once: found the slow way, by spreading what is the same until nothing moves. */
function isConsistent(judgements: readonly Judgement[], ties: readonly Tie[]): boolean {
  const label = new Map<string, string>();
  const of = (one: JudgedSide) => label.get(sideKey(one)) ?? sideKey(one);
  const pairs = [
    ...ties.map(({ one, other }) => [one, other] as const),
    ...judgements.filter((each) => each.verdict === "same").map(({ a, b }) => [a, b] as const),
  ];
  for (let moved = true; moved; ) {
    moved = false;
    for (const [one, other] of pairs) {
      const [x, y] = [of(one), of(other)].sort();
      for (const each of [one, other]) {
        if (of(each) === x && label.get(sideKey(each)) === x) continue;
        moved ||= of(each) !== x;
        label.set(sideKey(each), x!);
      }
      if (y !== x) {
        for (const [key, held] of label) if (held === y) label.set(key, x!);
      }
    }
  }
  return judgements.every(({ a, b, verdict }) => verdict !== "different" || of(a) !== of(b));
}

function* subsetsOf<T>(all: readonly T[]): Generator<T[]> {
  for (let bits = 0; bits < 2 ** all.length; bits++)
    yield all.filter((_each, at) => bits & (2 ** at));
}

test("conflicts are those that brute force finds, and the smallest is as small", () => {
  fc.assert(
    fc.property(anyTold, ({ judgements, ties }) => {
      const conflicts = findConflicts({ judgements, ties });
      const torn = [...subsetsOf(judgements)].filter((some) => !isConsistent(some, ties));
      const smallest = Math.min(...torn.map((some) => some.length));
      expect(conflicts.length > 0).toBe(torn.length > 0);
      for (const conflict of conflicts) {
        expect(isConsistent(conflict.judgements, ties)).toBe(false);
        // None of them can be spared.
        for (const one of conflict.judgements) {
          const others = conflict.judgements.filter((each) => each !== one);
          expect(isConsistent(others, ties)).toBe(true);
        }
      }
      if (conflicts[0]) expect(conflicts[0].judgements.length).toBe(smallest);
    }),
    { seed: 11, numRuns: 400 },
  );
});

test("what contradicts the next judgement is what brute force finds", () => {
  fc.assert(
    fc.property(
      anyTold,
      fc.constantFrom("same" as const, "different" as const),
      (told, verdict) => {
        fc.pre(isConsistent(told.judgements, told.ties));
        const next = judgement(99, "A", "D", verdict);
        const found = findContradiction(told, { a: next.a, b: next.b, verdict });
        const torn = [...subsetsOf(told.judgements)].filter(
          (some) => !isConsistent([...some, next], told.ties),
        );
        expect(found === undefined).toBe(torn.length === 0);
        if (found) {
          expect(isConsistent([...found.judgements, next], told.ties)).toBe(false);
          expect(found.judgements.length).toBe(Math.min(...torn.map((some) => some.length)));
        }
      },
    ),
    { seed: 12, numRuns: 400 },
  );
});

test("the order in which judgements are told does not matter", () => {
  fc.assert(
    fc.property(anyTold, ({ judgements, ties }) => {
      const turned = { judgements: judgements.toReversed(), ties: ties.toReversed() };
      expect(findConflicts(turned)).toEqual(findConflicts({ judgements, ties }));
    }),
    { seed: 13, numRuns: 100 },
  );
});

test("a hundred thousand judgements of one effort are gone through at once", () => {
  const many = Array.from({ length: 100_000 }, (_none, at) =>
    judgement(at + 1, `m${at}`, `m${at + 1}`, "same"),
  );
  const began = process.cpuUsage();
  const a = { mentionId: MentionId.parse("m0") };
  const b = { mentionId: MentionId.parse("m100000") };
  const found = findContradiction({ judgements: many, ties: [] }, { a, b, verdict: "different" });
  expect(found?.judgements.length).toBe(100_000);
  expect(process.cpuUsage(began).user / 1e6).toBeLessThan(5);
});
