import type { InitiativeId, Relation } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

const dropUntold = sql`
  delete from relation
  where from_id = $1 and decision_id is null
    and (kind, to_name) not in (select * from unnest($2::text[], $3::text[]))
`;
const upsertTold = sql`
  insert into relation (from_id, kind, to_id, to_name, evidence)
  select $1, told.kind, initiative.id, told.to_name, told.evidence
  from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[]) as told(kind, to_id, to_name, evidence)
  left join initiative on initiative.id = told.to_id
  on conflict (from_id, kind, to_name) do update set to_id = excluded.to_id, evidence = excluded.evidence
    where (relation.to_id, relation.evidence) is distinct from (excluded.to_id, excluded.evidence)
`;

/** Makes what pages tell now all that stands of how an entry hangs together with others. */
export async function saveToldRelations(
  db: Db,
  from: InitiativeId,
  relations: readonly Relation[],
): Promise<void> {
  const kinds = relations.map(({ kind }) => kind);
  const names = relations.map(({ toName }) => toName);
  await db.query(dropUntold, [from, kinds, names]);
  if (relations.length === 0) return;
  await db.query(upsertTold, [
    from,
    kinds,
    relations.map(({ to }) => to ?? null),
    names,
    relations.map(({ evidence }) => toJson(evidence)),
  ]);
}

const ofInitiative = sql`select * from relation where from_id = $1 order by kind, to_name`;

/** How an entry stands to others, as pages about it tell. */
export async function listRelations(db: Db, id: InitiativeId): Promise<Relation[]> {
  return (await db.query(ofInitiative, [id])).rows.map((row) => ({
    kind: row.kind,
    toName: row.to_name,
    to: row.to_id ?? undefined,
    evidence: row.evidence,
  }));
}
