import { z } from "zod";
import { Field, InitiativeKind, InitiativeStatus } from "./initiative.ts";
import { PartialDate } from "./partial-date.ts";

/** How a value was found, best proof first. */
export const EvidenceMethod = z.enum([
  "recipe",
  "api",
  "structured",
  "label",
  "heading",
  "meta",
  "link",
  "sentence",
  "gazetteer",
]);
export type EvidenceMethod = z.infer<typeof EvidenceMethod>;

/**
 * The proof of one value: a quote and its place in the decoded source of the page.
 * Invariant: `source.slice(start, end)`, tags removed, entities decoded and white space folded, is `quote`.
 */
export const Evidence = z.object({
  field: z.union([Field, z.literal("relation"), z.literal("sign")]),
  /** The normalized value this quote proves; for sets, one member. */
  value: z.string(),
  quote: z.string(),
  start: z.number().int().min(0),
  end: z.number().int().min(0),
  method: EvidenceMethod,
  /** 0 to 1: how sure the reader is that the page says so. */
  confidence: z.number().min(0).max(1),
  /** Where in an interface's answer it was taken from (a JSON pointer), and which version of the entry that was. */
  pointer: z.string().optional(),
  revision: z.string().optional(),
});
export type Evidence = z.infer<typeof Evidence>;

export const RelationKind = z.enum([
  "predecessor",
  "successor",
  "merged_into",
  "part_of",
  "product_of",
  "phase_of",
  "member_of",
  "funded_by",
  "steward_of",
]);
export type RelationKind = z.infer<typeof RelationKind>;

/** `own`: the effort's own site tells of it. `detail`: one page about it elsewhere. */
export const MentionRole = z.enum(["own", "detail", "listing", "announcement"]);
export type MentionRole = z.infer<typeof MentionRole>;

/**
 * What a page says about the life of an effort: "has concluded", "is now part of", "this site is an
 * archive", or only the tense it is told in. Its proof is the evidence of field `sign` with value `kind`.
 */
export const LifeSign = z.object({
  kind: z.enum(["ended", "archived", "merged", "past-tense", "planned", "active"]),
  /** The end that the sentence states. */
  on: PartialDate.optional(),
  /** Who took over, as the sentence names it. */
  successor: z.string().optional(),
  confidence: z.number().min(0).max(1),
});
export type LifeSign = z.infer<typeof LifeSign>;

/**
 * An initiative as one page describes it. An absent field was not told; `null` was told to be none.
 * Offsets count UTF-16 units of the decoded source.
 */
export const Mention = z.object({
  /** What keeps it the same mention when the page is read again: stable within its page. */
  key: z.string().min(1),
  role: MentionRole,
  name: z.string().min(1),
  aliases: z.array(z.string()),
  acronym: z.string().optional(),
  /** The effort's own address, absolute. */
  url: z.string().optional(),
  kind: InitiativeKind.optional(),
  description: z.string().optional(),
  leadOrganization: z.string().optional(),
  funders: z.array(z.string()).optional(),
  partners: z.array(z.string()).optional(),
  /** Two-letter codes. */
  states: z.array(z.string()).optional(),
  start: PartialDate.nullable().optional(),
  end: PartialDate.nullable().optional(),
  status: InitiativeStatus.optional(),
  topics: z.array(z.string()).optional(),
  relations: z.array(
    z.object({ kind: RelationKind, name: z.string(), url: z.string().optional() }),
  ),
  signs: z.array(LifeSign),
  /** For an announcement: the date it bears. */
  announcedOn: PartialDate.optional(),
  /** Where in the source the page tells of it. */
  range: z.object({ start: z.number().int().min(0), end: z.number().int().min(0) }),
  /** 0 to 1: does this belong to learning and work, and why we think so. */
  relevance: z.object({ score: z.number().min(0).max(1), reasons: z.array(z.string()) }),
  evidence: z.array(Evidence),
});
export type Mention = z.infer<typeof Mention>;
