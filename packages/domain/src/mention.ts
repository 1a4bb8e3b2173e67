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
  field: z.union([
    Field,
    z.literal("relation"),
    z.literal("sign"),
    z.literal("event"),
    z.literal("grant"),
    z.literal("contact"),
  ]),
  /** The normalized value this quote proves; for sets, one member; for events and grants, what it is proof of. */
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
  /** On which page of a document of pages it stands, counted from 1. */
  page: z.number().int().positive().optional(),
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

export const EventKind = z.enum([
  "launch",
  "award",
  "expansion",
  "rename",
  "transfer",
  "merger",
  "sunset",
  "archive",
  "milestone",
]);
export type EventKind = z.infer<typeof EventKind>;

/** Who had what part in an event: `by` did it, `lead` took an effort over, `successor` took it in. */
export const PartyRole = z.enum([
  "by",
  "funder",
  "grantee",
  "lead",
  "successor",
  "former-name",
  "new-name",
  "place",
]);
export type PartyRole = z.infer<typeof PartyRole>;
export const Party = z.object({ role: PartyRole, name: z.string() });
export type Party = z.infer<typeof Party>;

/** What happened to an effort, as one page tells it: the quotes of the sentence, and of the date line it is dated by. */
export const ToldEvent = z.object({
  kind: EventKind,
  /** As precise as it was told; absent where nothing dates it. */
  on: PartialDate.optional(),
  /** Whose date that is: the sentence's own, or the day of the announcement that tells it as news. */
  dated: z.enum(["told", "announced"]).optional(),
  /** Set when the page says that it will happen, not that it has. */
  planned: z.literal(true).optional(),
  parties: z.array(Party),
  evidence: z.array(Evidence).min(1),
});
export type ToldEvent = z.infer<typeof ToldEvent>;

/** Who paid whom, as one page tells it; at least one of funder and grantee is known. */
export const ToldGrant = z.object({
  funder: z.string().optional(),
  grantee: z.string().optional(),
  amount: z.number().positive().optional(),
  /** ISO 4217. */
  currency: z.string().optional(),
  /** When it was awarded. */
  on: PartialDate.optional(),
  start: PartialDate.optional(),
  end: PartialDate.optional(),
  /** "over three years", where no dates are told. */
  months: z.number().int().positive().optional(),
  program: z.string().optional(),
  purpose: z.string().optional(),
  evidence: z.array(Evidence).min(1),
});
export type ToldGrant = z.infer<typeof ToldGrant>;

/** How to reach those who run an effort: `info@lantern.example`, `+12025550123`. Beside the catalog's fields. */
export const Contact = z.object({ kind: z.enum(["mail", "phone"]), value: z.string().min(1) });
export type Contact = z.infer<typeof Contact>;

/** Signs that a page repeats a release that somebody else issued: its original, who issued it, which wire brought it. */
export const Copy = z.object({
  of: z.string().optional(),
  source: z.string().optional(),
  wire: z.string().optional(),
});
export type Copy = z.infer<typeof Copy>;

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
  contacts: z.array(Contact).optional(),
  relations: z.array(
    z.object({ kind: RelationKind, name: z.string(), url: z.string().optional() }),
  ),
  signs: z.array(LifeSign),
  events: z.array(ToldEvent).optional(),
  grants: z.array(ToldGrant).optional(),
  /** For an announcement: the date it bears. */
  announcedOn: PartialDate.optional(),
  copy: Copy.optional(),
  /** Where in the source the page tells of it. */
  range: z.object({ start: z.number().int().min(0), end: z.number().int().min(0) }),
  /** 0 to 1: does this belong to learning and work, and why we think so. */
  relevance: z.object({ score: z.number().min(0).max(1), reasons: z.array(z.string()) }),
  evidence: z.array(Evidence),
});
export type Mention = z.infer<typeof Mention>;
