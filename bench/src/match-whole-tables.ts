import { type ComparedTables, findCandidates, mapUniquely, matchUnlabelled } from "@waymark/match";
import type { Figure } from "./figure.ts";
import type { PairSet } from "./match-tables.ts";
import { ratesOf } from "./rates.ts";

/** Log-odds from which a pair is called same: more likely than not. */
const sameFrom = 0;
const candidatesMax = 20;

/**
 * Whole tables without labels, always by the same configuration: are the true pairs among twenty candidates
 * of their rows, and does the matcher find them? Where a set does not tell all true pairs, only labelled
 * ones count, and a pair that nobody labelled is passed over.
 */
export function benchWholeTables(
  compared: ComparedTables,
  set: PairSet,
  makeFigure: (name: string, value: number, unit: string) => Figure,
): Figure[] {
  const keyOf = ({ left, right }: { left: number; right: number }) => `${left},${right}`;
  const labelled = Object.values(set.splits).flat();
  const truth = set.truth ?? labelled.filter(({ isSame }) => isSame);
  if (truth.length === 0) return [];
  const wanted = new Set(truth.map(keyOf));
  const known = new Set(labelled.map(keyOf));
  const { pairs } = compared;
  const keysAt = (places: number[]) =>
    places.map((pair) => keyOf({ left: pairs.left[pair]!, right: pairs.right[pair]! }));
  const { logOdds } = matchUnlabelled(compared);
  const called = keysAt(mapUniquely(pairs, logOdds, sameFrom));
  const counted = set.truth ? called : called.filter((key) => known.has(key));
  const right = counted.filter((key) => wanted.has(key)).length;
  const { f1, precision, recall } = ratesOf({
    ...{ right, reported: counted.length, wanted: wanted.size },
  });
  const told = set.truth ? "no labels" : "no labels, labelled pairs only";
  const rival = rivals[set.name];
  const main = makeFigure(`whole tables f1 (${told})`, f1, "share");
  return [
    makeFigure(
      `true pairs among ${candidatesMax} candidates`,
      candidateRecall(compared, wanted, keyOf),
      `share of ${wanted.size} pairs`,
    ),
    rival && set.truth ? { ...main, ...rival } : main,
    makeFigure(`whole tables precision (${told})`, precision, "share"),
    makeFigure(`whole tables recall (${told})`, recall, "share"),
  ];
}

function candidateRecall(
  { tables }: ComparedTables,
  wanted: Set<string>,
  keyOf: (pair: { left: number; right: number }) => string,
): number {
  const { left, right } = findCandidates(tables, candidatesMax);
  const found = left
    .keys()
    .filter((pair) => wanted.has(keyOf({ left: left[pair]!, right: right[pair]! })));
  return [...found].length / wanted.size;
}

/** Best published F1 without labels (AutoER's tables; JedAI, Ditto run again): of its peers, not of ours. */
const rivals: { [set: string]: { rival: string; rivalValue: number } } = {
  "abt-buy": { rival: "JedAI", rivalValue: 0.867 },
  "amazon-google": { rival: "Ditto, run again", rivalValue: 0.641 },
  "dblp-acm": { rival: "Ditto, run again", rivalValue: 0.988 },
};
