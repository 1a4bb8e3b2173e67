import type { ClusterId, InitiativeId, MentionId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const insertClusters = sql`
  insert into cluster (id, review_due) select unnest($1::text[]), true on conflict (id) do nothing
`;

/** Makes sure clusters have rows. */
export async function ensureClusters(db: Db, ids: ClusterId[]): Promise<void> {
  await db.query(insertClusters, [ids]);
}

const markDue = sql`update cluster set review_due = true where id = any($1::text[])`;

/** Marks clusters whose mentions changed, so that they are reviewed. */
export async function markClustersDue(db: Db, ids: ClusterId[]): Promise<void> {
  if (ids.length > 0) await db.query(markDue, [ids]);
}

const lock = sql`select id, initiative_id from cluster where id = $1 for update`;

/** Locks a cluster for the rest of the transaction; undefined when there is none. */
export async function lockCluster(
  db: Db,
  id: ClusterId,
): Promise<{ id: ClusterId; initiativeId: InitiativeId | undefined } | undefined> {
  const { rows } = await db.query(lock, [id]);
  return rows[0] && { id: rows[0].id, initiativeId: rows[0].initiative_id ?? undefined };
}

const become = sql`update cluster set initiative_id = $2 where id = $1`;

/** Says which entry a cluster became; undefined when that was undone. */
export async function saveClusterInitiative(
  db: Db,
  id: ClusterId,
  initiativeId: InitiativeId | undefined,
): Promise<void> {
  await db.query(become, [id, initiativeId ?? null]);
}

const reviewed = sql`update cluster set review_due = false where id = $1`;

/** Marks a cluster as reviewed. */
export async function saveClusterReviewed(db: Db, id: ClusterId): Promise<void> {
  await db.query(reviewed, [id]);
}

const due = sql`select id from cluster where review_due order by id`;

/** Clusters that wait for review. */
export async function listDueClusters(db: Db): Promise<ClusterId[]> {
  return (await db.query(due)).rows.map((row) => row.id);
}

const emptied = sql`
  select distinct change.cluster_id as id from change
  where change.cluster_id is not null and change.state in ('open', 'confirming')
    and not exists (select from mention where mention.cluster_id = change.cluster_id and mention.missing_count = 0)
  order by 1
`;

/** Clusters with a standing change that no page tells of any more. */
export async function listEmptiedClusters(db: Db): Promise<ClusterId[]> {
  return (await db.query(emptied)).rows.map((row) => row.id);
}

const lead = sql`
  update cluster set led_to = given.led_to
  from unnest($1::text[], $2::text[]) as given(id, led_to) where cluster.id = given.id
`;
const live = sql`update cluster set led_to = null where id = any($1::text[]) and led_to is not null`;

/** Says which clusters those that went away lead to; those that live lead nowhere. */
export async function saveClusterRedirects(
  db: Db,
  redirects: ReadonlyMap<ClusterId, ClusterId>,
  living: ClusterId[],
): Promise<void> {
  await db.query(live, [living]);
  await db.query(lead, [[...redirects.keys()], [...redirects.values()]]);
}

const ends = sql`
  with recursive way as (
    select id, led_to, initiative_id, 0 as steps from cluster where id = $1
    union
    select next.id, next.led_to, next.initiative_id, way.steps + 1
    from way join cluster next on next.id = way.led_to where way.steps < 100
  )
  select id, initiative_id from way order by steps desc limit 1
`;

/** The cluster that an id leads to now, itself where it lives, and the entry that this became. */
export async function resolveCluster(
  db: Db,
  id: string,
): Promise<{ id: ClusterId; initiativeId: InitiativeId | undefined } | undefined> {
  const { rows } = await db.query(ends, [id]);
  return rows[0] && { id: rows[0].id, initiativeId: rows[0].initiative_id ?? undefined };
}

const mentionIds = sql`select id from mention where cluster_id = $1 order by id`;

/** The mentions of a cluster. */
export async function listMentionIdsOfCluster(db: Db, id: ClusterId): Promise<MentionId[]> {
  const { rows } = await db.query<{ id: MentionId }>(mentionIds, [id]);
  return rows.map((row) => row.id);
}

const settled = sql`select id from cluster where initiative_id is not null order by id`;

/** Clusters that became an entry. */
export async function listSettledClusters(db: Db): Promise<ClusterId[]> {
  return (await db.query(settled)).rows.map((row) => row.id);
}
