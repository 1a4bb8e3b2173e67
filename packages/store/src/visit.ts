import type { ObservedOutcome, PageId, RunId, SnapshotId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

export type Visit = {
  pageId: PageId;
  runId: RunId;
  at: Date;
  outcome: string;
  status: number | undefined;
  error: string | undefined;
  location: string | undefined;
  bodyBytes: number | undefined;
  /** Bytes of the body as they came over the wire; headers are not in it. */
  wireBytes: number | undefined;
  tookMs: number;
  snapshotId: SnapshotId | undefined;
  /** Whether the main text differs from the visit before. */
  changed: boolean;
  /** Whether what came was made by a browser from what was sent. */
  rendered: boolean;
  /** The headers of an answer that brought a new snapshot. */
  headers: Record<string, string> | undefined;
};

const insertVisits = sql`
  insert into visit (page_id, run_id, at, outcome, status, error, location, body_bytes, wire_bytes, took_ms, snapshot_id,
    changed, rendered, headers)
  select "pageId", "runId", at, outcome, status, error, location, "bodyBytes", "wireBytes", "tookMs", "snapshotId",
    changed, rendered, headers
  from json_to_recordset($1) as v("pageId" text, "runId" text, at timestamptz, outcome text, status int, error text,
    location text, "bodyBytes" int, "wireBytes" int, "tookMs" int, "snapshotId" text, changed boolean, rendered boolean,
    headers jsonb)
`;

/** Adds visits to the history of their pages. */
export async function addVisits(db: Db, visits: Visit[]): Promise<void> {
  await db.query(insertVisits, [toJson(visits)]);
}

const outcomesOf = sql`
  select visit.*, page.url from visit join page on page.id = visit.page_id
  where page_id = any($1::text[])
  order by page_id, visit.at desc, visit.id desc limit 400
`;

/** How some pages answered, newest visit first. */
export async function listOutcomes(
  db: Db,
  pageIds: PageId[],
): Promise<Map<PageId, ObservedOutcome[]>> {
  const { rows } = await db.query(outcomesOf, [pageIds]);
  const byPage = new Map<PageId, ObservedOutcome[]>();
  for (const row of rows) {
    const outcomes = byPage.get(row.page_id) ?? [];
    outcomes.push({
      url: row.url,
      outcome: row.outcome,
      at: (row.at as Date).toISOString(),
      ...(row.status && { status: row.status }),
      ...(row.error && { error: row.error }),
      ...(row.location && { location: row.location }),
    });
    byPage.set(row.page_id, outcomes);
  }
  return byPage;
}

const lastLocation = sql`
  select location from visit where page_id = $1 order by at desc, id desc limit 1
`;

/** Whether the last visit of a page was led on to an address. */
export async function leadsTo(db: Db, pageId: PageId, url: string): Promise<boolean> {
  return (await db.query(lastLocation, [pageId])).rows[0]?.location === url;
}

const visitsOfRun = sql`
  select visit.*, page.url from visit join page on page.id = visit.page_id
  where run_id = $1 order by visit.id desc limit $2
`;

/** The newest visits of a run, with their addresses. */
export async function listVisits(
  db: Db,
  runId: RunId,
  limit = 500,
): Promise<
  {
    url: string;
    at: Date;
    outcome: string;
    status: number | undefined;
    error: string | undefined;
    changed: boolean;
    tookMs: number;
  }[]
> {
  const { rows } = await db.query(visitsOfRun, [runId, limit]);
  return rows.map((row) => ({
    url: row.url,
    at: row.at,
    outcome: row.outcome,
    status: row.status ?? undefined,
    error: row.error ?? undefined,
    changed: row.changed,
    tookMs: row.took_ms,
  }));
}

const oldVisits = sql`
  delete from visit where at < $1
    and id not in (select max(id) from visit group by page_id)
`;

/** Forgets visits before a date, keeping the newest of each page. */
export async function pruneVisits(db: Db, before: Date): Promise<number> {
  return (await db.query(oldVisits, [before])).rowCount ?? 0;
}
