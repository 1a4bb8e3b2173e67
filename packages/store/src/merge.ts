import type { InitiativeId, MentionId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const insertMerge = sql`
  insert into merge (from_id, into_id, decision_id, mention_ids, at) values ($1, $2, $3, $4, $5)
`;

/** Writes that one entry was merged into another, and which mentions moved with it. */
export async function addMerge(
  db: Db,
  merge: {
    from: InitiativeId;
    into: InitiativeId;
    decisionId: number;
    mentionIds: MentionId[];
    now: Date;
  },
): Promise<void> {
  await db.query(insertMerge, [
    merge.from,
    merge.into,
    merge.decisionId,
    merge.mentionIds,
    merge.now,
  ]);
}

const mergeOf = sql`select * from merge where decision_id = $1 and undone_at is null`;

/** The merge a decision made, if it stands. */
export async function findMerge(
  db: Db,
  decisionId: number,
): Promise<
  { id: number; from: InitiativeId; into: InitiativeId; mentionIds: MentionId[] } | undefined
> {
  const { rows } = await db.query(mergeOf, [decisionId]);
  return (
    rows[0] && {
      id: rows[0].id,
      from: rows[0].from_id,
      into: rows[0].into_id,
      mentionIds: rows[0].mention_ids,
    }
  );
}

const undo = sql`update merge set undone_at = $2 where id = $1`;

/** Marks a merge as undone. */
export async function saveMergeUndone(db: Db, id: number, now: Date): Promise<void> {
  await db.query(undo, [id, now]);
}
