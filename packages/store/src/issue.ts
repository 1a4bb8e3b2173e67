import type { Issue, PageId, RunId, SnapshotId, SourceId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const clear = sql`delete from issue where page_id = $1`;
const insertIssues = sql`
  insert into issue (page_id, code, message, snapshot_id, at)
  select $1, code, message, $2, $3 from unnest($4::text[], $5::text[]) as given(code, message)
  on conflict do nothing
`;

/** Replaces the issues of a page by those of its newest reading. */
export async function saveIssues(
  db: Db,
  pageId: PageId,
  { issues, snapshotId, now }: { issues: Issue[]; snapshotId: SnapshotId; now: Date },
): Promise<void> {
  await db.query(clear, [pageId]);
  if (issues.length === 0) return;
  await db.query(insertIssues, [
    pageId,
    snapshotId,
    now,
    issues.map((issue) => issue.code),
    issues.map((issue) => issue.message),
  ]);
}

const ofSource = sql`
  select page.url, issue.code, issue.message from issue join page on page.id = issue.page_id
  where page.source_id = $1 order by page.url, issue.code limit 500
`;

/** What the pages of a source did wrong. */
export async function listIssues(
  db: Db,
  sourceId: SourceId,
): Promise<{ url: string; code: string; message: string }[]> {
  return (await db.query(ofSource, [sourceId])).rows;
}

const openIncidentQuery = sql`
  insert into incident (source_id, run_id, code, message, at) values ($1, $2, $3, $4, $5)
  on conflict (source_id, code) where closed_at is null do update set run_id = excluded.run_id, message = excluded.message
`;

/** Opens an incident of a source; one of the same code that is open goes on, with the newest word of it. */
export async function openIncident(
  db: Db,
  incident: {
    sourceId: SourceId;
    runId: RunId | undefined;
    code: string;
    message: string;
    now: Date;
  },
): Promise<void> {
  await db.query(openIncidentQuery, [
    incident.sourceId,
    incident.runId ?? null,
    incident.code,
    incident.message,
    incident.now,
  ]);
}

const close = sql`
  update incident set closed_at = $3 where source_id = $1 and code = $2 and closed_at is null
`;

/** Closes an incident whose cause has gone. */
export async function closeIncident(
  db: Db,
  sourceId: SourceId,
  code: string,
  now: Date,
): Promise<void> {
  await db.query(close, [sourceId, code, now]);
}

const closeHealed = sql`
  update incident set closed_at = $3
  where source_id = $1 and closed_at is null and run_id is distinct from $2
    and (code in ('budget', 'crawl-delay', 'stuck', 'walled') or (code = 'no-browser'
      and not exists (select from page where page.source_id = $1 and page.outcome = 'shell')))
`;

/** Closes the incidents of a source that its newest run did not meet again. */
export async function closeHealedIncidents(
  db: Db,
  sourceId: SourceId,
  { runId, now }: { runId: RunId; now: Date },
): Promise<void> {
  await db.query(closeHealed, [sourceId, runId, now]);
}

const open = sql`select * from incident where closed_at is null order by at desc, id desc`;

/** Incidents that are open. */
export async function listIncidents(
  db: Db,
): Promise<{ sourceId: SourceId; code: string; message: string; at: Date }[]> {
  return (await db.query(open)).rows.map((row) => ({
    sourceId: row.source_id,
    code: row.code,
    message: row.message,
    at: row.at,
  }));
}
