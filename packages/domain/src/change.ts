import { z } from "zod";
import { ChangeId, InitiativeId, MentionId, PageId, SnapshotId } from "./ids.ts";
import { Field } from "./initiative.ts";
import { Evidence } from "./mention.ts";
import { ObservedOutcome } from "./visit.ts";

/** `split`: mentions of an entry that are about another effort; only people propose it. */
export const ChangeKind = z.enum(["new", "update", "duplicate", "stale", "ended", "split"]);
export type ChangeKind = z.infer<typeof ChangeKind>;

/**
 * `confirming`: a second fetch in the same run must say so too. `open`: waits for a curator.
 * `withdrawn`: the pages no longer say so, or the catalog says it already.
 */
export const ChangeState = z.enum(["confirming", "open", "accepted", "rejected", "withdrawn"]);
export type ChangeState = z.infer<typeof ChangeState>;

/** A field's value as JSON: text, a list for sets, null for "none". */
export const FieldValue = z.union([z.string(), z.array(z.string()), z.null()]);
export type FieldValue = z.infer<typeof FieldValue>;

export const FieldDelta = z.object({
  field: Field,
  /** What stands in the catalog; null when nothing does. */
  old: FieldValue,
  /** What it would become. */
  new: FieldValue,
  /** For sets: the members that come and go. */
  added: z.array(z.string()).optional(),
  removed: z.array(z.string()).optional(),
});
export type FieldDelta = z.infer<typeof FieldDelta>;

/** A quote on a snapshot, as a change keeps it. */
export const QuoteEvidence = Evidence.extend({
  type: z.literal("quote"),
  url: z.string(),
  pageId: PageId,
  snapshotId: SnapshotId,
  readerVersion: z.string(),
});
export const OutcomeEvidence = ObservedOutcome.extend({ type: z.literal("outcome") });
export const ChangeEvidence = z.discriminatedUnion("type", [QuoteEvidence, OutcomeEvidence]);
export type ChangeEvidence = z.infer<typeof ChangeEvidence>;

/** The freshness of an entry, worst last. */
export const FreshnessStep = z.enum(["fresh", "ageing", "stale", "presumed-ended"]);
export type FreshnessStep = z.infer<typeof FreshnessStep>;
export type Freshness = { step: FreshnessStep; reason: string };

/** The person on whose word a change stands, and that person's reason. */
export const Proposer = z.object({ who: z.string(), why: z.string().optional() });
export type Proposer = z.infer<typeof Proposer>;

/** What review proposes, before it has a row. */
export const ProposedChange = z.object({
  kind: ChangeKind,
  /** The same proposal has the same fingerprint, however often and in whatever order it is made. */
  fingerprint: z.string(),
  /** The name and address a reader of the queue sees. */
  title: z.string(),
  url: z.string().nullable(),
  fields: z.array(FieldDelta),
  /** For `duplicate`: the other entry. */
  other: z.object({ id: InitiativeId, name: z.string() }).nullable(),
  freshness: z.object({ step: FreshnessStep, reason: z.string() }).optional(),
  /** For `split`: the mentions that leave the entry. */
  mentionIds: z.array(MentionId).optional(),
  /** Who proposed it by hand, or said what it follows from; without it, pages do. */
  by: Proposer.optional(),
  /** Empty only where a person's word stands for it. */
  evidence: z.array(ChangeEvidence),
  confidence: z.number().min(0).max(1),
  priority: z.number(),
  /** Sentences: why this is proposed. */
  reasons: z.array(z.string()),
  /** Who scored the match that it rests on, for a duplicate: a trained model, or the expert weights. */
  modelVersion: z.string().optional(),
  /** Pages that must say so once more, in the same run, before a curator is asked. */
  confirmBy: z.array(PageId),
});
export type ProposedChange = z.infer<typeof ProposedChange>;

/** What we propose, as it stands in the queue. */
export const Change = ProposedChange.extend({
  id: ChangeId,
  initiativeId: InitiativeId.nullable(),
  clusterId: z.string().nullable(),
  state: ChangeState,
  version: z.number().int(),
  proposedAt: z.date(),
  decidedAt: z.date().nullable(),
});
export type Change = z.infer<typeof Change>;

/** What we held back, and the rule that did. */
export const Suppression = z.object({
  rule: z.string(),
  field: Field.nullable(),
  fingerprint: z.string(),
  reason: z.string(),
  kind: ChangeKind,
  title: z.string(),
  url: z.string().nullable(),
  fields: z.array(FieldDelta),
  evidence: z.array(ChangeEvidence),
  confidence: z.number(),
});
export type Suppression = z.infer<typeof Suppression>;

export const DecisionVerdict = z.enum(["accept", "reject"]);
export type DecisionVerdict = z.infer<typeof DecisionVerdict>;
