import fc from "fast-check";
import { expect, test } from "vitest";
import type { Comparison } from "./compare-pair.ts";
import { joinGroups } from "./join-groups.ts";
import { defaultCosts, thresholdsOf } from "./learn/thresholds.ts";

/** Log-odds of two members; `x` is a pair that parts. What is not given speaks plainly against. */
type Given = { [pair: string]: number | "x" };

const linksOf = (given: Given) => ({
  between(one: number, other: number): Comparison {
    const value = given[`${Math.min(one, other)}-${Math.max(one, other)}`] ?? -2;
    return {
      logOdds: value === "x" ? 4 : value,
      reasons: [],
      parts: value === "x",
      needsProof: false,
      related: undefined,
      expertLogOdds: 0,
      features: () => ({}),
      thresholds: thresholdsOf(defaultCosts),
    };
  },
});

const join = (count: number, given: Given, apart: string[] = []) =>
  joinGroups(
    Array.from({ length: count }, (_none, index) => [index]),
    {
      links: linksOf(given),
      areApart: (one, other) => apart.includes(`${Math.min(one, other)}-${Math.max(one, other)}`),
    },
  );

const check = (what: string, found: number[][], expected: number[][]) =>
  test(what, () => expect(found).toEqual(expected));

check("who agrees on average", join(3, { "0-1": 5, "0-2": 3, "1-2": 3 }), [[0, 1, 2]]);
check("no chain over one weak link", join(3, { "0-1": 5, "1-2": 3 }), [[0, 1], [2]]);
check("whoever parts from one parts from its group", join(3, { "0-1": 5, "1-2": 5, "0-2": "x" }), [
  [0, 1],
  [2],
]);
check("whom a person told apart", join(2, { "0-1": 9 }, ["0-1"]), [[0], [1]]);

const halves = { "0-1": 9, "2-3": 9 };
check("one strong pair between two groups is not enough", join(4, { ...halves, "0-2": 4 }), [
  [0, 1],
  [2, 3],
]);
check("nor are two that share a member", join(4, { ...halves, "0-2": 4, "0-3": 4 }), [
  [0, 1],
  [2, 3],
]);
check("two that have no member in common are", join(4, { ...halves, "0-2": 4, "1-3": 4 }), [
  [0, 1, 2, 3],
]);

/** The same rule read off the pairs each time, slowly. */
function joinSlowly(count: number, given: Given): number[][] {
  const { between } = linksOf(given);
  const isSame = (one: number, other: number) =>
    !between(one, other).parts && between(one, other).logOdds >= Math.log(9);
  const groups = Array.from({ length: count }, (_none, index) => [index]);
  for (;;) {
    let best: { a: number; b: number; agreement: number } | undefined;
    for (let a = 0; a < groups.length; a++) {
      for (let b = a + 1; b < groups.length; b++) {
        const pairs = groups[a]!.flatMap((one) => groups[b]!.map((other) => [one, other] as const));
        if (pairs.some(([one, other]) => between(one, other).parts)) continue;
        const same = pairs.filter(([one, other]) => isSame(one, other));
        const twoWays = same.some(([a1, b1]) => same.some(([a2, b2]) => a1 !== a2 && b1 !== b2));
        const sum = pairs.reduce((all, [one, other]) => all + between(one, other).logOdds, 0);
        const agreement = sum / pairs.length;
        if (agreement <= Math.log(9) && !twoWays) continue;
        if (!best || agreement > best.agreement) best = { a, b, agreement };
      }
    }
    if (!best) return groups;
    groups[best.a] = [...groups[best.a]!, ...groups[best.b]!].sort((x, y) => x - y);
    groups.splice(best.b, 1);
  }
}

test("what follows from the parts is what follows from the pairs", () => {
  const anyGiven = fc.dictionary(
    fc
      .tuple(fc.nat(6), fc.nat(6))
      .filter(([one, other]) => one < other)
      .map((pair) => pair.join("-")),
    // Whole numbers, so that sums are the same in whatever order they are made.
    fc.constantFrom<(number | "x")[]>(-1, 1, 3, 5, 8, "x"),
    { maxKeys: 20 },
  );
  fc.assert(
    fc.property(anyGiven, (given) => {
      expect(join(7, given)).toEqual(joinSlowly(7, given));
    }),
    { seed: 21, numRuns: 500 },
  );
});
