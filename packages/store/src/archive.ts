import type { HostId, PageId, SnapshotId, SourceId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/*
 * What an archive is made from, in the order in which it is written. Everything comes in batches, so that no more
 * than one of them is in memory.
 */

/** A visit as an archive tells it. */
export type ArchivedVisit = {
  id: number;
  pageId: PageId;
  at: Date;
  outcome: string;
  status: number | undefined;
  location: string | undefined;
  tookMs: number;
  snapshotId: SnapshotId | undefined;
  rendered: boolean;
  headers: Record<string, string> | undefined;
};

const visitsCounted = sql`
  select count(*)::int as n, max(visit.at) as newest_at
  from visit join page on page.id = visit.page_id
  where page.source_id = any($1::text[]) and ($2::timestamptz is null or visit.at >= $2)
`;

/** How many visits of some sources there are since a date, and when the newest was made. */
export async function countArchivedVisits(
  db: Db,
  sourceIds: SourceId[],
  since: Date | undefined,
): Promise<{ n: number; newestAt: Date | undefined }> {
  const { rows } = await db.query(visitsCounted, [sourceIds, since ?? null]);
  return { n: rows[0].n, newestAt: rows[0].newest_at ?? undefined };
}

const pagesAfter = sql`
  select id, url, snapshot_id from page
  where source_id = any($1::text[]) and url > $2 and visited_at is not null
  order by url limit $3
`;

/** The next visited pages of some sources, by address. */
export async function listArchivedPages(
  db: Db,
  { sourceIds, after, limit }: { sourceIds: SourceId[]; after: string; limit: number },
): Promise<{ id: PageId; url: string; snapshotId: SnapshotId | undefined }[]> {
  const { rows } = await db.query(pagesAfter, [sourceIds, after, limit]);
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    snapshotId: row.snapshot_id ?? undefined,
  }));
}

const visitsSince = sql`
  select visit.id, page_id, at, outcome, status, location, took_ms, snapshot_id, rendered, headers from visit
  where page_id = any($1::text[])
    and ($2::timestamptz is null or at >= $2 or visit.id = (
      select earlier.id from visit earlier
      where earlier.page_id = visit.page_id and earlier.snapshot_id is not null and earlier.at < $2
      order by earlier.at desc, earlier.id desc limit 1))
  order by page_id, at, visit.id
`;

/**
 * The visits of some pages since a date, oldest first, and before them the last that brought a snapshot
 * earlier: what later ones found unchanged.
 */
export async function listArchivedVisits(
  db: Db,
  pageIds: PageId[],
  since: Date | undefined,
): Promise<Map<PageId, ArchivedVisit[]>> {
  const { rows } = await db.query(visitsSince, [pageIds, since ?? null]);
  const byPage = new Map<PageId, ArchivedVisit[]>();
  for (const row of rows) {
    const visits = byPage.get(row.page_id) ?? [];
    byPage.set(row.page_id, visits);
    visits.push({
      id: row.id,
      pageId: row.page_id,
      at: row.at,
      outcome: row.outcome,
      status: row.status ?? undefined,
      location: row.location ?? undefined,
      tookMs: row.took_ms ?? 0,
      snapshotId: row.snapshot_id ?? undefined,
      rendered: row.rendered,
      headers: row.headers ?? undefined,
    });
  }
  return byPage;
}

const robotsAfter = sql`
  select host.id, host.robots, coalesce(host.robots_good_at, host.robots_fetched_at) as at,
    array_agg(distinct split_part(page.url, ':', 1)) as schemes
  from host join page on page.host_id = host.id
  where page.source_id = any($1::text[]) and page.visited_at is not null and host.id > $2
    and host.robots <> '' and host.robots_fetched_at is not null
  group by host.id order by host.id limit $3
`;

/** The next robots.txt files that are kept of the hosts of some sources, by host. */
export async function listArchivedRobots(
  db: Db,
  { sourceIds, after, limit }: { sourceIds: SourceId[]; after: string; limit: number },
): Promise<{ hostId: HostId; text: string; at: Date; schemes: string[] }[]> {
  const { rows } = await db.query(robotsAfter, [sourceIds, after, limit]);
  return rows.map((row) => ({
    hostId: row.id,
    text: row.robots,
    at: row.at,
    schemes: row.schemes.toSorted(),
  }));
}
