import {
  type Freshness,
  type Initiative,
  type InitiativeId,
  InitiativeValues,
} from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** An entry with what the catalog's pages show of it beside its values. */
export type StoredInitiative = Initiative & {
  freshness: Freshness["step"];
  freshnessReason: string | undefined;
  createdAt: Date;
};

const initiativeById = sql`
  select initiative.*, (select jsonb_object_agg(field, value) from initiative_value v
    where v.initiative_id = initiative.id and v.replaced_at is null) as values
  from initiative where id = $1
`;

/** The entry of an id, merged ones too. */
export async function findInitiative(
  db: Db,
  id: InitiativeId,
): Promise<StoredInitiative | undefined> {
  const { rows } = await db.query(initiativeById, [id]);
  return rows[0] && toInitiative(rows[0]);
}

const survivor = sql`
  with recursive way as (
    select id, merged_into, 0 as steps from initiative where id = $1
    union
    select next.id, next.merged_into, way.steps + 1
    from way join initiative next on next.id = way.merged_into where way.steps < 1000
  )
  select id from way order by steps desc limit 1
`;

/** The entry that an id leads to now: itself, or the last of those that it was merged into. */
export async function resolveInitiative(
  db: Db,
  id: InitiativeId,
): Promise<InitiativeId | undefined> {
  return (await db.query<{ id: InitiativeId }>(survivor, [id])).rows[0]?.id;
}

const formerIds = sql`
  with recursive way as (
    select id, merged_into from initiative where merged_into is not null
    union
    select way.id, next.merged_into from way join initiative next on next.id = way.merged_into
    where next.merged_into is not null
  )
  select way.merged_into as id, array_agg(way.id order by way.id) as former
  from way join initiative entry on entry.id = way.merged_into and entry.merged_into is null
  group by way.merged_into
`;

/** The ids of entries that were merged into others, by the entry that stands for them now. */
export async function listFormerIds(db: Db): Promise<Map<InitiativeId, InitiativeId[]>> {
  const { rows } = await db.query<{ id: InitiativeId; former: InitiativeId[] }>(formerIds);
  return new Map(rows.map(({ id, former }) => [id, former]));
}

// Not its key: changes of other entries may refer to it meanwhile.
const lock = sql`select id from initiative where id = $1 for no key update`;

/** Locks an entry for the rest of the transaction and returns it as it stands. */
export async function lockInitiative(
  db: Db,
  id: InitiativeId,
): Promise<StoredInitiative | undefined> {
  await db.query(lock, [id]);
  return findInitiative(db, id);
}

const allInitiatives = sql`
  select initiative.*, v.values
  from initiative
  join (select initiative_id, jsonb_object_agg(field, value) as values from initiative_value
        where replaced_at is null group by initiative_id) v on v.initiative_id = initiative.id
  where merged_into is null order by id
`;

/** Every entry that was not merged into another, by id. */
export async function listInitiatives(db: Db): Promise<StoredInitiative[]> {
  return (await db.query(allInitiatives)).rows.map(toInitiative);
}

const searchQuery = sql`
  select initiative.*, v.values
  from initiative
  join (select initiative_id, jsonb_object_agg(field, value) as values from initiative_value
        where replaced_at is null group by initiative_id) v on v.initiative_id = initiative.id
  where merged_into is null
    and ($1 = '' or v.values::text ilike '%' || $2 || '%')
    and ($3::text is null or v.values ->> 'status' = $3)
    and ($4::text is null or v.values ->> 'kind' = $4)
    and ($5::text is null or v.values -> 'states' ? $5)
    and ($8::text is null or freshness = $8)
  order by v.values ->> 'name', id limit $6 offset $7
`;

/** Entries that hold a text anywhere, narrowed by status, kind, state and freshness; by name. */
export async function searchInitiatives(
  db: Db,
  {
    text = "",
    status,
    kind,
    state,
    freshness,
    limit = 100,
    offset = 0,
  }: {
    text?: string;
    status?: string | undefined;
    kind?: string | undefined;
    state?: string | undefined;
    freshness?: Freshness["step"] | undefined;
    limit?: number;
    offset?: number;
  },
): Promise<StoredInitiative[]> {
  const { rows } = await db.query(searchQuery, [
    text,
    text.replace(/[\\%_]/g, "\\$&"),
    status ?? null,
    kind ?? null,
    state ?? null,
    limit,
    offset,
    freshness ?? null,
  ]);
  return rows.map(toInitiative);
}

const suggestQuery = sql`
  select initiative.*, v.values
  from initiative
  join (select initiative_id, jsonb_object_agg(field, value) as values from initiative_value
        where replaced_at is null group by initiative_id) v on v.initiative_id = initiative.id
  where merged_into is null
    and (id = $1 or v.values ->> 'name' ilike '%' || $2 || '%' or v.values ->> 'acronym' ilike $2 || '%'
      or v.values ->> 'aliases' ilike '%' || $2 || '%')
  order by id <> $1, not (v.values ->> 'name' ilike $2 || '%' or coalesce(v.values ->> 'acronym', '') ilike $2),
    v.values ->> 'name', id limit $3 offset $4
`;

/** Entries for somebody who types the beginning of a name, an acronym or an id: those that begin so come first. */
export async function suggestInitiatives(
  db: Db,
  { prefix, limit, offset }: { prefix: string; limit: number; offset: number },
): Promise<StoredInitiative[]> {
  const escaped = prefix.replace(/[\\%_]/g, "\\$&");
  return (await db.query(suggestQuery, [prefix, escaped, limit, offset])).rows.map(toInitiative);
}

const freshnessCounts = sql`
  select freshness as step, count(*)::int as n from initiative where merged_into is null group by freshness
`;

/** How many entries there are at each step of freshness. */
export async function countFreshness(
  db: Db,
): Promise<{ step: StoredInitiative["freshness"]; n: number }[]> {
  return (await db.query(freshnessCounts)).rows;
}

const statesInUse = sql`
  select distinct jsonb_array_elements_text(value) as state from initiative_value
  where field = 'states' and replaced_at is null and jsonb_typeof(value) = 'array' order by 1
`;

/** The states that some entry names. */
export async function listStatesInUse(db: Db): Promise<string[]> {
  return (await db.query(statesInUse)).rows.map((row) => row.state);
}

const mergedInto = sql`
  with recursive merged as (
    select id from initiative where merged_into = $1
    union
    select initiative.id from merged join initiative on initiative.merged_into = merged.id
  )
  select initiative.*, (select jsonb_object_agg(field, value) from initiative_value v
    where v.initiative_id = initiative.id and v.replaced_at is null) as values
  from merged join initiative on initiative.id = merged.id order by initiative.id
`;

/** The entries that were merged into one, and those that were merged into these before. */
export async function listMergedIntoDeeply(db: Db, id: InitiativeId): Promise<StoredInitiative[]> {
  return (await db.query(mergedInto, [id])).rows.map(toInitiative);
}

const insertInitiative = sql`
  insert into initiative (id, created_at, review_due) values ($1, $2, true) on conflict (id) do nothing
`;

/** Adds an empty entry, to be given values; false when the id is taken. */
export async function addInitiative(db: Db, id: InitiativeId, now: Date): Promise<boolean> {
  return (await db.query(insertInitiative, [id, now])).rowCount === 1;
}

// The mark beside its keys goes with it, so that no search brings a merged entry.
const setMerged = sql`
  with marked as (update block_key set merged = $2::text is not null where initiative_id = $1)
  update initiative set merged_into = $2, version = version + 1, review_due = $2::text is null where id = $1
`;

/** Says that an entry was merged into another one, or (undefined) stands for itself again. */
export async function saveMergedInto(
  db: Db,
  id: InitiativeId,
  into: InitiativeId | undefined,
): Promise<void> {
  await db.query(setMerged, [id, into ?? null]);
}

const deleteInitiative = sql`delete from initiative where id = $1`;

/** Takes an entry out again, when the decision that made it is undone. */
export async function removeInitiative(db: Db, id: InitiativeId): Promise<void> {
  await db.query(deleteInitiative, [id]);
}

// Locked in the order of their ids, so that two that mark many do not lock each other out.
const markDue = sql`
  update initiative set review_due = true where id in (
    select id from initiative where id = any($1::text[]) and merged_into is null
    order by id for no key update
  )
`;

/** Marks entries for review. */
export async function markInitiativesDue(db: Db, ids: InitiativeId[]): Promise<void> {
  if (ids.length > 0) await db.query(markDue, [ids]);
}

const markAll = sql`
  update initiative set review_due = true where id in (
    select id from initiative where merged_into is null order by id for no key update
  )
`;

/** Marks every entry for review: the daily freshness check. */
export async function markAllInitiativesDue(db: Db): Promise<void> {
  await db.query(markAll);
}

const dueIds = sql`select id from initiative where review_due and merged_into is null order by id`;

/** Entries that wait for review. */
export async function listDueInitiatives(db: Db): Promise<InitiativeId[]> {
  return (await db.query(dueIds)).rows.map((row) => row.id);
}

const reviewed = sql`
  update initiative set review_due = false, reviewed_at = $2, freshness = $3, freshness_reason = $4 where id = $1
`;

/** Marks an entry as reviewed, with how fresh it was found. */
export async function saveInitiativeReviewed(
  db: Db,
  id: InitiativeId,
  { freshness, now }: { freshness: Freshness; now: Date },
): Promise<void> {
  await db.query(reviewed, [id, now, freshness.step, freshness.reason]);
}

// biome-ignore lint/suspicious/noExplicitAny: a row with its values gathered, parsed right below.
const toInitiative = (row: any): StoredInitiative => ({
  id: row.id,
  version: row.version,
  values: InitiativeValues.parse(row.values ?? { name: "(no values)" }),
  ...(row.merged_into && { mergedInto: row.merged_into }),
  freshness: row.freshness,
  freshnessReason: row.freshness_reason ?? undefined,
  createdAt: row.created_at,
});
