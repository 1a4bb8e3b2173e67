import type { ClusterId, InitiativeId, MentionId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** What gathering efforts needs to know of a mention, without what its page says. */
export type UnmatchedMention = {
  id: MentionId;
  name: string;
  /** Whether it tells enough of learning and work to be an effort by itself. */
  isRelevant: boolean;
  /** Its search keys, when it was last clustered. */
  keys: number[];
  clusterId: ClusterId | undefined;
  /** The smallest mention of its component, when it was last clustered. */
  component: MentionId | undefined;
  /** Its words, or what people said of it, changed since. */
  isTouched: boolean;
};

const unmatched = sql`
  select id, mention ->> 'name' as name, (mention -> 'relevance' ->> 'score')::float >= $1 as is_relevant,
    group_keys, cluster_id, component, regroup
  from mention where initiative_id is null and missing_count = 0
  order by id
`;

/** The mentions on pages now that are about no entry of the catalog. */
export async function listUnmatchedMentions(
  db: Db,
  relevanceMin: number,
): Promise<UnmatchedMention[]> {
  const { rows } = await db.query(unmatched, [relevanceMin]);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    isRelevant: row.is_relevant,
    keys: row.group_keys,
    clusterId: row.cluster_id ?? undefined,
    component: row.component ?? undefined,
    isTouched: row.regroup,
  }));
}

const waitLong = sql`select set_config('idle_in_transaction_session_timeout', '0', true)`;

/** Lets this transaction think as long as it takes: very many mentions may be compared at once. */
export async function allowLongThought(db: Db): Promise<void> {
  await db.query(waitLong);
}

const leavers = sql`
  update mention left_it set component = null, group_keys = '{}'
  from mention before
  where left_it.id = before.id and before.component is not null and before.id <> all($1::text[])
  returning before.component
`;

/** Forgets the components of mentions that are none of those clustered any more; returns which they left. */
export async function leaveComponents(db: Db, clustered: MentionId[]): Promise<Set<MentionId>> {
  const { rows } = await db.query<{ component: MentionId }>(leavers, [clustered]);
  return new Set(rows.map(({ component }) => component));
}

const place = sql`
  update mention set cluster_id = given.cluster_id, component = given.component, regroup = false,
    group_keys = array(select jsonb_array_elements_text(given.keys)::int)
  from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[]) as given(id, cluster_id, component, keys)
  join mention before on before.id = given.id
  where mention.id = given.id
  returning before.cluster_id as from_id, given.cluster_id as into_id
`;

/** Puts mentions into clusters; names the clusters that gained or lost one. */
export async function saveClusterPlaces(
  db: Db,
  places: { id: MentionId; clusterId: ClusterId; component: MentionId; keys: number[] }[],
): Promise<ClusterId[]> {
  const { rows } = await db.query<{ from_id: ClusterId | null; into_id: ClusterId }>(place, [
    places.map((one) => one.id),
    places.map((one) => one.clusterId),
    places.map((one) => one.component),
    places.map((one) => JSON.stringify(one.keys)),
  ]);
  const moved = rows.filter((row) => row.from_id !== row.into_id);
  return [...new Set(moved.flatMap((row) => [row.from_id ?? [], row.into_id].flat()))].sort();
}

const touch = sql`update mention set regroup = true where id = any($1::text[])`;

/** Marks mentions of which people said something, so that they are clustered anew. */
export async function touchMentions(db: Db, ids: MentionId[]): Promise<void> {
  if (ids.length > 0) await db.query(touch, [ids]);
}

const changedEntries = sql`
  select initiative.id, version, coalesce(block_key.keys, '{}') as keys
  from initiative left join block_key on block_key.initiative_id = initiative.id
  where gathered_version is distinct from version
`;

/** The entries that changed since mentions were last held against the catalog, with their search keys. */
export async function listUngathered(
  db: Db,
): Promise<{ id: InitiativeId; version: number; keys: number[] }[]> {
  const { rows } = await db.query(changedEntries);
  return rows.map(({ id, version, keys }) => ({ id, version, keys }));
}

const gathered = sql`
  update initiative set gathered_version = held.version
  from unnest($1::text[], $2::integer[]) as held(id, version) where initiative.id = held.id
`;

/** Notes that the mentions about no entry were held against entries as they stood in the given versions. */
export async function saveGathered(
  db: Db,
  held: { id: InitiativeId; version: number }[],
): Promise<void> {
  if (held.length === 0) return;
  await db.query(gathered, [held.map(({ id }) => id), held.map(({ version }) => version)]);
}
