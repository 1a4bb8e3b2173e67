import type { ChangeId, DecisionVerdict, InitiativeId, MentionId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

export type Decision = {
  id: number;
  changeId: ChangeId;
  verdict: DecisionVerdict;
  who: string;
  why: string | undefined;
  at: Date;
  initiativeId: InitiativeId | undefined;
  /** What undoing it would write: parsed by `review`. */
  inverse: unknown;
  undoneAt: Date | undefined;
  undoneBy: string | undefined;
};

const insertDecision = sql`
  insert into decision (change_id, verdict, who, why, at, inverse) values ($1, $2, $3, $4, $5, '{}') returning id
`;

/** Adds a decision to the audit; its outcome is written with `saveDecisionOutcome`. */
export async function addDecision(
  db: Db,
  decision: Pick<Decision, "changeId" | "verdict" | "who" | "why" | "at">,
): Promise<number> {
  const { rows } = await db.query<{ id: number }>(insertDecision, [
    decision.changeId,
    decision.verdict,
    decision.who,
    decision.why ?? null,
    decision.at,
  ]);
  return rows[0]!.id;
}

const writeOutcome = sql`update decision set initiative_id = $2, inverse = $3 where id = $1`;

/** Writes which entry a decision touched and how to undo it. */
export async function saveDecisionOutcome(
  db: Db,
  id: number,
  { initiativeId, inverse }: { initiativeId: InitiativeId | undefined; inverse: unknown },
): Promise<void> {
  await db.query(writeOutcome, [id, initiativeId ?? null, JSON.stringify(inverse)]);
}

const rewriteInverse = sql`update decision set inverse = $2 where id = $1`;

/** Writes anew how to undo a decision, after an older one under it was undone. */
export async function saveInverse(db: Db, id: number, inverse: unknown): Promise<void> {
  await db.query(rewriteInverse, [id, JSON.stringify(inverse)]);
}

const laterTakings = sql`
  select id from decision
  where id > $2 and undone_at is null and inverse ->> 'kind' = 'split' and inverse -> 'mentionIds' ?| $1::text[]
  union
  select decision.id from mention join decision on decision.initiative_id = mention.initiative_id
  where mention.id = any($1::text[]) and decision.id > $2 and decision.undone_at is null
    and decision.inverse ->> 'kind' = 'create'
  order by 1
`;

/** The standing decisions after one that split some mentions off, or made an entry of them. */
export async function listLaterTakings(
  db: Db,
  mentionIds: MentionId[],
  decisionId: number,
): Promise<number[]> {
  if (mentionIds.length === 0) return [];
  const { rows } = await db.query<{ id: number }>(laterTakings, [mentionIds, decisionId]);
  return rows.map(({ id }) => id);
}

const standing = sql`select * from decision where change_id = $1 and undone_at is null`;

/** The decision on a change that has not been undone. */
export async function findStandingDecision(
  db: Db,
  changeId: ChangeId,
): Promise<Decision | undefined> {
  const { rows } = await db.query(standing, [changeId]);
  return rows[0] && toDecision(rows[0]);
}

const decisionById = sql`select * from decision where id = $1`;

/** The decision of an id. */
export async function findDecision(db: Db, id: number): Promise<Decision | undefined> {
  const { rows } = await db.query(decisionById, [id]);
  return rows[0] && toDecision(rows[0]);
}

const undo = sql`update decision set undone_at = $2, undone_by = $3 where id = $1 and undone_at is null`;

/** Marks a decision as undone. */
export async function saveDecisionUndone(
  db: Db,
  id: number,
  { who, now }: { who: string; now: Date },
): Promise<void> {
  await db.query(undo, [id, now, who]);
}

const newest = sql`
  select decision.*, change.proposal ->> 'title' as title, change.kind from decision join change on change.id = decision.change_id
  order by decision.at desc, decision.id desc limit $1
`;

/** The newest decisions, undone ones too, with what they were about. */
export async function listDecisions(
  db: Db,
  limit = 200,
): Promise<(Decision & { title: string; kind: string })[]> {
  const { rows } = await db.query(newest, [limit]);
  return rows.map((row) => ({ ...toDecision(row), title: row.title, kind: row.kind }));
}

const ofChange = sql`select * from decision where change_id = $1 order by id desc`;

/** Every decision on a change, undone ones too, newest first. */
export async function listDecisionsOfChange(db: Db, changeId: ChangeId): Promise<Decision[]> {
  return (await db.query(ofChange, [changeId])).rows.map(toDecision);
}

const ofInitiative = sql`
  select decision.*, change.proposal ->> 'title' as title, change.kind from decision join change on change.id = decision.change_id
  where decision.initiative_id = $1 order by decision.id desc
`;

/** The decisions that touched an entry, newest first. */
export async function listDecisionsOf(
  db: Db,
  id: InitiativeId,
): Promise<(Decision & { title: string; kind: string })[]> {
  const { rows } = await db.query(ofInitiative, [id]);
  return rows.map((row) => ({ ...toDecision(row), title: row.title, kind: row.kind }));
}

// biome-ignore lint/suspicious/noExplicitAny: one row, shaped right here.
const toDecision = (row: any): Decision => ({
  id: row.id,
  changeId: row.change_id,
  verdict: row.verdict,
  who: row.who,
  why: row.why ?? undefined,
  at: row.at,
  initiativeId: row.initiative_id ?? undefined,
  inverse: row.inverse,
  undoneAt: row.undone_at ?? undefined,
  undoneBy: row.undone_by ?? undefined,
});
