import type { PageId, SnapshotId, TypedDate } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const readAsOther = sql`
  update page set read_snapshot_id = page.snapshot_id, same_as = first.id
  from page first
  where page.id = any($1::text[]) and page.read_snapshot_id is null and page.snapshot_id is not null
    and first.id = (
      select one.id from page one
      where one.snapshot_id = page.snapshot_id and one.source_id = page.source_id
        and one.same_as is null and one.set_aside_because is null and one.outcome in ('fetched', 'unchanged')
      order by one.read_snapshot_id is distinct from one.snapshot_id, one.depth, one.url limit 1)
    and first.id <> page.id
  returning page.id, page.url, first.url as first
`;

/**
 * Marks pages that were never read and bring the very bytes of another page of their source: the same page
 * under a second address, which is not read again. Of those that came together, the one nearest to the
 * front page is read. A page that has gone or moved stands for no other. Returns the others with the address
 * of the first.
 */
export async function markSamePages(
  db: Db,
  ids: PageId[],
): Promise<{ id: PageId; url: string; first: string }[]> {
  return (await db.query(readAsOther, [ids])).rows;
}

const partTwins = sql`
  update page set same_as = null, read_snapshot_id = null where same_as = any($1::text[]) returning id
`;

/** Parts pages from those that stood for them and do no more: they are to be read themselves. Returns their ids. */
export async function partSamePages(db: Db, firsts: PageId[]): Promise<PageId[]> {
  return (await db.query(partTwins, [firsts])).rows.map((row) => row.id);
}

const unread = sql`
  select id, greatest(0, extract(epoch from read_not_before - now()) * 1000)::int as wait_ms
  from page
  where unread and set_aside_because is null
  order by id limit 100000
`;

/** Pages whose newest snapshot has not been read, or is to be read again. */
export async function listUnreadPages(db: Db): Promise<{ id: PageId; waitMs: number }[]> {
  const { rows } = await db.query<{ id: string; wait_ms: number }>(unread);
  return rows.map((row) => ({ id: row.id as PageId, waitMs: row.wait_ms }));
}

const writeRead = sql`
  update page set read_snapshot_id = $2, reader_version = $3, kind = $4, title = $5, language = $6, dates = $7, read_failures = 0,
    recipe_version = $8, held_snapshot_id = null,
    read_again = $8 is distinct from (select recipe_version from source where source.id = page.source_id)
  where id = $1 and snapshot_id = $2
`;

/**
 * Writes that a snapshot was read; false when the page has moved on to another snapshot (the fence). Where its
 * source got another recipe meanwhile it is to be read again.
 */
export async function saveReadPage(
  db: Db,
  page: {
    id: PageId;
    snapshotId: SnapshotId;
    readerVersion: string;
    recipeVersion: number | undefined;
    kind: string;
    title: string | undefined;
    language: string | undefined;
    dates: TypedDate[];
  },
): Promise<boolean> {
  const { rowCount } = await db.query(writeRead, [
    page.id,
    page.snapshotId,
    page.readerVersion,
    page.kind,
    page.title ?? null,
    page.language ?? null,
    JSON.stringify(page.dates),
    page.recipeVersion ?? null,
  ]);
  return rowCount === 1;
}

const readFailed = sql`
  update page set read_failures = read_failures + 1, read_not_before = now() + $3 * interval '1 ms'
  where id = $1 and snapshot_id = $2 returning read_failures
`;

/** Counts a reading that failed; returns how often it has by now. */
export async function saveReadFailure(
  db: Db,
  id: PageId,
  snapshotId: SnapshotId,
  waitMs: number,
): Promise<number> {
  const { rows } = await db.query<{ read_failures: number }>(readFailed, [id, snapshotId, waitMs]);
  return rows[0]?.read_failures ?? 0;
}
