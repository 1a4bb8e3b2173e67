import type { ChangeEvidence, Event, Grant, InitiativeId } from "@waymark/domain";
import type { StoredInitiative } from "@waymark/store";
import { describeEvent } from "./describe-event.ts";

/** An event as files tell it; `confirmed` when a decision established it, else sources alone tell it. */
const exportEvent = (event: Event) => ({
  kind: event.kind,
  date: event.on ?? null,
  dated: event.dated ?? null,
  planned: event.planned,
  what: describeEvent(event),
  parties: event.parties,
  confirmed: event.decisionId !== undefined,
  evidence: exportQuotes(event.evidence),
});
type ExportedEvent = ReturnType<typeof exportEvent>;

/** A grant as files tell it. */
const exportGrant = (grant: Grant) => ({
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
type ExportedGrant = ReturnType<typeof exportGrant>;

type Row<T> = { id: string; name: string } & T;

/** The events of all entries as rows of a file, each with whose it is. */
export const eventRows = (
  entries: readonly StoredInitiative[],
  events: ReadonlyMap<InitiativeId, Event[]>,
): Row<ExportedEvent>[] =>
  entries.flatMap(({ id, values: { name } }) =>
    (events.get(id) ?? []).map((event) => ({ id, name, ...exportEvent(event) })),
  );

/** The grants of all entries likewise. */
export const grantRows = (
  entries: readonly StoredInitiative[],
  grants: ReadonlyMap<InitiativeId, Grant[]>,
): Row<ExportedGrant>[] =>
  entries.flatMap(({ id, values: { name } }) =>
    (grants.get(id) ?? []).map((grant) => ({ id, name, ...exportGrant(grant) })),
  );

const exportQuotes = (evidence: readonly ChangeEvidence[]) =>
  evidence.map((proof) => ({ url: proof.url, quote: proof.type === "quote" ? proof.quote : "" }));
