import { existsSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "@waymark/domain";
import { alignColumns, type ComparedTables, compareTables, createPairLookup } from "@waymark/match";
import type { Figure } from "./figure.ts";
import { benchOwnPairs } from "./match-own-pairs.ts";
import { benchSplits, crossValidate, type LabelledSplits } from "./match-splits.ts";
import { findPairSets, type PairSet, readPairSet } from "./match-tables.ts";
import { benchWholeTables } from "./match-whole-tables.ts";

export type MatchRequest = {
  folder: string;
  /** Also judge by cross-validation over train and valid, which takes its time. */
  crossValidated?: boolean | undefined;
  /** How many seeds are averaged; 5 by default. */
  seedCount?: number | undefined;
  say: (text: string) => void;
};

/**
 * Public sets by one configuration for all: candidates found, pair F1 with and without context, whole tables
 * without labels; and our own pairs of names where the folder has them.
 */
export function benchMatch(request: MatchRequest): {
  figures: Figure[];
  details: string[];
} {
  const { folder, say } = request;
  const figures = findPairSets(folder).flatMap((path) => {
    const set = readPairSet(path);
    say(`${set.name} …\n`);
    return benchPairSet(set, request);
  });
  const details: string[] = [];
  if (existsSync(join(folder, "initiatives.jsonl"))) {
    const own = benchOwnPairs(folder);
    figures.push(...own.figures);
    details.push(...own.details);
  }
  if (figures.length > 0) return { figures, details };
  throw new BadInput(
    `${folder} holds neither tableA.csv nor initiatives.jsonl, nor do its folders`,
  );
}

function benchPairSet(set: PairSet, { crossValidated, seedCount = 5 }: MatchRequest): Figure[] {
  const figure = (name: string, value: number, unit: string): Figure => ({
    ...{ bench: "match", figure: name, value, unit, data: set.name },
  });
  const { tables } = alignColumns(set.left, set.right);
  const pairs = Object.values(set.splits).flat();
  const compared = compareTables(tables, { also: pairs });
  const splits = placeSplits(compared, set);
  return [
    ...benchSplits(compared, splits, { seedCount, makeFigure: figure }),
    ...(crossValidated ? crossValidate(compared, splits, figure) : []),
    ...benchWholeTables(compared, set, figure),
  ];
}

/** Labelled pairs by their places among the pairs that were compared. */
function placeSplits(compared: ComparedTables, { splits }: PairSet): LabelledSplits {
  const placeOf = createPairLookup(compared);
  return Object.fromEntries(
    Object.entries(splits).map(([split, labelled]) => [
      split,
      labelled.map(({ isSame, ...places }) => ({ pair: placeOf(places)!, isSame })),
    ]),
  );
}
