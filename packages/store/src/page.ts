import type { HostId, PageId, RunId, SnapshotId, SourceId, TypedDate } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

export type WantedBecause =
  | "seed"
  | "link"
  | "sitemap"
  | "listed"
  | "due"
  | "moved"
  | "named"
  | "confirm";

/** An address of a source, with all that the next visit and the next reading need to know. */
export type Page = {
  id: PageId;
  sourceId: SourceId;
  hostId: HostId;
  url: string;
  purpose: "page" | "sitemap";
  depth: number;
  /** Redirects in a row that led to it. */
  hops: number;
  /** What its address is like: learnt things are shared by pages of one template. */
  template: string;
  wantedBy: RunId | undefined;
  wantedBecause: WantedBecause | undefined;
  tries: number;
  intervalHours: number;
  etag: string | undefined;
  lastModified: string | undefined;
  bodyHash: string | undefined;
  textHash: string | undefined;
  textLength: number | undefined;
  shapeHash: string | undefined;
  bodyBytes: number | undefined;
  /** When it was last fetched whole, without validators. */
  fetchedWholeAt: Date | undefined;
  /** When the site's own lists say it last changed. */
  listedAt: Date | undefined;
  changesSeen: number;
  daysWatched: number;
  needsBrowser: boolean;
  failures: number;
  outcome: string | undefined;
  movedTo: string | undefined;
  visitedAt: Date | undefined;
  firstSeenAt: Date;
  snapshotId: SnapshotId | undefined;
  readSnapshotId: SnapshotId | undefined;
  readerVersion: string | undefined;
  /** The recipe it was last read with. */
  recipeVersion: number | undefined;
  /** The snapshot that was current when something on it was last settled. */
  acceptedSnapshotId: SnapshotId | undefined;
  /** Its newest snapshot has not been read, or is to be read again. */
  unread: boolean;
  kind: string | undefined;
  title: string | undefined;
  dates: TypedDate[];
  readFailures: number;
  setAsideBecause: string | undefined;
};

const pageById = sql`select * from page where id = $1`;

/** The page of an id, if there is one. */
export async function findPage(db: Db, id: PageId): Promise<Page | undefined> {
  const { rows } = await db.query<PageRow>(pageById, [id]);
  return rows[0] && toPage(rows[0]);
}

const pageByUrl = sql`select * from page where url = $1`;

/** The page of an address, if it is known. */
export async function findPageByUrl(db: Db, url: string): Promise<Page | undefined> {
  const { rows } = await db.query<PageRow>(pageByUrl, [url]);
  return rows[0] && toPage(rows[0]);
}

const pagesOfSource = sql`select * from page where source_id = $1 order by url limit $2`;

/** Pages of a source, by address. */
export async function listPages(db: Db, sourceId: SourceId, limit = 5000): Promise<Page[]> {
  const { rows } = await db.query<PageRow>(pagesOfSource, [sourceId, limit]);
  return rows.map(toPage);
}

const pageCounts = sql`
  select source_id, count(*)::int as pages, count(*) filter (where failures > 0)::int as failing
  from page where purpose = 'page' group by source_id
`;

/** How many pages each source has, and how many failed at their last visit; sitemaps are no pages here. */
export async function countPages(
  db: Db,
): Promise<Map<SourceId, { pages: number; failing: number }>> {
  const { rows } = await db.query(pageCounts);
  return new Map(rows.map((row) => [row.source_id, { pages: row.pages, failing: row.failing }]));
}

const writeVisited = sql`
  update page set wanted_by = null, wanted_because = null, tries = 0, visited_at = v."visitedAt", outcome = v.outcome,
    next_fetch_at = v."nextFetchAt", interval_hours = v."intervalHours", failures = v.failures, moved_to = v."movedTo",
    etag = v.etag, last_modified = v."lastModified", body_hash = v."bodyHash", text_hash = v."textHash",
    text_length = v."textLength", shape_hash = v."shapeHash", body_bytes = v."bodyBytes",
    fetched_whole_at = v."fetchedWholeAt", changes_seen = v."changesSeen", days_watched = v."daysWatched",
    needs_browser = v."needsBrowser", snapshot_id = v."snapshotId",
    set_aside_because = case when snapshot_id is distinct from v."snapshotId" then null else set_aside_because end,
    read_failures = case when snapshot_id is distinct from v."snapshotId" then 0 else read_failures end
  from json_to_recordset($1) as v(id text, "visitedAt" timestamptz, outcome text, "nextFetchAt" timestamptz,
    "intervalHours" int, failures int, "movedTo" text, etag text, "lastModified" text, "bodyHash" text, "textHash" text,
    "textLength" int, "shapeHash" text, "bodyBytes" int, "fetchedWholeAt" timestamptz, "changesSeen" real,
    "daysWatched" real, "needsBrowser" boolean, "snapshotId" text)
  where page.id = v.id
`;

/** What a visit made of a page. */
export type VisitedPage = Pick<
  Page,
  | "id"
  | "failures"
  | "intervalHours"
  | "movedTo"
  | "etag"
  | "lastModified"
  | "bodyHash"
  | "textHash"
  | "textLength"
  | "shapeHash"
  | "bodyBytes"
  | "fetchedWholeAt"
  | "changesSeen"
  | "daysWatched"
  | "needsBrowser"
  | "snapshotId"
> & { visitedAt: Date; outcome: string; nextFetchAt: Date };

/** Writes what visits made of their pages; each page once in a call. */
export async function saveVisitedPages(db: Db, pages: VisitedPage[]): Promise<void> {
  await db.query(writeVisited, [toJson(pages)]);
}

const setAside = sql`update page set set_aside_because = $2 where id = $1`;

/** Sets a page aside: its snapshot is not read again until it changes. */
export async function setPageAside(db: Db, id: PageId, because: string): Promise<void> {
  await db.query(setAside, [id, because]);
}

const pagesUnder = sql`
  select id, url, dates, snapshot_id, read_snapshot_id, outcome, moved_to, visited_at from page
  where host_id = any($1::text[]) and (url like $2 or url like $3)
  order by url limit 500
`;

/** Pages of some hosts under a path, with the dates they bear: an effort's own site. */
export async function listPagesUnder(
  db: Db,
  { hostIds, prefixes }: { hostIds: string[]; prefixes: [string, string] },
): Promise<
  {
    id: PageId;
    url: string;
    dates: TypedDate[];
    snapshotId: SnapshotId | undefined;
    outcome: string | undefined;
    movedTo: string | undefined;
  }[]
> {
  const { rows } = await db.query<PageRow>(pagesUnder, [
    hostIds,
    `${escapeLike(prefixes[0])}%`,
    `${escapeLike(prefixes[1])}%`,
  ]);
  return rows.map((row) => ({
    id: row.id as PageId,
    url: row.url,
    dates: row.dates,
    snapshotId: (row.read_snapshot_id ?? undefined) as SnapshotId | undefined,
    outcome: row.outcome ?? undefined,
    movedTo: row.moved_to ?? undefined,
  }));
}

const movedAddresses = sql`
  select distinct page.moved_to as url from page
  join initiative_value v on v.field = 'url' and v.replaced_at is null and rtrim(v.value #>> '{}', '/') = rtrim(page.url, '/')
  where page.moved_to is not null order by 1
`;

/** Where the pages at entries' own addresses have moved to. */
export async function listMovedAddresses(db: Db): Promise<string[]> {
  return (await db.query(movedAddresses)).rows.map((row) => row.url);
}

const escapeLike = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

/** A row of the table, as Postgres gives it. */
export type PageRow = {
  id: string;
  source_id: string;
  host_id: string;
  url: string;
  purpose: Page["purpose"];
  depth: number;
  hops: number;
  template: string;
  wanted_by: string | null;
  wanted_because: string | null;
  tries: number;
  interval_hours: number;
  etag: string | null;
  last_modified: string | null;
  body_hash: string | null;
  text_hash: string | null;
  text_length: number | null;
  shape_hash: string | null;
  body_bytes: number | null;
  fetched_whole_at: Date | null;
  listed_at: Date | null;
  changes_seen: number;
  days_watched: number;
  needs_browser: boolean;
  failures: number;
  outcome: string | null;
  moved_to: string | null;
  visited_at: Date | null;
  first_seen_at: Date;
  snapshot_id: string | null;
  read_snapshot_id: string | null;
  reader_version: string | null;
  recipe_version: number | null;
  accepted_snapshot_id: string | null;
  unread: boolean;
  kind: string | null;
  title: string | null;
  dates: TypedDate[];
  read_failures: number;
  set_aside_because: string | null;
};

export const toPage = (row: PageRow): Page => ({
  id: row.id as PageId,
  sourceId: row.source_id as SourceId,
  hostId: row.host_id as HostId,
  url: row.url,
  purpose: row.purpose,
  depth: row.depth,
  hops: row.hops,
  template: row.template,
  wantedBy: (row.wanted_by ?? undefined) as RunId | undefined,
  wantedBecause: (row.wanted_because ?? undefined) as WantedBecause | undefined,
  tries: row.tries,
  intervalHours: row.interval_hours,
  etag: row.etag ?? undefined,
  lastModified: row.last_modified ?? undefined,
  bodyHash: row.body_hash ?? undefined,
  textHash: row.text_hash ?? undefined,
  textLength: row.text_length ?? undefined,
  shapeHash: row.shape_hash ?? undefined,
  bodyBytes: row.body_bytes ?? undefined,
  fetchedWholeAt: row.fetched_whole_at ?? undefined,
  listedAt: row.listed_at ?? undefined,
  changesSeen: row.changes_seen,
  daysWatched: row.days_watched,
  needsBrowser: row.needs_browser,
  failures: row.failures,
  outcome: row.outcome ?? undefined,
  movedTo: row.moved_to ?? undefined,
  visitedAt: row.visited_at ?? undefined,
  firstSeenAt: row.first_seen_at,
  snapshotId: (row.snapshot_id ?? undefined) as SnapshotId | undefined,
  readSnapshotId: (row.read_snapshot_id ?? undefined) as SnapshotId | undefined,
  readerVersion: row.reader_version ?? undefined,
  recipeVersion: row.recipe_version ?? undefined,
  acceptedSnapshotId: (row.accepted_snapshot_id ?? undefined) as SnapshotId | undefined,
  unread: row.unread,
  kind: row.kind ?? undefined,
  title: row.title ?? undefined,
  dates: row.dates,
  readFailures: row.read_failures,
  setAsideBecause: row.set_aside_because ?? undefined,
});
