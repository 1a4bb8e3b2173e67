import type { ChangeId, InitiativeId, MentionId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** One row of the merge log. */
export type Merge = {
  id: number;
  from: InitiativeId;
  into: InitiativeId;
  decisionId: number;
  /** The mentions that moved, and the changes that were withdrawn since their entry went. */
  mentionIds: MentionId[];
  changeIds: ChangeId[];
  at: Date;
};

const insertMerge = sql`
  insert into merge (from_id, into_id, decision_id, mention_ids, change_ids, at) values ($1, $2, $3, $4, $5, $6)
`;

/** Writes that one entry was merged into another, and what moved with it. */
export async function addMerge(
  db: Db,
  merge: Omit<Merge, "id" | "at"> & { now: Date },
): Promise<void> {
  await db.query(insertMerge, [
    merge.from,
    merge.into,
    merge.decisionId,
    merge.mentionIds,
    merge.changeIds,
    merge.now,
  ]);
}

const mergeOf = sql`select * from merge where decision_id = $1 and undone_at is null`;

/** The merge a decision made, if it stands. */
export async function findMerge(db: Db, decisionId: number): Promise<Merge | undefined> {
  const { rows } = await db.query(mergeOf, [decisionId]);
  return rows[0] && toMerge(rows[0]);
}

const mergeFrom = sql`select * from merge where from_id = $1 and undone_at is null order by id desc limit 1`;

/** The merge that took an entry away, if it stands. */
export async function findMergeFrom(db: Db, id: InitiativeId): Promise<Merge | undefined> {
  const { rows } = await db.query(mergeFrom, [id]);
  return rows[0] && toMerge(rows[0]);
}

const since = sql`
  with recursive way as (
    select $1::text as id
    union
    select merge.into_id from way join merge on merge.from_id = way.id
    where merge.undone_at is null and merge.decision_id > $2
  )
  select merge.*, decision.inverse from way
    join merge on merge.into_id = way.id and merge.undone_at is null and merge.decision_id > $2
    join decision on decision.id = merge.decision_id
  order by merge.decision_id
`;

/**
 * The standing merges since a decision into an entry and into those that it was merged into since, with
 * what takes each of them back.
 */
export async function listLaterMerges(
  db: Db,
  into: InitiativeId,
  decisionId: number,
): Promise<(Merge & { inverse: unknown })[]> {
  const { rows } = await db.query(since, [into, decisionId]);
  return rows.map((row) => ({ ...toMerge(row), inverse: row.inverse }));
}

const undo = sql`update merge set undone_at = $2 where id = $1`;

/** Marks a merge as undone. */
export async function saveMergeUndone(db: Db, id: number, now: Date): Promise<void> {
  await db.query(undo, [id, now]);
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the table, shaped here.
const toMerge = (row: any): Merge => ({
  id: row.id,
  from: row.from_id,
  into: row.into_id,
  decisionId: row.decision_id,
  mentionIds: row.mention_ids,
  changeIds: row.change_ids,
  at: row.at,
});
