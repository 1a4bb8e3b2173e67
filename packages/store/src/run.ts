import type { RunId, SourceId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";

export type RunState = "visiting" | "reviewing" | "confirming" | "finished";
export type Run = {
  id: RunId;
  sourceId: SourceId;
  trigger: "schedule" | "operator" | "found";
  who: string | undefined;
  slot: string;
  delayMs: number | undefined;
  state: RunState;
  confirmed: boolean;
  planned: boolean;
  startedAt: Date;
  finishedAt: Date | undefined;
  /** Pages visited so far. */
  visited: number;
  /** The archive that is the web for this run. */
  archive: string | undefined;
  counts: Record<string, number>;
  /** What the run did not have to do, by `SavedWork`; filled in when it is finished. */
  saved: Partial<SavedWork>;
  outcome: "ok" | "partial" | "failed" | undefined;
  setAsideBecause: string | undefined;
};

/** What a night was spared, and what it cost. */
export type SavedWork = {
  /** Answered with 304: nothing was sent. */
  notModified: number;
  /** Sent again, byte for byte the same: not read. */
  sameBytes: number;
  /** Other bytes, the same words for people. */
  sameText: number;
  /** Due, but called unchanged by the site's own lists, and not asked. */
  spared: number;
  /** Known pages that were not due. */
  notDue: number;
  /** Shown through a browser. */
  rendered: number;
  /** Bytes of bodies over the wire. */
  bytes: number;
  /** Bytes of the bodies that pages answered with 304 did not send. */
  bytesSaved: number;
};

const insertRun = sql`
  insert into run (id, source_id, trigger, who, slot, delay_ms, started_at, archive)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict do nothing
`;

/**
 * Opens a run of a source. Two schedulers that open the same slot open one run (rule R12), and a source
 * has at most one open run. Returns whether this call opened it.
 */
export async function openRun(
  db: Db,
  run: Pick<Run, "id" | "sourceId" | "trigger" | "who" | "slot" | "delayMs" | "startedAt"> & {
    archive?: string | undefined;
  },
): Promise<boolean> {
  const { rowCount } = await db.query(insertRun, [
    run.id,
    run.sourceId,
    run.trigger,
    run.who ?? null,
    run.slot,
    run.delayMs ?? null,
    run.startedAt,
    run.archive ?? null,
  ]);
  return rowCount === 1;
}

const takeOver = sql`
  update run set trigger = 'operator', who = $2 where source_id = $1 and state = 'visiting' and trigger = 'schedule'
  returning id
`;

/** Makes the nightly run of a source that is still visiting one that an operator asked for; its id, if there is one. */
export async function takeOverRun(
  db: Db,
  sourceId: SourceId,
  who: string | undefined,
): Promise<RunId | undefined> {
  return (await db.query<{ id: RunId }>(takeOver, [sourceId, who ?? null])).rows[0]?.id;
}

const runById = sql`select * from run where id = $1`;

/** The run of an id, if there is one. */
export async function findRun(db: Db, id: string): Promise<Run | undefined> {
  const { rows } = await db.query<RunRow>(runById, [id]);
  return rows[0] && toRun(rows[0]);
}

const openRuns = sql`select * from run where state <> 'finished' order by id`;

/** Runs that are not finished. */
export async function listOpenRuns(db: Db): Promise<Run[]> {
  const { rows } = await db.query<RunRow>(openRuns);
  return rows.map(toRun);
}

const newestRuns = sql`
  select * from run where $1::text is null or source_id = $1
  order by started_at desc, source_id, id desc limit $2
`;

/** The newest runs, of one source or of all. */
export async function listRuns(
  db: Db,
  { sourceId, limit = 200 }: { sourceId?: string | undefined; limit?: number } = {},
): Promise<Run[]> {
  const { rows } = await db.query<RunRow>(newestRuns, [sourceId ?? null, limit]);
  return rows.map(toRun);
}

const lastRuns = sql`select distinct on (source_id) * from run order by source_id, started_at desc, id desc`;

/** The newest run of every source. */
export async function listLastRuns(db: Db): Promise<Run[]> {
  const { rows } = await db.query<RunRow>(lastRuns);
  return rows.map(toRun);
}

const markPlanned = sql`update run set planned = true where id = $1`;

/** Marks a run whose first pages are in the frontier. */
export async function saveRunPlanned(db: Db, id: RunId): Promise<void> {
  await db.query(markPlanned, [id]);
}

const moveRuns = sql`
  update run set state = $2, confirmed = confirmed or $2 = 'confirming'
  where id = any($1::text[]) and state <> 'finished'
`;

/** Moves open runs to their next state. */
export async function moveRunsTo(db: Db, ids: RunId[], state: RunState): Promise<void> {
  await db.query(moveRuns, [ids, state]);
}

const finish = sql`
  update run set state = 'finished', finished_at = $2,
    counts = coalesce((select jsonb_object_agg(outcome, n)
      from (select outcome, count(*) n from visit where run_id = run.id group by outcome) c), '{}')
      || jsonb_build_object('changedPages', (select count(*) from visit where run_id = run.id and changed)),
    saved = (
      select jsonb_build_object(
        'notModified', count(*) filter (where v.status = 304),
        'sameBytes', count(*) filter (where v.outcome = 'unchanged' and v.status is distinct from 304),
        'sameText', count(*) filter (where v.outcome = 'fetched' and not v.changed and v.snapshot_id is not null),
        'spared', run.spared,
        'notDue', greatest(0, (select count(*) from page where page.source_id = run.source_id) - count(distinct v.page_id) - run.spared),
        'rendered', count(*) filter (where v.rendered),
        'bytes', coalesce(sum(v.wire_bytes), 0),
        'bytesSaved', coalesce(sum(page.body_bytes) filter (where v.status = 304), 0))
      from visit v join page on page.id = v.page_id where v.run_id = run.id),
    outcome = case
      when set_aside_because is not null then 'failed'
      when not exists (select from visit where run_id = run.id and outcome in ('fetched', 'unchanged')) then 'failed'
      when exists (select from visit where run_id = run.id and outcome in ('broken', 'blocked', 'refused', 'too-large')) then 'partial'
      else 'ok' end
  where id = any($1::text[]) and state <> 'finished'
`;

/** Closes runs, counting what their visits came to. */
export async function finishRuns(db: Db, ids: RunId[], now: Date): Promise<void> {
  await db.query(finish, [ids, now]);
}

const setAside = sql`update run set set_aside_because = $2 where id = $1`;

/** Sets a run aside for good, with the reason. */
export async function setRunAside(db: Db, id: RunId, because: string): Promise<void> {
  await db.query(setAside, [id, because]);
}

const overdue = sql`
  with late as (select id from run where state <> 'finished' and deadline_at < now())
  update page set wanted_by = null, wanted_because = null from late where page.wanted_by = late.id
  returning late.id
`;

/** Drops what runs past their deadline still want, so that they can finish; names those runs. */
export async function cutOverdueRuns(db: Db): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>(overdue);
  return [...new Set(rows.map((row) => row.id))];
}

const addVisited = sql`
  update run set visited = visited + given.n
  from (select * from json_to_recordset($1) as g(id text, n int) order by id) given
  where run.id = given.id
  returning run.id, run.visited
`;

/** Counts visits towards the budgets of their runs; returns how many each has made by now. */
export async function countTowardsRuns(
  db: Db,
  visits: { id: RunId; n: number }[],
): Promise<Map<RunId, number>> {
  const { rows } = await db.query(addVisited, [toJson(visits)]);
  return new Map(rows.map((row) => [row.id, row.visited]));
}

const finishStuck = sql`
  update run set state = 'finished', finished_at = $1, outcome = 'failed',
    set_aside_because = coalesce(set_aside_because, 'it did not come to its end within two hours after its deadline')
  where state <> 'finished' and deadline_at < now() - interval '2 hours'
  returning id, source_id
`;

/** Ends runs that stayed open long after their deadline; whatever they hold up must not wait for ever. */
export async function finishStuckRuns(
  db: Db,
  now: Date,
): Promise<{ id: RunId; sourceId: SourceId }[]> {
  return (await db.query(finishStuck, [now])).rows.map((row) => ({
    id: row.id,
    sourceId: row.source_id,
  }));
}

const lock = sql`select pg_advisory_xact_lock(7208002)`;

/** Lets one worker at a time move runs on; held until the transaction ends. */
export async function lockRuns(db: Db): Promise<void> {
  await db.query(lock);
}

type RunRow = {
  id: string;
  source_id: string;
  trigger: Run["trigger"];
  who: string | null;
  slot: string;
  delay_ms: number | null;
  state: RunState;
  confirmed: boolean;
  planned: boolean;
  started_at: Date;
  finished_at: Date | null;
  visited: number;
  archive: string | null;
  counts: Record<string, number>;
  saved: Partial<SavedWork>;
  outcome: Run["outcome"] | null;
  set_aside_because: string | null;
};

const toRun = (row: RunRow): Run => ({
  id: row.id as RunId,
  sourceId: row.source_id as SourceId,
  trigger: row.trigger,
  who: row.who ?? undefined,
  slot: row.slot,
  delayMs: row.delay_ms ?? undefined,
  state: row.state,
  confirmed: row.confirmed,
  planned: row.planned,
  startedAt: row.started_at,
  finishedAt: row.finished_at ?? undefined,
  visited: row.visited,
  archive: row.archive ?? undefined,
  counts: row.counts,
  saved: row.saved,
  outcome: row.outcome ?? undefined,
  setAsideBecause: row.set_aside_because ?? undefined,
});
