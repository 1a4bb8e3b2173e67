import type { RunId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

/** Addresses that a run did not follow, for one reason. */
export type CutOff = { reason: string; times: number; example: string };

const add = sql`
  insert into cut_off (run_id, reason, times, example)
  select $1, reason, times, example from json_to_recordset($2) as c(reason text, times int, example text)
  order by reason
  on conflict (run_id, reason) do update set times = cut_off.times + excluded.times
`;

/** Adds to what a run left alone, by reason; the first example of a reason stays. */
export async function addCutOffs(db: Db, runId: RunId, cutOffs: CutOff[]): Promise<void> {
  if (cutOffs.length > 0) await db.query(add, [runId, toJson(cutOffs)]);
}

const ofRuns = sql`
  select run_id, reason, times, example from cut_off where run_id = any($1::text[]) order by times desc, reason
`;

/** What runs left alone and why, the most frequent reason first. */
export async function listCutOffs(db: Db, runIds: RunId[]): Promise<Map<RunId, CutOff[]>> {
  const byRun = new Map<RunId, CutOff[]>();
  for (const { run_id, ...cutOff } of (await db.query(ofRuns, [runIds])).rows) {
    byRun.set(run_id, [...(byRun.get(run_id) ?? []), cutOff]);
  }
  return byRun;
}
