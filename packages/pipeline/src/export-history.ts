import type { ChangeEvidence, Event, Grant, Relation } from "@waymark/domain";
import { describeEvent } from "./describe-event.ts";

/** An event as files tell it; `confirmed` when a decision established it, else sources alone tell it. */
export const exportEvent = (event: Event) => ({
  kind: event.kind,
  date: event.on ?? null,
  dated: event.dated ?? null,
  planned: event.planned,
  what: describeEvent(event),
  parties: event.parties,
  confirmed: event.decisionId !== undefined,
  evidence: exportQuotes(event.evidence),
});
export type ExportedEvent = ReturnType<typeof exportEvent>;

/** A grant as files tell it. */
export const exportGrant = (grant: Grant) => ({
  funder: grant.funder ?? null,
  grantee: grant.grantee ?? null,
  amount: grant.amount ?? null,
  currency: grant.currency ?? null,
  awarded: grant.on ?? null,
  start: grant.start ?? null,
  end: grant.end ?? null,
  months: grant.months ?? null,
  program: grant.program ?? null,
  purpose: grant.purpose ?? null,
  evidence: exportQuotes(grant.evidence),
});
export type ExportedGrant = ReturnType<typeof exportGrant>;

/** How an entry stands to another, as files tell it. */
export const exportRelation = ({ kind, to, toName, evidence }: Relation) => ({
  kind,
  to: to ?? null,
  name: toName,
  evidence: exportQuotes(evidence),
});
export type ExportedRelation = ReturnType<typeof exportRelation>;

const exportQuotes = (evidence: readonly ChangeEvidence[]) =>
  evidence.map((proof) => ({ url: proof.url, quote: proof.type === "quote" ? proof.quote : "" }));
