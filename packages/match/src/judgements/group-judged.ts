import { type JudgedSide, sideKey } from "@waymark/domain";
import { buildGraph, reach, type Told } from "./judgement-graph.ts";

/** What judgements come to, with all that follows from them through third sides. */
export type JudgedGroups = {
  /** What was said of two sides, directly or through others; undefined when nothing was. */
  between(one: JudgedSide, other: JudgedSide): "same" | "different" | undefined;
  /** The sides that a side is the same as, itself among them. */
  sameAs(side: JudgedSide): JudgedSide[];
  /** The sides that a judgement parts from a side, on whatever way. */
  partedFrom(side: JudgedSide): JudgedSide[];
};

/**
 * Works out what follows from judgements: what is the same as the same is the same, and a *different*
 * between two sides parts all that is the same as either. Asking is a look-up, however many sides a
 * group has. Invariant: a *different* is never crossed; where judgements contradict each other, none of
 * the group's *same* binds until somebody has settled it.
 */
export function groupJudged(told: Told): JudgedGroups {
  const groups = groupsOf(told);
  const partings = new Map<number, Set<number>>();
  for (const { a, b } of buildGraph(told).parting) {
    const [one, other] = [groups.numberOf.get(a)!, groups.numberOf.get(b)!];
    part(partings, one, other);
    part(partings, other, one);
  }
  const numberOf = (side: JudgedSide) => groups.numberOf.get(sideKey(side));
  return {
    between(one, other) {
      const [a, b] = [numberOf(one), numberOf(other)];
      if (sideKey(one) === sideKey(other)) return "same";
      if (a === undefined || b === undefined) return undefined;
      if (partings.get(a)?.has(b)) return "different";
      return a === b ? "same" : undefined;
    },
    sameAs(side) {
      const number = numberOf(side);
      return number === undefined ? [side] : groups.members[number]!;
    },
    partedFrom(side) {
      const number = numberOf(side);
      if (number === undefined) return [];
      return [...(partings.get(number) ?? [])].flatMap((other) => groups.members[other]!);
    },
  };
}

function part(partings: Map<number, Set<number>>, one: number, other: number): void {
  const known = partings.get(one);
  if (known) known.add(other);
  else partings.set(one, new Set([other]));
}

type Groups = { numberOf: Map<string, number>; members: JudgedSide[][] };

function groupsOf(told: Told): Groups {
  const graph = buildGraph(told);
  const all = gather([...graph.sides.keys()], (key) => reach(graph, key).keys());
  const torn = new Set(
    graph.parting
      .map(({ a, b }) => [all.get(a), all.get(b)])
      .flatMap(([one, other]) => (one === other ? [one] : [])),
  );
  const bare = buildGraph({ judgements: [], ties: told.ties });
  const kept = gather([...graph.sides.keys()], (key) =>
    torn.has(all.get(key)) ? reach(bare, key).keys() : reach(graph, key).keys(),
  );
  const members: JudgedSide[][] = [];
  for (const [key, number] of kept) {
    members[number] ??= [];
    members[number].push(graph.sides.get(key)!);
  }
  return { numberOf: kept, members };
}

/** Numbers the groups in the order of their least keys. */
function gather(keys: string[], reachOf: (key: string) => Iterable<string>): Map<string, number> {
  const numberOf = new Map<string, number>();
  let count = 0;
  for (const key of keys.sort()) {
    if (numberOf.has(key)) continue;
    for (const member of reachOf(key)) numberOf.set(member, count);
    count += 1;
  }
  return numberOf;
}
