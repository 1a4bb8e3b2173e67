import { z } from "zod";
import { ClusterId, InitiativeId } from "./ids.ts";
import { RelationKind } from "./mention.ts";

export const MatchVerdict = z.enum(["same", "related", "unsure", "different"]);
export type MatchVerdict = z.infer<typeof MatchVerdict>;

/** One reason for or against, in words, with its share of the score. */
export const MatchReason = z.object({
  feature: z.string(),
  /** Log-odds this feature adds; all reasons and the prior add up to the score's log-odds. */
  weight: z.number(),
  /** A phrase for people: "same acronym NCRN". */
  text: z.string(),
});
export type MatchReason = z.infer<typeof MatchReason>;

/** A record held against one candidate. */
export const Match = z.object({
  verdict: MatchVerdict,
  /** The candidate it is about; absent when nothing in the catalog comes near. */
  initiativeId: InitiativeId.optional(),
  /** How the record stands to the candidate when they are related: "is phase of". */
  relation: RelationKind.optional(),
  /** Set where there is a word for the other way only: it is the candidate that is `relation` the record. */
  relationFrom: z.literal("candidate").optional(),
  /** 0 to 1. */
  score: z.number().min(0).max(1),
  reasons: z.array(MatchReason),
  /** Who scored it: a trained model, or the expert weights. Absent on what was matched before there were models. */
  modelVersion: z.string().optional(),
});
export type Match = z.infer<typeof Match>;

/** The unit of review: an entry of the catalog, or the mentions of an effort that it lacks. */
export const Effort = z.union([
  z.object({ initiativeId: InitiativeId }),
  z.object({ clusterId: ClusterId }),
]);
export type Effort = z.infer<typeof Effort>;
