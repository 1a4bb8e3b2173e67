import { type Db, sql } from "./db.ts";
import type { RunState } from "./run.ts";

const progress = sql`
  select run.id, run.source_id, run.state,
    run.visited,
    (select count(*) from page where page.wanted_by = run.id)::int as wanted,
    (select count(*) from page where page.source_id = run.source_id and page.unread and page.set_aside_because is null)::int as unread
  from run where run.id = any($1::text[]) order by run.id
`;

/** How far runs are: pages visited, still wanted, fetched but not read. */
export async function listProgress(
  db: Db,
  ids: string[],
): Promise<
  {
    id: string;
    sourceId: string;
    state: RunState;
    visited: number;
    wanted: number;
    unread: number;
  }[]
> {
  const { rows } = await db.query(progress, [ids]);
  return rows.map((row) => ({
    id: row.id,
    sourceId: row.source_id,
    state: row.state,
    visited: row.visited,
    wanted: row.wanted,
    unread: row.unread,
  }));
}
