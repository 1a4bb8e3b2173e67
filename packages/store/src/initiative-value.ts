import type { ChangeEvidence, Field, FieldValue, InitiativeId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** One value of an entry and where it came from. */
export type StoredValue = {
  field: Field;
  value: FieldValue;
  origin: "import" | "decision" | "undo";
  decisionId: number | undefined;
  evidence: ChangeEvidence[];
  setAt: Date;
  replacedAt: Date | undefined;
};

const byIds = sql`
  select initiative_id as id, jsonb_object_agg(field, value)::text as values
  from initiative_value where initiative_id = any($1::text[]) and replaced_at is null
  group by initiative_id
`;

/**
 * The values of some entries as JSON, the same text for the same values, so that who meets an entry again
 * need not parse it again; entries without any are left out.
 */
export async function listValuesOf(
  db: Db,
  ids: InitiativeId[],
): Promise<Map<InitiativeId, string>> {
  const { rows } = await db.query(byIds, [ids]);
  return new Map(rows.map(({ id, values }) => [id, values]));
}

const replaceValues = sql`
  update initiative_value set replaced_at = $3, replaced_by = $4
  where initiative_id = $1 and field = any($2::text[]) and replaced_at is null
  returning field, value
`;
const insertValues = sql`
  insert into initiative_value (initiative_id, field, value, decision_id, origin, evidence, set_at)
  select $1, field, value, $2, $3, evidence, $4
  from unnest($5::text[], $6::jsonb[], $7::jsonb[]) as given(field, value, evidence)
`;
const raiseVersion = sql`
  update initiative set version = version + 1, review_due = true where id = $1
`;

/**
 * Gives an entry new values for some fields; what stood there is kept as replaced. A field whose new
 * value is undefined is cleared. Raises the version.
 */
export async function saveValues(
  db: Db,
  id: InitiativeId,
  {
    values,
    origin,
    decisionId,
    evidence,
    now,
  }: {
    values: Partial<{ [field in Field]: FieldValue | undefined }>;
    origin: StoredValue["origin"];
    decisionId?: number | undefined;
    evidence?: ChangeEvidence[] | undefined;
    now: Date;
  },
): Promise<void> {
  const given = Object.entries(values) as [Field, FieldValue | undefined][];
  if (given.length === 0) return;
  await db.query(replaceValues, [id, given.map(([field]) => field), now, decisionId ?? null]);
  const kept = given.filter(([, value]) => value !== undefined);
  await db.query(insertValues, [
    id,
    decisionId ?? null,
    origin,
    now,
    kept.map(([field]) => field),
    kept.map(([, value]) => JSON.stringify(value)),
    kept.map(([field]) =>
      JSON.stringify((evidence ?? []).filter((e) => e.type === "outcome" || e.field === field)),
    ),
  ]);
  await db.query(raiseVersion, [id]);
}

const restore = sql`
  insert into initiative_value (initiative_id, field, value, decision_id, origin, evidence, set_at)
  select $1, given.field, given.value, stood.decision_id, coalesce(stood.origin, 'undo'), coalesce(stood.evidence, '[]'), $2
  from unnest($3::text[], $4::jsonb[]) as given(field, value)
  left join lateral (
    select decision_id, origin, evidence from initiative_value v
    where v.initiative_id = $1 and v.field = given.field and v.value = given.value and v.replaced_at is not null
    order by v.id desc limit 1
  ) stood on true
`;

/**
 * Gives an entry values back that it had, each with the proof and the origin that it had then; unset fields
 * become unknown. Raises the version.
 */
export async function restoreValues(
  db: Db,
  id: InitiativeId,
  {
    values,
    unset,
    now,
  }: { values: Partial<{ [field in Field]: FieldValue | undefined }>; unset: Field[]; now: Date },
): Promise<void> {
  const given = Object.entries(values) as [Field, FieldValue][];
  const names = [...given.map(([field]) => field), ...unset];
  if (names.length === 0) return;
  await db.query(replaceValues, [id, names, now, null]);
  await db.query(restore, [
    id,
    now,
    given.map(([field]) => field),
    given.map(([, value]) => JSON.stringify(value)),
  ]);
  await db.query(raiseVersion, [id]);
}

const valueHistory = sql`
  select * from initiative_value where initiative_id = $1 order by replaced_at is not null, field, set_at desc, id desc
`;

/** All values of an entry with where each came from: those that stand first, then the replaced ones. */
export async function listValues(db: Db, id: InitiativeId): Promise<StoredValue[]> {
  return (await db.query(valueHistory, [id])).rows.map((row) => ({
    field: row.field,
    value: row.value,
    origin: row.origin,
    decisionId: row.decision_id ?? undefined,
    evidence: row.evidence,
    setAt: row.set_at,
    replacedAt: row.replaced_at ?? undefined,
  }));
}

const laterWrites = sql`
  select v.initiative_id, v.field, v.decision_id from initiative_value v join decision on decision.id = v.decision_id
  where v.initiative_id = any($1::text[]) and v.decision_id > $2 and v.origin = 'decision' and decision.undone_at is null
  union
  select entry.id, 'merge', merge.decision_id from merge
    join unnest($1::text[]) as entry(id) on entry.id in (merge.from_id, merge.into_id)
  where merge.decision_id > $2 and merge.undone_at is null
  order by 3
`;

/** What standing decisions after one wrote to some entries: `merge` where they merged one of them. */
export async function listLaterWrites(
  db: Db,
  ids: InitiativeId[],
  decisionId: number,
): Promise<{ initiativeId: InitiativeId; field: Field | "merge"; decisionId: number }[]> {
  const { rows } = await db.query(laterWrites, [ids, decisionId]);
  return rows.map((row) => ({
    initiativeId: row.initiative_id,
    field: row.field,
    decisionId: row.decision_id,
  }));
}
