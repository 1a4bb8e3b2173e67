import type { Event, InitiativeId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

const insertEvent = sql`
  insert into event (initiative_id, key, kind, on_date, dated, planned, parties, decision_id, evidence)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
`;

/** Adds what happened to an entry, as a decision established it. */
export async function addEvent(
  db: Db,
  initiativeId: InitiativeId,
  event: Event & { decisionId: number },
): Promise<void> {
  await db.query(insertEvent, [
    initiativeId,
    event.key,
    event.kind,
    event.on ?? null,
    event.dated ?? null,
    event.planned,
    toJson(event.parties),
    event.decisionId,
    toJson(event.evidence),
  ]);
}

const dropUntold = sql`
  delete from event where initiative_id = $1 and decision_id is null and key <> all($2::text[])
`;
const upsertTold = sql`
  insert into event (initiative_id, key, kind, on_date, dated, planned, parties, evidence)
  select $1, told.* from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::boolean[], $7::jsonb[], $8::jsonb[])
    as told(key, kind, on_date, dated, planned, parties, evidence)
  on conflict (initiative_id, key) do update
    set on_date = excluded.on_date, dated = excluded.dated, parties = excluded.parties, evidence = excluded.evidence
    where event.decision_id is null
      and (event.on_date, event.dated, event.parties, event.evidence)
        is distinct from (excluded.on_date, excluded.dated, excluded.parties, excluded.evidence)
`;

/** Makes what pages tell now all that stands of an entry's events, beside those that decisions established. */
export async function saveToldEvents(
  db: Db,
  initiativeId: InitiativeId,
  events: readonly Event[],
): Promise<void> {
  await db.query(dropUntold, [initiativeId, events.map(({ key }) => key)]);
  if (events.length === 0) return;
  await db.query(upsertTold, [
    initiativeId,
    events.map(({ key }) => key),
    events.map(({ kind }) => kind),
    events.map(({ on }) => on ?? null),
    events.map(({ dated }) => dated ?? null),
    events.map(({ planned }) => planned),
    events.map(({ parties }) => toJson(parties)),
    events.map(({ evidence }) => toJson(evidence)),
  ]);
}

const ofInitiative = sql`
  select * from event where initiative_id = $1 order by on_date nulls last, kind, key
`;

/** What happened to an entry, oldest first: by decisions, and as pages tell it. */
export async function listEvents(db: Db, id: InitiativeId): Promise<Event[]> {
  return (await db.query(ofInitiative, [id])).rows.map(toEvent);
}

const all = sql`select * from event order by initiative_id, on_date nulls last, kind, key`;

/** The events of all entries, by entry. */
export async function listAllEvents(db: Db): Promise<Map<InitiativeId, Event[]>> {
  return byInitiative((await db.query(all)).rows, toEvent);
}

/** Rows by the entry they are about, in the order they came. */
export function byInitiative<Row extends { initiative_id: string }, T>(
  rows: readonly Row[],
  shape: (row: Row) => T,
): Map<InitiativeId, T[]> {
  const found = new Map<InitiativeId, T[]>();
  for (const row of rows) {
    const id = row.initiative_id as InitiativeId;
    found.set(id, [...(found.get(id) ?? []), shape(row)]);
  }
  return found;
}

const removeOf = sql`delete from event where decision_id = $1`;

/** Takes back the events of a decision that is undone. */
export async function removeEventsOf(db: Db, decisionId: number): Promise<void> {
  await db.query(removeOf, [decisionId]);
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the table, shaped here.
const toEvent = (row: any): Event => ({
  key: row.key,
  kind: row.kind,
  on: row.on_date ?? undefined,
  dated: row.dated ?? undefined,
  planned: row.planned,
  parties: row.parties,
  evidence: row.evidence,
  decisionId: row.decision_id ?? undefined,
});
