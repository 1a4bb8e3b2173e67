import { existsSync } from "node:fs";
import { join } from "node:path";
import { BadInput } from "@waymark/domain";
import { compareRecords, indexRecords, matchRecord } from "@waymark/match";
import type { Figure } from "./figure.ts";
import { benchOwnPairs } from "./match-own-pairs.ts";
import { findPairSets, type LabelledPair, type PairSet, readPairSet } from "./match-tables.ts";
import { ratesOf } from "./rates.ts";

const candidatesMax = 50;

/**
 * Pair F1 on public sets with the same configuration for all, and on our own pairs of names where the
 * folder has them. The threshold is chosen on train; nothing else is learned.
 */
export function benchMatch(folder: string): { figures: Figure[]; details: string[] } {
  const figures = findPairSets(folder).flatMap((path) => benchPairSet(readPairSet(path)));
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

type Scored = { score: number; isSame: boolean };

function benchPairSet(set: PairSet): Figure[] {
  return [
    ...figuresOf(set, "no context", (pair) => {
      const left = set.left.get(pair.left)!;
      return compareRecords(left, set.right.get(pair.right)!, set.knowledge).score;
    }),
    ...figuresOf(set, "context", contextScore(set)),
  ];
}

/** In context a row answers for the one row of the other table that fits best; its others count nothing. */
function contextScore(set: PairSet): (pair: LabelledPair) => number {
  const candidatesOf = indexRecords(set.right, set.knowledge);
  const best = new Map<string, { id: string | undefined; score: number }>();
  return ({ left, right }) => {
    if (!best.has(left)) {
      const record = set.left.get(left)!;
      const match = matchRecord(record, candidatesOf(record, candidatesMax), set.knowledge);
      best.set(left, { id: match.initiativeId, score: match.score });
    }
    const { id, score } = best.get(left)!;
    return id === right ? score : 0;
  };
}

function figuresOf(
  set: PairSet,
  context: string,
  scoreOf: (pair: LabelledPair) => number,
): Figure[] {
  const scored = (split: string): Scored[] =>
    set.splits[split]?.map((pair) => ({ score: scoreOf(pair), isSame: pair.isSame })) ?? [];
  const threshold = bestThreshold(scored("train"));
  return ["valid", "test"]
    .filter((split) => set.splits[split])
    .flatMap((split) => {
      const { precision, recall, f1 } = ratesAt(scored(split), threshold);
      const figure = (name: string, value: number): Figure => ({
        ...{ bench: "match", figure: `${split} ${name} (${context})`, value, unit: "share" },
        data: set.name,
      });
      return [figure("f1", f1), figure("precision", precision), figure("recall", recall)];
    });
}

/** The score from which on pairs are called same, so that F1 on these pairs is highest. */
export function bestThreshold(scored: Scored[]): number {
  const sorted = scored.toSorted((a, b) => b.score - a.score);
  const wanted = sorted.filter((one) => one.isSame).length;
  let right = 0;
  let best = { f1: -1, threshold: 1 };
  for (const [index, { score, isSame }] of sorted.entries()) {
    if (isSame) right += 1;
    // Equal scores fall on the same side.
    if (sorted[index + 1]?.score === score || score === 0) continue;
    const { f1 } = ratesOf({ right, reported: index + 1, wanted });
    if (f1 > best.f1) best = { f1, threshold: score };
  }
  return best.threshold;
}

function ratesAt(scored: Scored[], threshold: number): ReturnType<typeof ratesOf> {
  const reported = scored.filter((one) => one.score >= threshold);
  return ratesOf({
    right: reported.filter((one) => one.isSame).length,
    reported: reported.length,
    wanted: scored.filter((one) => one.isSame).length,
  });
}
