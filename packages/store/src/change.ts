import type {
  Change,
  ChangeId,
  ChangeState,
  InitiativeId,
  KnownEffort,
  ProposedChange,
} from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const changesOfInitiative = sql`select * from change where initiative_id = $1 order by id`;
const changesOfCluster = sql`select * from change where cluster_id = $1 order by id`;

/** All changes ever proposed for an effort. */
export async function listChangesOf(
  db: Db,
  effort: KnownEffort["effort"],
): Promise<StoredChange[]> {
  const { rows } =
    "initiativeId" in effort
      ? await db.query(changesOfInitiative, [effort.initiativeId])
      : await db.query(changesOfCluster, [effort.clusterId]);
  return rows.map(toChange);
}

/** A change with whether a second fetch has confirmed it. */
export type StoredChange = Change & { confirmed: boolean };

const insertChange = sql`
  insert into change (id, kind, initiative_id, cluster_id, fingerprint, state, proposal, priority, proposed_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  on conflict (id) do nothing
`;

/** Adds a change to the queue. */
export async function addChange(
  db: Db,
  effort: KnownEffort["effort"],
  change: ProposedChange & { id: ChangeId; state: ChangeState; now: Date },
): Promise<void> {
  const { id, state, now, ...proposal } = change;
  await db.query(insertChange, [
    id,
    change.kind,
    "initiativeId" in effort ? effort.initiativeId : null,
    "clusterId" in effort ? effort.clusterId : null,
    change.fingerprint,
    state,
    JSON.stringify(proposal),
    change.priority,
    now,
  ]);
}

const rewrite = sql`
  update change set proposal = $2, priority = $3, state = $4, confirmed = $5,
    version = version + case when proposal = $2::jsonb and state = $4 then 0 else 1 end,
    proposed_at = case when state in ('withdrawn') then $6 else proposed_at end
  where id = $1 and state in ('confirming', 'open', 'withdrawn')
`;

/** Writes an undecided change anew: other evidence, another state. */
export async function saveProposal(
  db: Db,
  change: ProposedChange & { id: ChangeId; state: ChangeState; confirmed: boolean; now: Date },
): Promise<void> {
  const { id, state, confirmed, now, ...proposal } = change;
  await db.query(rewrite, [id, JSON.stringify(proposal), change.priority, state, confirmed, now]);
}

const setState = sql`
  update change set state = $2, decided_at = $3, version = version + 1 where id = $1
`;

/** Moves a change to another state. */
export async function saveChangeState(
  db: Db,
  id: ChangeId,
  state: ChangeState,
  decidedAt: Date | undefined,
): Promise<void> {
  await db.query(setState, [id, state, decidedAt ?? null]);
}

const withdrawOf = sql`
  update change set state = 'withdrawn', version = version + 1
  where state in ('open', 'confirming') and id <> $2
    and (initiative_id = $1 or (kind = 'duplicate' and proposal -> 'other' ->> 'id' = $1))
  returning id
`;

/** Withdraws what waits for an entry, or for a pair with it, but for one change; returns what. */
export async function withdrawChangesOf(
  db: Db,
  id: InitiativeId,
  but: ChangeId,
): Promise<ChangeId[]> {
  const { rows } = await db.query<{ id: ChangeId }>(withdrawOf, [id, but]);
  return rows.map((row) => row.id).sort();
}

const bringBack = sql`
  update change set state = case when jsonb_array_length(proposal -> 'confirmBy') > 0 and not confirmed then 'confirming' else 'open' end,
    version = version + 1
  where state = 'withdrawn' and id = any($1::text[])
`;

/** Brings changes back that were withdrawn when their entry was merged. */
export async function bringChangesBack(db: Db, ids: ChangeId[]): Promise<void> {
  if (ids.length > 0) await db.query(bringBack, [ids]);
}

const changeById = sql`select * from change where id = $1`;

/** The change of an id, if there is one. */
export async function findChange(db: Db, id: string): Promise<StoredChange | undefined> {
  const { rows } = await db.query(changeById, [id]);
  return rows[0] && toChange(rows[0]);
}

const lock = sql`select * from change where id = $1 for update`;

/** Locks a change for the rest of the transaction. */
export async function lockChange(db: Db, id: ChangeId): Promise<StoredChange | undefined> {
  const { rows } = await db.query(lock, [id]);
  return rows[0] && toChange(rows[0]);
}

const listQuery = sql`
  select * from change
  where state = any($1::text[]) and ($2::text is null or kind = $2) and ($3::text is null or proposal ->> 'title' ilike '%' || $3 || '%')
  order by priority desc, id limit $4 offset $5
`;

/** Changes in some states, the most pressing first. */
export async function listChanges(
  db: Db,
  {
    states = ["open"],
    kind,
    title,
    limit = 100_000,
    offset = 0,
  }: {
    states?: ChangeState[];
    kind?: string | undefined;
    title?: string | undefined;
    limit?: number;
    offset?: number;
  } = {},
): Promise<StoredChange[]> {
  const { rows } = await db.query(listQuery, [
    states,
    kind ?? null,
    title ? title.replace(/[\\%_]/g, "\\$&") : null,
    limit,
    offset,
  ]);
  return rows.map(toChange);
}

const queueQuery = sql`
  select *, count(*) over ()::int as total from change
  where state = 'open' and ($1::text is null or kind = $1)
    and ($2::text is null or proposal ->> 'title' ilike '%' || $2 || '%')
    and ($3::text is null or exists (
      select from jsonb_array_elements(proposal -> 'evidence') e
      join page on page.id = e ->> 'pageId' or page.url = e ->> 'url' where page.source_id = $3))
  order by priority desc, id limit $4 offset $5
`;

/** One page of the queue, the most pressing first, narrowed by kind, title and where the evidence is from. */
export async function listQueue(
  db: Db,
  {
    kind,
    title,
    sourceId,
    limit,
    offset,
  }: {
    kind?: string | undefined;
    title?: string | undefined;
    sourceId?: string | undefined;
    limit: number;
    offset: number;
  },
): Promise<{ changes: StoredChange[]; total: number }> {
  const { rows } = await db.query(queueQuery, [
    kind ?? null,
    title ? title.replace(/[\\%_]/g, "\\$&") : null,
    sourceId ?? null,
    limit,
    offset,
  ]);
  return { changes: rows.map(toChange), total: rows[0]?.total ?? 0 };
}

const openCount = sql`select count(*)::int as n from change where state = 'open'`;

/** How many changes wait for a curator. */
export async function countOpenChanges(db: Db): Promise<number> {
  return (await db.query(openCount)).rows[0].n;
}

const proposedSince = sql`
  select kind, count(*)::int as n from change
  where proposed_at >= $1 and state <> 'confirming' group by kind order by kind
`;

/** How many changes were proposed since a moment, by kind. */
export async function countProposedSince(
  db: Db,
  since: Date,
): Promise<{ kind: Change["kind"]; n: number }[]> {
  return (await db.query(proposedSince, [since])).rows;
}

const counts = sql`select kind, state, count(*)::int as n from change group by kind, state order by kind, state`;

/** How many changes there are by kind and state. */
export async function countChanges(
  db: Db,
): Promise<{ kind: Change["kind"]; state: ChangeState; n: number }[]> {
  return (await db.query(counts)).rows;
}

const toConfirm = sql`select id, initiative_id, cluster_id, proposal -> 'confirmBy' as pages from change where state = 'confirming' order by id`;

/** Changes that a second fetch must confirm, with the pages to fetch. */
export async function listConfirming(db: Db): Promise<
  {
    id: ChangeId;
    initiativeId: string | undefined;
    clusterId: string | undefined;
    pages: string[];
  }[]
> {
  return (await db.query(toConfirm)).rows.map((row) => ({
    id: row.id,
    initiativeId: row.initiative_id ?? undefined,
    clusterId: row.cluster_id ?? undefined,
    pages: row.pages,
  }));
}

const confirmShown = sql`
  update change set confirmed = true
  where state = 'confirming' and id = any($1::text[]) and not exists (
    select from jsonb_array_elements_text(proposal -> 'confirmBy') as asked(page_id)
    cross join lateral (
      select outcome, status from visit where visit.page_id = asked.page_id order by visit.id desc limit 1
    ) newest
    where newest.outcome = 'broken' or (newest.outcome = 'refused' and newest.status is null)
      or exists (select from page where page.id = asked.page_id and page.held_snapshot_id = page.snapshot_id))
  returning id, initiative_id, cluster_id
`;

/**
 * Marks those of some changes whose pages have all answered a second time: the next review decides on them.
 * A page that could not be had, or whose reading is held back, shows nothing; its change waits for another night. Returns what was marked.
 */
export async function markConfirmed(
  db: Db,
  ids: ChangeId[],
): Promise<{ initiativeId: string | undefined; clusterId: string | undefined }[]> {
  return (await db.query(confirmShown, [ids])).rows.map((row) => ({
    initiativeId: row.initiative_id ?? undefined,
    clusterId: row.cluster_id ?? undefined,
  }));
}

// biome-ignore lint/suspicious/noExplicitAny: the proposal was parsed when it was made.
const toChange = (row: any): StoredChange => ({
  ...(row.proposal as ProposedChange),
  id: row.id,
  initiativeId: row.initiative_id,
  clusterId: row.cluster_id,
  state: row.state,
  version: row.version,
  confirmed: row.confirmed,
  proposedAt: row.proposed_at,
  decidedAt: row.decided_at,
});
