import type {
  ClusterId,
  InitiativeId,
  KnownMention,
  Match,
  Mention,
  MentionId,
  PageId,
  PageKind,
  SnapshotId,
  SourceId,
  SourceKind,
  TypedDate,
} from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** A mention as it is kept: what the page says, and which effort it was found to be about. */
export type StoredMention = {
  id: MentionId;
  pageId: PageId;
  key: string;
  mention: Mention;
  snapshotId: SnapshotId;
  readerVersion: string;
  knowledgeVersion: string;
  match: Match;
  initiativeId: InitiativeId | undefined;
};

const mentionCounts = sql`
  select count(*)::int as mentions, count(distinct coalesce(initiative_id, cluster_id))::int as efforts
  from mention where missing_count = 0 and coalesce(initiative_id, cluster_id) is not null
`;

/** How many mentions of efforts stand on pages now, and of how many efforts they tell. */
export async function countMentions(db: Db): Promise<{ mentions: number; efforts: number }> {
  return (await db.query<{ mentions: number; efforts: number }>(mentionCounts)).rows[0]!;
}

const mentionsOfPage = sql`
  select id, key, mention, initiative_id, cluster_id, missing_count from mention where page_id = $1 order by key for update
`;

/** The mentions a page had at its last reading; locks them. */
export async function listMentionsOfPage(
  db: Db,
  pageId: PageId,
): Promise<
  {
    id: MentionId;
    key: string;
    mention: Mention;
    initiativeId: InitiativeId | undefined;
    clusterId: ClusterId | undefined;
    missingCount: number;
  }[]
> {
  const { rows } = await db.query(mentionsOfPage, [pageId]);
  return rows.map((row) => ({
    id: row.id,
    key: row.key,
    mention: row.mention,
    initiativeId: row.initiative_id ?? undefined,
    clusterId: row.cluster_id ?? undefined,
    missingCount: row.missing_count,
  }));
}

const upsertMentions = sql`
  insert into mention (id, page_id, key, mention, snapshot_id, reader_version, knowledge_version, match, initiative_id, first_seen_at, changed_at)
  select id, page_id, key, mention, snapshot_id, reader_version, knowledge_version, match, initiative_id, $10, $10
  from unnest($1::text[], $2::text[], $3::text[], $4::jsonb[], $5::text[], $6::text[], $7::text[], $8::jsonb[], $9::text[])
    as read(id, page_id, key, mention, snapshot_id, reader_version, knowledge_version, match, initiative_id)
  on conflict (id) do update
    set mention = excluded.mention, snapshot_id = excluded.snapshot_id, reader_version = excluded.reader_version,
        knowledge_version = excluded.knowledge_version, match = excluded.match,
        initiative_id = excluded.initiative_id,
        cluster_id = case when excluded.initiative_id is null then mention.cluster_id end,
        missing_count = 0, changed_at = excluded.changed_at, regroup = true
`;

/** Writes mentions that are new or whose words changed. */
export async function saveMentions(db: Db, mentions: StoredMention[], now: Date): Promise<void> {
  if (mentions.length === 0) return;
  await db.query(upsertMentions, [
    mentions.map((m) => m.id),
    mentions.map((m) => m.pageId),
    mentions.map((m) => m.key),
    mentions.map((m) => JSON.stringify(m.mention)),
    mentions.map((m) => m.snapshotId),
    mentions.map((m) => m.readerVersion),
    mentions.map((m) => m.knowledgeVersion),
    mentions.map((m) => JSON.stringify(m.match)),
    mentions.map((m) => m.initiativeId ?? null),
    now,
  ]);
}

const putBaselines = sql`
  update mention set baseline = given.mention
  from unnest($2::text[], $3::jsonb[]) as given(key, mention)
  where mention.page_id = $1 and mention.key = given.key
    and (mention.baseline is not null or mention.key = any($4::text[]))
`;

/**
 * What the last accepted snapshot of a page says when it is read in the new way becomes what its mentions
 * are held against: of those that were settled before, and of those that only this reading brought.
 */
export async function saveBaselines(
  db: Db,
  pageId: PageId,
  { mentions, newKeys }: { mentions: Mention[]; newKeys: string[] },
): Promise<void> {
  await db.query(putBaselines, [
    pageId,
    mentions.map(({ key }) => key),
    mentions.map((mention) => JSON.stringify(mention)),
    newKeys,
  ]);
}

const stillThere = sql`update mention set missing_count = 0 where id = any($1::text[]) and missing_count > 0`;

/** Marks mentions as there again, whose words did not change. */
export async function markMentionsPresent(db: Db, ids: MentionId[]): Promise<void> {
  await db.query(stillThere, [ids]);
}

const missing = sql`update mention set missing_count = missing_count + 1 where id = any($1::text[])`;

/** Counts one more reading without these mentions. */
export async function markMentionsMissing(db: Db, ids: MentionId[]): Promise<void> {
  await db.query(missing, [ids]);
}

const forgetMissing = sql`
  delete from mention where missing_count >= $1 and initiative_id is null and cluster_id is null
`;

/** Forgets mentions that were missing often and belong to no effort. */
export async function pruneMentions(db: Db, missingMin: number): Promise<number> {
  return (await db.query(forgetMissing, [missingMin])).rowCount ?? 0;
}

const membersById = sql`
  select id, mention, match, initiative_id, cluster_id from mention where id = any($1::text[]) order by id
`;

/** Some mentions, with the entry or the cluster they are in. */
export async function listMentions(
  db: Db,
  ids: MentionId[],
): Promise<
  {
    id: MentionId;
    mention: Mention;
    match: Match;
    initiativeId: InitiativeId | undefined;
    clusterId: ClusterId | undefined;
  }[]
> {
  if (ids.length === 0) return [];
  const { rows } = await db.query(membersById, [ids]);
  return rows.map((row) => ({
    id: row.id,
    mention: row.mention,
    match: row.match,
    initiativeId: row.initiative_id ?? undefined,
    clusterId: row.cluster_id ?? undefined,
  }));
}

const toldNames = sql`
  select distinct initiative_id as id, told.name
  from mention, lateral (
    select mention.mention ->> 'name' as name
    union all select jsonb_array_elements_text(mention.mention -> 'aliases')
  ) told
  where initiative_id is not null and missing_count = 0 and mention.mention ->> 'role' <> 'listing'
  order by 1, 2
`;

/** What pages that tell of entries call them, whatever the catalog calls them. */
export async function listToldNames(db: Db): Promise<{ id: InitiativeId; name: string }[]> {
  return (await db.query(toldNames)).rows;
}

const saveMatches = sql`
  update mention set match = read.match, initiative_id = read.initiative_id, knowledge_version = $4,
    cluster_id = case when read.initiative_id is null then mention.cluster_id end
  from unnest($1::text[], $2::jsonb[], $3::text[]) as read(id, match, initiative_id)
  where mention.id = read.id
`;

/** Writes matches made again, after the catalog gained entries or somebody judged. */
export async function saveMentionMatches(
  db: Db,
  matches: { id: MentionId; match: Match; initiativeId: InitiativeId | undefined }[],
  knowledgeVersion: string,
): Promise<void> {
  if (matches.length === 0) return;
  await db.query(saveMatches, [
    matches.map((m) => m.id),
    matches.map((m) => JSON.stringify(m.match)),
    matches.map((m) => m.initiativeId ?? null),
    knowledgeVersion,
  ]);
}

const ofInitiative = sql`
  select mention.*, page.url, page.kind, page.dates, page.first_seen_at as page_first_seen_at, page.visited_at, page.id as page_id,
    source.id as source_id, source.kind as source_kind, source.name as source_name,
    (select min(run.started_at) from run where run.source_id = source.id) as watched_since
  from mention join page on page.id = mention.page_id join source on source.id = page.source_id
  where mention.initiative_id = $1 order by mention.id
`;

/** All mentions of an entry, as review wants them. */
export async function listMentionsOfInitiative(db: Db, id: InitiativeId): Promise<KnownMention[]> {
  return (await db.query(ofInitiative, [id])).rows.map(toKnownMention);
}

const ofCluster = sql`
  select mention.*, page.url, page.kind, page.dates, page.first_seen_at as page_first_seen_at, page.visited_at, page.id as page_id,
    source.id as source_id, source.kind as source_kind, source.name as source_name,
    (select min(run.started_at) from run where run.source_id = source.id) as watched_since
  from mention join page on page.id = mention.page_id join source on source.id = page.source_id
  where mention.cluster_id = $1 and mention.initiative_id is null order by mention.id
`;

/** All mentions of a cluster, as review wants them. */
export async function listMentionsOfCluster(db: Db, id: ClusterId): Promise<KnownMention[]> {
  return (await db.query(ofCluster, [id])).rows.map(toKnownMention);
}

const settle = sql`
  with settled as (
    update mention set baseline = mention
    where id = any($1::text[]) and baseline is distinct from mention returning page_id, snapshot_id
  )
  update page set accepted_snapshot_id = settled.snapshot_id from settled where page.id = settled.page_id
`;

/** What these mentions say now becomes what later words are held against. */
export async function settleMentions(db: Db, ids: MentionId[]): Promise<void> {
  if (ids.length > 0) await db.query(settle, [ids]);
}

const moveToInitiative = sql`
  update mention set initiative_id = $2, cluster_id = null where cluster_id = $1 returning id
`;

/** Hands the mentions of a cluster to the entry it became. */
export async function moveClusterMentions(
  db: Db,
  clusterId: ClusterId,
  initiativeId: InitiativeId,
): Promise<MentionId[]> {
  const { rows } = await db.query(moveToInitiative, [clusterId, initiativeId]);
  return rows.map((row) => row.id);
}

const moveBetween = sql`
  update mention set initiative_id = $2 where initiative_id = $1 and ($3::text[] is null or id = any($3::text[]))
  returning id
`;

/** Hands mentions of one entry to another, all or the named ones; returns which. */
export async function moveMentions(
  db: Db,
  from: InitiativeId,
  to: InitiativeId,
  ids?: MentionId[],
): Promise<MentionId[]> {
  const { rows } = await db.query(moveBetween, [from, to, ids ?? null]);
  return rows.map((row) => row.id);
}

const amongThem = sql`select count(*)::int as n from mention where initiative_id = $1 and id = any($2::text[])`;

/** How many of some mentions an entry has. */
export async function countMentionsAmong(
  db: Db,
  id: InitiativeId,
  ids: MentionId[],
): Promise<number> {
  return (await db.query(amongThem, [id, ids])).rows[0].n;
}

const release = sql`update mention set initiative_id = null, regroup = true where id = any($1::text[])`;

/** Takes mentions out of their entries: they are about no entry until they are placed again. */
export async function releaseMentions(db: Db, ids: MentionId[]): Promise<void> {
  await db.query(release, [ids]);
}

const placeWith = sql`
  update mention set initiative_id = $1, cluster_id = null where id = any($2::text[])
`;

/** Hands mentions to an entry, wherever they are now. */
export async function placeMentionsWith(db: Db, id: InitiativeId, ids: MentionId[]): Promise<void> {
  await db.query(placeWith, [id, ids]);
}

const backToCluster = sql`
  update mention set initiative_id = null, cluster_id = $2 where initiative_id = $1
`;

/** Hands all mentions of an entry back to a cluster, when the decision that made it is undone. */
export async function returnMentionsToCluster(
  db: Db,
  from: InitiativeId,
  to: ClusterId,
): Promise<void> {
  await db.query(backToCluster, [from, to]);
}

const ownUrls = sql`
  select distinct mention ->> 'url' as url from mention
  where mention ->> 'url' is not null and missing_count = 0
    and (initiative_id is not null or (mention -> 'relevance' ->> 'score')::float >= $1)
  order by 1
`;

/** Addresses that mentions of known or relevant efforts give as their own. */
export async function listMentionedUrls(db: Db, relevanceMin: number): Promise<string[]> {
  return (await db.query(ownUrls, [relevanceMin])).rows.map((row) => row.url);
}

const namedBy = sql`
  select count(distinct other.initiative_id)::int as n
  from mention own
  join mention other on other.page_id = own.page_id and other.initiative_id is not null
  where own.cluster_id = $1 and other.mention ->> 'role' in ('own', 'detail')
`;

/** On how many entries' own pages a cluster is named. */
export async function countNamedBy(db: Db, id: ClusterId): Promise<number> {
  return (await db.query(namedBy, [id])).rows[0].n;
}

// biome-ignore lint/suspicious/noExplicitAny: a row of two joined tables, shaped right below.
const toKnownMention = (row: any): KnownMention => ({
  id: row.id,
  mention: row.mention,
  baseline: row.baseline ?? undefined,
  page: {
    id: row.page_id,
    url: row.url,
    kind: (row.kind ?? "none") as PageKind,
    dates: row.dates as TypedDate[],
    snapshotId: row.snapshot_id,
    readerVersion: row.reader_version,
    firstSeenAt: row.page_first_seen_at,
    visitedAt: row.visited_at,
  },
  source: {
    id: row.source_id as SourceId,
    kind: row.source_kind as SourceKind,
    name: row.source_name,
    ...(row.watched_since && { watchedSince: row.watched_since }),
  },
  firstSeenAt: row.first_seen_at,
  changedAt: row.changed_at,
  missingCount: row.missing_count,
  match: row.match,
});
