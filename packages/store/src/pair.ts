import type { InitiativeId, Match, Mention, MentionId, PageId, SnapshotId } from "@waymark/domain";
import { InitiativeValues } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** What a pair may be found to be; what is plainly two efforts is no pair. */
export const pairVerdicts = ["unsure", "related", "same"] as const;
export type PairVerdict = (typeof pairVerdicts)[number];

/** Two that may be one, as a comparison leaves it: an entry, and another entry or a mention. */
export type FoundPair = {
  id: string;
  initiativeId: InitiativeId;
  other: { initiativeId: InitiativeId } | { mentionId: MentionId };
  match: Match & { verdict: PairVerdict };
  knowledgeVersion: string;
  fingerprint: string;
};

/** One side of a pair as people are shown it. */
export type PairSide = { id: InitiativeId; values: InitiativeValues };

/** A pair that waits, with both sides as they stand now. */
export type StoredPair = {
  id: string;
  entry: PairSide;
  other:
    | PairSide
    | { id: MentionId; mention: Mention; url: string; pageId: PageId; snapshotId: SnapshotId };
  match: Match & { verdict: PairVerdict };
  firstSeenAt: Date;
  /** How many mentions on pages tell of its entries now. */
  mentions: number;
};

const upsertPairs = sql`
  insert into pair (id, initiative_id, other_id, mention_id, verdict, score, match, knowledge_version, fingerprint, first_seen_at)
  select id, initiative_id, other_id, mention_id, match ->> 'verdict', (match ->> 'score')::float, match, knowledge_version, fingerprint, $8
  from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::jsonb[], $6::text[], $7::text[])
    as found(id, initiative_id, other_id, mention_id, match, knowledge_version, fingerprint)
  on conflict (id) do update
    set verdict = excluded.verdict, score = excluded.score, match = excluded.match,
        knowledge_version = excluded.knowledge_version, fingerprint = excluded.fingerprint
`;

async function upsert(db: Db, pairs: FoundPair[], now: Date): Promise<void> {
  if (pairs.length === 0) return;
  await db.query(upsertPairs, [
    pairs.map(({ id }) => id),
    pairs.map(({ initiativeId }) => initiativeId),
    pairs.map(({ other }) => ("initiativeId" in other ? other.initiativeId : null)),
    pairs.map(({ other }) => ("mentionId" in other ? other.mentionId : null)),
    pairs.map(({ match }) => JSON.stringify(match)),
    pairs.map(({ knowledgeVersion }) => knowledgeVersion),
    pairs.map(({ fingerprint }) => fingerprint),
    now,
  ]);
}

const dropOfEntries = sql`
  delete from pair where other_id is not null and (initiative_id = any($1::text[]) or other_id = any($1::text[]))
    and id <> all($2::text[])
`;
const saveCompared = sql`
  update initiative set compared_version = compared.version
  from unnest($1::text[], $2::integer[]) as compared(id, version) where initiative.id = compared.id
`;

/** Writes all pairs of some entries, and that these were compared at the given versions; their other pairs are gone. */
export async function savePairsOfEntries(
  db: Db,
  compared: { id: InitiativeId; version: number }[],
  pairs: FoundPair[],
  now: Date,
): Promise<void> {
  await db.query(dropOfEntries, [compared.map(({ id }) => id), pairs.map(({ id }) => id)]);
  await upsert(db, pairs, now);
  await db.query(saveCompared, [
    compared.map(({ id }) => id),
    compared.map(({ version }) => version),
  ]);
}

const dropOfMentions = sql`
  delete from pair where mention_id = any($1::text[]) and id <> all($2::text[])
`;

/** Writes all pairs of some mentions with entries; their other pairs are gone. */
export async function savePairsOfMentions(
  db: Db,
  ids: MentionId[],
  pairs: FoundPair[],
  now: Date,
): Promise<void> {
  await db.query(dropOfMentions, [ids, pairs.map(({ id }) => id)]);
  await upsert(db, pairs, now);
}

const pairedMentions = sql`
  select mention_id as id from pair where mention_id is not null and initiative_id = any($1::text[])
`;

/** The mentions that make a pair with one of some entries. */
export async function listPairedMentions(db: Db, ids: InitiativeId[]): Promise<Set<MentionId>> {
  const { rows } = await db.query<{ id: MentionId }>(pairedMentions, [ids]);
  return new Set(rows.map(({ id }) => id));
}

const matchOfPair = sql`
  select match from pair where initiative_id in ($1, $2)
    and (initiative_id, coalesce(other_id, mention_id)) in (($1, $2), ($2, $1))
`;

/** What the matcher last said of a pair, whichever of its sides comes first; undefined where it made none. */
export async function findPairMatch(
  db: Db,
  one: InitiativeId | MentionId,
  other: InitiativeId | MentionId,
): Promise<Match | undefined> {
  return (await db.query<{ match: Match }>(matchOfPair, [one, other])).rows[0]?.match;
}

const uncompared = sql`
  select initiative.id, initiative.version, v.values
  from initiative
  join lateral (select jsonb_object_agg(field, value) as values from initiative_value
    where initiative_id = initiative.id and replaced_at is null) v on v.values is not null
  where merged_into is null and compared_version is distinct from version and id > $1
  order by id limit $2
`;

/** Entries that are due to be compared with the others, by id, from the one after `after`. */
export async function listUncompared(
  db: Db,
  { after, limit }: { after: string; limit: number },
): Promise<(PairSide & { version: number })[]> {
  const { rows } = await db.query(uncompared, [after, limit]);
  return rows.map(({ id, version, values }) => ({
    id,
    version,
    values: InitiativeValues.parse(values),
  }));
}

const uncomparedCount = sql`
  select count(*)::int as n from initiative where merged_into is null and compared_version is distinct from version
`;

/** How many entries are due to be compared. */
export async function countUncompared(db: Db): Promise<number> {
  return (await db.query(uncomparedCount)).rows[0].n;
}

const forgetCompared = sql`update initiative set compared_version = null where merged_into is null`;

/** Makes every entry due to be compared again. */
export async function markAllUncompared(db: Db): Promise<void> {
  await db.query(forgetCompared);
}

const partners = sql`
  select case when pair.initiative_id = given.id then pair.other_id else pair.initiative_id end as partner, given.id
  from unnest($1::text[]) as given(id)
  join pair on pair.other_id is not null and (pair.initiative_id = given.id or pair.other_id = given.id)
`;

/** The entries that some entries make pairs with as far as is known, by entry. */
export async function listPartners(
  db: Db,
  ids: InitiativeId[],
): Promise<Map<InitiativeId, InitiativeId[]>> {
  const { rows } = await db.query<{ id: InitiativeId; partner: InitiativeId }>(partners, [ids]);
  const found = new Map<InitiativeId, InitiativeId[]>();
  for (const { id, partner } of rows) found.set(id, [...(found.get(id) ?? []), partner]);
  return found;
}

const waiting = sql`
  with chosen as (
    select id, initiative_id, other_id, mention_id, match, first_seen_at, mentions, priority, count(*) over ()::int as total
    from waiting_pair pair
    where ($1::text is null or verdict = $1) and ($2::text is null or id = $2)
      and ($3::text is null or ($3 = 'mention') = (mention_id is not null))
      and ($4::text is null
        or exists (select from initiative_value v where v.initiative_id in (pair.initiative_id, pair.other_id)
          and field = 'name' and replaced_at is null and value #>> '{}' ilike '%' || $4 || '%')
        or exists (select from mention where mention.id = pair.mention_id and mention.mention ->> 'name' ilike '%' || $4 || '%'))
    order by priority desc, id limit $5 offset $6
  )
  select chosen.*, mention.mention, mention.page_id, mention.snapshot_id, page.url,
    (select jsonb_object_agg(field, value) from initiative_value v
      where v.initiative_id = chosen.initiative_id and replaced_at is null) as entry_values,
    (select jsonb_object_agg(field, value) from initiative_value v
      where v.initiative_id = chosen.other_id and replaced_at is null) as other_values
  from chosen left join mention on mention.id = chosen.mention_id left join page on page.id = mention.page_id
  order by priority desc, id
`;

/**
 * The pairs that wait for a judgement: the most doubtful and most important first, where doubt is how near
 * the score is to even odds, and importance grows with the number of mentions that tell of the entries.
 */
export async function listPairs(
  db: Db,
  {
    verdict,
    id,
    name,
    of,
    limit = 100_000,
    offset = 0,
  }: {
    verdict?: PairVerdict | undefined;
    id?: string | undefined;
    /** What the name of one of the two holds. */
    name?: string | undefined;
    of?: "entry" | "mention" | undefined;
    limit?: number;
    offset?: number;
  } = {},
): Promise<{ pairs: StoredPair[]; total: number }> {
  const { rows } = await db.query(waiting, [
    verdict ?? null,
    id ?? null,
    of ?? null,
    name ? name.replace(/[\\%_]/g, "\\$&") : null,
    limit,
    offset,
  ]);
  return { pairs: rows.map(toPair), total: rows[0]?.total ?? 0 };
}

const waitingCounts = sql`select verdict, count(*)::int as n from waiting_pair group by verdict`;

/** How many pairs of each verdict wait. */
export async function countPairs(db: Db): Promise<{ [verdict in PairVerdict]: number }> {
  const { rows } = await db.query<{ verdict: PairVerdict; n: number }>(waitingCounts);
  const counts = { unsure: 0, related: 0, same: 0 };
  for (const { verdict, n } of rows) counts[verdict] = n;
  return counts;
}

// biome-ignore lint/suspicious/noExplicitAny: a row of joined tables, shaped right below.
const toPair = (row: any): StoredPair => ({
  id: row.id,
  entry: { id: row.initiative_id, values: InitiativeValues.parse(row.entry_values) },
  other: row.mention_id
    ? {
        id: row.mention_id,
        mention: row.mention,
        url: row.url,
        pageId: row.page_id,
        snapshotId: row.snapshot_id,
      }
    : { id: row.other_id, values: InitiativeValues.parse(row.other_values) },
  match: row.match,
  firstSeenAt: row.first_seen_at,
  mentions: row.mentions,
});
