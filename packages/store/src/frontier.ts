import type { HostId, PageId, RunId, SourceId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";
import { type Page, type PageRow, toPage, type WantedBecause } from "./page.ts";

/*
 * The frontier is no table of its own: a page is in it while a run wants it (`page.wanted_by`).
 */

const insertPages = sql`
  insert into page (id, source_id, host_id, url, purpose, depth, hops, template, wanted_by, wanted_because, first_seen_at)
  select id, $1, "hostId", url, purpose, depth, hops, template, $2, because, $3
  from json_to_recordset($4) as found(id text, "hostId" text, url text, purpose text, depth int, hops int, template text, because text)
  order by id
  on conflict do nothing
`;

/** An address that was found, as the frontier takes it. */
export type FoundPage = Pick<Page, "id" | "hostId" | "url" | "purpose" | "depth" | "hops"> & {
  template: string;
  because: WantedBecause;
};

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
  }: { sourceId: SourceId; runId: RunId; now: Date; pages: FoundPage[] },
): Promise<number> {
  const { rowCount } = await db.query(insertPages, [sourceId, runId, now, toJson(pages)]);
  return rowCount ?? 0;
}

const markListed = sql`
  update page set listed_at = found.at,
    next_fetch_at = case when $4 and found.at > page.visited_at then least(page.next_fetch_at, found.at) else page.next_fetch_at end,
    wanted_by = case when page.wanted_by is null and $4 and found.at > page.visited_at then $2 else page.wanted_by end,
    wanted_because = case when page.wanted_by is null and $4 and found.at > page.visited_at then 'listed' else page.wanted_because end
  from json_to_recordset($3) as found(id text, at timestamptz)
  where page.id = found.id and page.source_id = $1 and page.listed_at is distinct from found.at
`;

/**
 * Writes when a site's own lists say that known pages last changed. Where that is after their last visit,
 * the run wants them, due or not, unless the lists of the site are known to lie; they are due then, so that a
 * run which ends before it gets there leaves them to the next.
 */
export async function saveListed(
  db: Db,
  {
    sourceId,
    runId,
    listed,
    trusted,
  }: {
    sourceId: SourceId;
    runId: RunId;
    listed: { id: PageId; at: Date }[];
    trusted: boolean;
  },
): Promise<void> {
  await db.query(markListed, [sourceId, runId, toJson(listed), trusted]);
}

const spare = sql`
  with spared as (
    update page set wanted_by = null, wanted_because = null,
      next_fetch_at = $3::timestamptz + interval_hours * interval '1 hour'
    from host
    where page.wanted_by = $1 and page.wanted_because = 'due' and page.purpose = 'page' and page.host_id = $2 and host.id = $2
      and page.listed_at <= page.visited_at and page.failures = 0
      and host.listed_checked >= 5 and host.listed_lied * 50 <= host.listed_checked
      and not exists (select from page list where list.wanted_by = $1 and list.host_id = $2 and list.purpose = 'sitemap')
      and page.visited_at > $3::timestamptz - interval '30 days'
      and abs(hashtext(page.id || $3::date)) % 20 <> 0
    returning page.id
  )
  update run set spared = spared + (select count(*) from spared) where id = $1
`;

/**
 * Lets a run pass over pages of a host that are due but that the site's lists call unchanged, where these
 * lists have been right so far and none of them is still to be asked. A sample of one in twenty is visited all the same, so that a list that
 * begins to lie is found out.
 */
export async function sparePages(
  db: Db,
  runId: RunId,
  { hostId, now }: { hostId: HostId; now: Date },
): Promise<void> {
  await db.query(spare, [runId, hostId, now]);
}

const wantAll = sql`
  update page set wanted_by = $2, wanted_because = 'due', tries = 0, not_before = now()
  where source_id = $1 and wanted_by is null
    and not (purpose = 'sitemap' and failures > 0 and next_fetch_at > $3)
`;

/** Wants every page of a source, due or not; of its lists those alone that were there, or are due to be tried again. */
export async function wantAllPages(
  db: Db,
  sourceId: SourceId,
  runId: RunId,
  now: Date,
): Promise<void> {
  await db.query(wantAll, [sourceId, runId, now]);
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
  select page.* from page join run on run.id = page.wanted_by
  where page.host_id = $1 and page.wanted_by is not null and page.not_before <= now()
    and page.needs_browser = $3 and run.archive is not distinct from $4
  order by page.purpose desc, page.depth, page.url limit $2
`;

/**
 * The pages of a host that runs want now, sitemaps first, then by depth and address: those that are read
 * as they are sent, or those that need a browser; of runs on the web, or of runs on one archive.
 */
export async function listWantedPages(
  db: Db,
  hostId: HostId,
  { limit, browser, archive }: { limit: number; browser: boolean; archive: string | undefined },
): Promise<Page[]> {
  const { rows } = await db.query<PageRow>(nextWanted, [hostId, limit, browser, archive ?? null]);
  return rows.map(toPage);
}

const leaveToBrowser = sql`update page set needs_browser = true where id = any($1::text[])`;

/** Leaves wanted pages to the workers that have a browser. */
export async function leavePagesToBrowser(db: Db, ids: PageId[]): Promise<void> {
  await db.query(leaveToBrowser, [ids]);
}

const dropTemplates = sql`
  update page set wanted_by = null, wanted_because = null
  where source_id = $1 and template = any($2::text[]) and wanted_by is not null and wanted_because in ('link', 'sitemap', 'listed')
  returning url
`;

/** Gives up, for this run, pages of kinds that bring nothing new; returns their addresses. */
export async function dropTemplatePages(
  db: Db,
  sourceId: SourceId,
  templates: string[],
): Promise<string[]> {
  return (await db.query(dropTemplates, [sourceId, templates])).rows.map((row) => row.url);
}

const yields = sql`
  select template, count(*)::int as pages, count(distinct shape_hash)::int as shapes
  from page where source_id = $1 and template = any($2::text[]) and shape_hash is not null
  group by template
`;

/** How many pages of some kinds were read, and how many of them differ in more than numbers. */
export async function listYields(
  db: Db,
  sourceId: SourceId,
  templates: string[],
): Promise<{ template: string; pages: number; shapes: number }[]> {
  return (await db.query(yields, [sourceId, templates])).rows;
}

const putOff = sql`
  update page set tries = tries + 1, not_before = now() + $2 * interval '1 ms' where id = $1
`;

/** Leaves a page wanted, to be tried again later in the same run. */
export async function putOffPage(db: Db, id: PageId, waitMs: number): Promise<void> {
  await db.query(putOff, [id, waitMs]);
}

const dropWanted = sql`
  with wanted as (
    select page.id, wanted_by from page join run on run.id = page.wanted_by
    where host_id = $1 and run.archive is not distinct from $2 order by page.id for update of page)
  update page set wanted_by = null, wanted_because = null from wanted where page.id = wanted.id
  returning page.id, wanted.wanted_by
`;

/** Gives up all pages of a host that will not be visited any more; returns them with the runs they were wanted by. */
export async function dropWantedPages(
  db: Db,
  hostId: HostId,
  archive: string | undefined,
): Promise<{ id: PageId; runId: RunId }[]> {
  const { rows } = await db.query<{ id: PageId; wanted_by: RunId }>(dropWanted, [
    hostId,
    archive ?? null,
  ]);
  return rows.map((row) => ({ id: row.id, runId: row.wanted_by }));
}

const dropOfRun = sql`
  update page set wanted_by = null, wanted_because = null where wanted_by = $1 returning url
`;

/** Ends the visiting of a run that has used up its budget; returns the addresses that were cut off. */
export async function dropRunPages(db: Db, runId: RunId): Promise<string[]> {
  return (await db.query(dropOfRun, [runId])).rows.map((row) => row.url);
}

const countWork = sql`
  select
    (select count(*) from page where wanted_by is not null)::int as wanted,
    (select count(*) from page where unread and set_aside_because is null)::int as unread
`;

/** How much visiting and reading is still to be done. */
export async function countOpenWork(db: Db): Promise<{ wanted: number; unread: number }> {
  const { rows } = await db.query<{ wanted: number; unread: number }>(countWork);
  return rows[0]!;
}

const addressesLike = sql`
  select url from page where source_id = $1 and starts_with(template, $2) order by id limit $3
`;

/** Known addresses of a source whose kind begins with a template's first part. */
export async function listAddresses(
  db: Db,
  sourceId: SourceId,
  { template, limit }: { template: string; limit: number },
): Promise<string[]> {
  return (await db.query(addressesLike, [sourceId, template, limit])).rows.map((row) => row.url);
}

const anyWork = sql`
  select exists (select from page where wanted_by is not null)
    or exists (select from page where unread and set_aside_because is null) as any
`;

/** Whether anything is still to be visited or read. */
export async function hasOpenWork(db: Db): Promise<boolean> {
  return (await db.query<{ any: boolean }>(anyWork)).rows[0]!.any;
}
