import type { ChangeEvidence, InitiativeId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

export type EventKind =
  | "launch"
  | "award"
  | "expansion"
  | "rename"
  | "transfer"
  | "merger"
  | "sunset"
  | "milestone";

const insertEvent = sql`
  insert into event (initiative_id, kind, on_date, title, decision_id, evidence) values ($1, $2, $3, $4, $5, $6)
`;

/** Adds what happened to an effort, as a decision established it. */
export async function addEvent(
  db: Db,
  event: {
    initiativeId: InitiativeId;
    kind: EventKind;
    on: string | undefined;
    title: string;
    decisionId: number;
    evidence: ChangeEvidence[];
  },
): Promise<void> {
  await db.query(insertEvent, [
    event.initiativeId,
    event.kind,
    event.on ?? null,
    event.title,
    event.decisionId,
    JSON.stringify(event.evidence),
  ]);
}

const ofInitiative = sql`select * from event where initiative_id = $1 order by on_date nulls last, id`;

/** What happened to an effort, oldest first. */
export async function listEvents(
  db: Db,
  id: InitiativeId,
): Promise<{ kind: EventKind; on: string | undefined; title: string }[]> {
  return (await db.query(ofInitiative, [id])).rows.map((row) => ({
    kind: row.kind,
    on: row.on_date ?? undefined,
    title: row.title,
  }));
}

const removeOf = sql`delete from event where decision_id = $1`;

/** Takes back the events of a decision that is undone. */
export async function removeEventsOf(db: Db, decisionId: number): Promise<void> {
  await db.query(removeOf, [decisionId]);
}
