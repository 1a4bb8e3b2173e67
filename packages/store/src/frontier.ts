import type { HostId, PageId, RunId, SourceId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";
import { type Page, type PageRow, toPage, type WantedBecause } from "./page.ts";

/*
 * The frontier is no table of its own: a page is in it while a run wants it (`page.wanted_by`).
 */

const insertPages = sql`
  insert into page (id, source_id, host_id, url, purpose, depth, wanted_by, wanted_because, first_seen_at)
  select id, $1, host_id, url, purpose, depth, $2, because, $3
  from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::int[], $9::text[])
    as found(id, host_id, url, purpose, depth, because)
  order by id
  on conflict do nothing
`;

/**
 * Adds addresses that are not known yet, wanted by a run. Returns how many were new. Rows go in by id and
 * every unique index may find the conflict, so that two visits that found the same pages do not lock each
 * other out.
 */
export async function addPages(
  db: Db,
  {
    sourceId,
    runId,
    now,
    pages,
  }: {
    sourceId: SourceId;
    runId: RunId;
    now: Date;
    pages: {
      id: PageId;
      hostId: HostId;
      url: string;
      purpose: Page["purpose"];
      depth: number;
      because: WantedBecause;
    }[];
  },
): Promise<number> {
  const { rowCount } = await db.query(insertPages, [
    sourceId,
    runId,
    now,
    pages.map((page) => page.id),
    pages.map((page) => page.hostId),
    pages.map((page) => page.url),
    pages.map((page) => page.purpose),
    pages.map((page) => page.depth),
    pages.map((page) => page.because),
  ]);
  return rowCount ?? 0;
}

const wantAll = sql`
  update page set wanted_by = $2, wanted_because = 'due', tries = 0, not_before = now()
  where source_id = $1 and wanted_by is null
`;

/** Wants every page of a source, due or not. */
export async function wantAllPages(db: Db, sourceId: SourceId, runId: RunId): Promise<void> {
  await db.query(wantAll, [sourceId, runId]);
}

const wantDue = sql`
  update page set wanted_by = $2, wanted_because = 'due', tries = 0, not_before = now()
  where source_id = $1 and wanted_by is null and (next_fetch_at is null or next_fetch_at <= $3)
`;

/** Wants the pages of a source that are due. */
export async function wantDuePages(
  db: Db,
  sourceId: SourceId,
  runId: RunId,
  now: Date,
): Promise<void> {
  await db.query(wantDue, [sourceId, runId, now]);
}

const wantPagesQuery = sql`
  update page set wanted_by = run.id, wanted_because = $3, tries = 0, not_before = now()
  from run
  where page.id = any($1::text[]) and page.wanted_by is null
    and run.id = any($2::text[]) and run.source_id = page.source_id and run.state <> 'finished'
`;

/** Wants some pages once more, each by the open run of its source. Returns how many. */
export async function wantPages(
  db: Db,
  ids: PageId[],
  runIds: RunId[],
  because: WantedBecause,
): Promise<number> {
  return (await db.query(wantPagesQuery, [ids, runIds, because])).rowCount ?? 0;
}

const nextWanted = sql`
  select page.* from page
  where host_id = $1 and wanted_by is not null and not_before <= now()
  order by purpose desc, depth, url limit $2
`;

/** The pages of a host that runs want now: sitemaps first, then by depth and address. */
export async function listWantedPages(db: Db, hostId: HostId, limit: number): Promise<Page[]> {
  const { rows } = await db.query<PageRow>(nextWanted, [hostId, limit]);
  return rows.map(toPage);
}

const putOff = sql`
  update page set tries = tries + 1, not_before = now() + $2 * interval '1 ms' where id = $1
`;

/** Leaves a page wanted, to be tried again later in the same run. */
export async function putOffPage(db: Db, id: PageId, waitMs: number): Promise<void> {
  await db.query(putOff, [id, waitMs]);
}

const dropWanted = sql`
  update page set wanted_by = null, wanted_because = null where host_id = $1 and wanted_by is not null
  returning id, wanted_by, url, source_id
`;

/** Gives up, for this run, all pages of a host that will not be visited any more. */
export async function dropWantedPages(db: Db, hostId: HostId): Promise<PageId[]> {
  const { rows } = await db.query<{ id: string }>(dropWanted, [hostId]);
  return rows.map((row) => row.id as PageId);
}

const dropOfRun = sql`update page set wanted_by = null, wanted_because = null where wanted_by = $1`;

/** Ends the visiting of a run that has used up its budget; returns how many pages were cut off. */
export async function dropRunPages(db: Db, runId: RunId): Promise<number> {
  return (await db.query(dropOfRun, [runId])).rowCount ?? 0;
}

const countWork = sql`
  select
    (select count(*) from page where wanted_by is not null)::int as wanted,
    (select count(*) from page where snapshot_id is distinct from read_snapshot_id and set_aside_because is null)::int as unread
`;

/** How much visiting and reading is still to be done. */
export async function countOpenWork(db: Db): Promise<{ wanted: number; unread: number }> {
  const { rows } = await db.query<{ wanted: number; unread: number }>(countWork);
  return rows[0]!;
}
