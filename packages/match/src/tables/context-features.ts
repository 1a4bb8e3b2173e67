import type { CandidatePairs } from "./find-candidates.ts";
import type { PairFeatures } from "./pair-features.ts";
import type { PreparedTables } from "./prepare-rows.ts";
import { cosine } from "./sparse-index.ts";

/** Stands for the lead over a rival where there is none. */
const leadAlone = 5;

/**
 * How each pair stands among its rivals, the other candidates of its two rows, by a score that knows
 * nothing of them: places, leads, shares of the odds, how sure of themselves the rivals are elsewhere, and
 * whether a rival is all but the same row. `logOdds` must not have been learned from the pair's own label.
 */
export function measureContext(
  tables: PreparedTables,
  pairs: CandidatePairs,
  measured: PairFeatures,
  logOdds: Float64Array,
): PairFeatures {
  const learned = createStandings(pairs, logOdds);
  const plain = createStandings(pairs, plainScores(measured));
  const sideFeatures = (pair: number, side: "left" | "right") => {
    const standing = learned.of(pair, side);
    const own = learned.score(pair);
    const { rival } = standing;
    const plainStanding = plain.of(pair, side);
    return {
      [`rank ${side}`]: standing.rank,
      [`lead ${side}`]: rival === undefined ? leadAlone : own - learned.score(rival),
      [`plain rank ${side}`]: plainStanding.rank,
      [`plain lead ${side}`]:
        plainStanding.rival === undefined
          ? leadAlone
          : plain.score(pair) - plain.score(plainStanding.rival),
      [`share ${side}`]: standing.share,
      [`rival ${side}`]: rival === undefined ? -9 : learned.score(rival),
      [`rival's own lead ${side}`]:
        rival === undefined ? Number.NaN : learned.lead(rival, side === "left" ? "right" : "left"),
      [`rival is alike ${side}`]: rival === undefined ? Number.NaN : likeness(pair, rival, side),
      [`near rivals ${side}`]: standing.near,
    };
  };
  /** How alike the rows are that two candidates of one row offer. */
  const likeness = (pair: number, rival: number, side: "left" | "right") => {
    const shared = pairs[side][pair]!;
    const [one, other] = [otherRow(pair, shared), otherRow(rival, shared)];
    const [a, b] = [tables.rows[one]!.whole, tables.rows[other]!.whole];
    return (cosine(a.byWords, b.byWords) + cosine(a.byLetters, b.byLetters)) / 2;
  };
  const otherRow = (pair: number, row: number): number =>
    pairs.left[pair] === row ? pairs.right[pair]! : pairs.left[pair]!;
  const measure = (pair: number) => {
    const [left, right] = [sideFeatures(pair, "left"), sideFeatures(pair, "right")];
    return { ...left, ...right, "share both": left["share left"]! * right["share right"]! };
  };
  const features = pairs.left.length ? Object.keys(measure(0)) : [];
  const values = new Float64Array(features.length * pairs.left.length);
  for (let pair = 0; pair < pairs.left.length; pair++) {
    values.set(Object.values(measure(pair)), pair * features.length);
  }
  return { features, topics: features.map(() => "rivals"), values };
}

/** A score from the plain figures alone, the same for all tables. */
export function plainScores({ features, values }: PairFeatures): Float64Array {
  const columns = [
    "name mean",
    "name in whole least",
    "whole letters cosine",
    "name letters cosine",
  ].map((name) => features.indexOf(name));
  const scores = new Float64Array(values.length / features.length);
  for (let pair = 0; pair < scores.length; pair++) {
    for (const column of columns) {
      scores[pair] = scores[pair]! + (values[pair * features.length + column]! || 0);
    }
  }
  return scores;
}

type Standing = {
  /** 0 for the best of the row's candidates. */
  rank: number;
  /** The best of the others. */
  rival: number | undefined;
  /** The pair's part of the odds of all candidates and of none. */
  share: number;
  /** How many candidates are about as good or better, the pair itself included. */
  near: number;
};

/** Where every pair stands among the candidates of its rows. */
export function createStandings({ left, right }: CandidatePairs, scores: Float64Array) {
  const ofRow = new Map<number, number[]>();
  for (let pair = 0; pair < left.length; pair++) {
    for (const row of [left[pair]!, right[pair]!]) {
      const own = ofRow.get(row);
      if (own) own.push(pair);
      else ofRow.set(row, [pair]);
    }
  }
  const odds = new Map<number, number>();
  for (const [row, own] of ofRow) {
    own.sort((a, b) => scores[b]! - scores[a]! || a - b);
    odds.set(
      row,
      own.reduce((sum, pair) => sum + Math.exp(scores[pair]!), 0),
    );
  }
  const score = (pair: number): number => scores[pair]!;
  const rivalOf = (pair: number, own: number[]) => own[own[0] === pair ? 1 : 0];
  return {
    score,
    of(pair: number, side: "left" | "right"): Standing {
      const row = side === "left" ? left[pair]! : right[pair]!;
      const own = ofRow.get(row)!;
      return {
        rank: own.indexOf(pair),
        rival: rivalOf(pair, own),
        share: Math.exp(scores[pair]!) / (1 + odds.get(row)!),
        near: own.filter((other) => scores[other]! > scores[pair]! - 1).length,
      };
    },
    lead(pair: number, side: "left" | "right"): number {
      const rival = rivalOf(pair, ofRow.get(side === "left" ? left[pair]! : right[pair]!)!);
      return rival === undefined ? leadAlone : scores[pair]! - scores[rival]!;
    },
  };
}
