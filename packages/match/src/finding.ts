import type { Knowledge, MatchReason, RelationKind } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import type { NamePair } from "./name-pair.ts";

/** Two records under comparison, with the pair of their names that fits best. */
export type Pair = { a: Record; b: Record; names: NamePair; knowledge: Knowledge };

/** One thing seen on a pair: its share of the log-odds, and what else follows from it. */
export type Finding = MatchReason & {
  /** Whatever else agrees, these are two efforts, not one. */
  parts?: true;
  /** How they stand to each other instead. */
  relation?: PairRelation;
};

/** How the first stands to the second, and the second to the first; there is not always a word for both ways, or any. */
export type PairRelation = { ofA?: RelationKind; ofB?: RelationKind };

export const turned = ({ ofA, ofB }: PairRelation): PairRelation => ({
  ...(ofB ? { ofA: ofB } : {}),
  ...(ofA ? { ofB: ofA } : {}),
});
