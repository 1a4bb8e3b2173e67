import { z } from "zod";
import { InitiativeId, MentionId } from "./ids.ts";
import { MatchVerdict } from "./match.ts";

/** What a person said of a pair. */
export const JudgementVerdict = z.enum(["same", "different", "unsure"]);
export type JudgementVerdict = z.infer<typeof JudgementVerdict>;

/**
 * One side of a judgement: an entry of the catalog, or a mention. An unseen effort is judged through its
 * mentions, so that what was said of it outlives every new clustering.
 */
export const JudgedSide = z.union([
  z.object({ initiativeId: InitiativeId }),
  z.object({ mentionId: MentionId }),
]);
export type JudgedSide = z.infer<typeof JudgedSide>;

/** One text for a side, to look it up by: equal for equal sides alone. */
export const sideKey = (side: JudgedSide): string =>
  "initiativeId" in side ? `initiative ${side.initiativeId}` : `mention ${side.mentionId}`;

/** One text for a pair, whichever of the two comes first. */
export const pairKey = (one: JudgedSide, other: JudgedSide): string =>
  [sideKey(one), sideKey(other)].sort().join(" | ");

/** The entries among some sides. */
export const entriesAmong = (sides: readonly JudgedSide[]): InitiativeId[] =>
  sides.flatMap((side) => ("initiativeId" in side ? [side.initiativeId] : []));

/** The mentions among some sides. */
export const mentionsAmong = (sides: readonly JudgedSide[]): MentionId[] =>
  sides.flatMap((side) => ("mentionId" in side ? [side.mentionId] : []));

/** What a pair looked like: both sides' values as a fingerprint, and what the matcher made of them. */
export const JudgementBasis = z.object({
  fingerprint: z.string(),
  verdict: MatchVerdict,
  score: z.number().min(0).max(1),
});
export type JudgementBasis = z.infer<typeof JudgementBasis>;

/** What a person said of a pair, when, and on what. A later one on the same pair takes its place. */
export type Judgement = {
  /** Judgements are numbered in the order in which they were made. */
  id: number;
  a: JudgedSide;
  b: JudgedSide;
  verdict: JudgementVerdict;
  who: string;
  why: string | undefined;
  at: Date;
  /** The decision it came with; it stands no longer than that. */
  decisionId: number | undefined;
  /** What was to be seen when it was made; unknown for what came with a decision. */
  basis: JudgementBasis | undefined;
};

/**
 * Two sides that the catalog holds together, though nobody judged the pair: an entry that was merged into
 * another, or a mention of an entry.
 */
export type Tie = { one: JudgedSide; other: JudgedSide; because: "merged" | "assigned" };
