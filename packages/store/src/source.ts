import type { Source, SourceFile, SourceId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

type SourceRow = {
  id: string;
  name: string;
  kind: string;
  seeds: string[];
  scope: string[];
  delay_ms: number;
  pages_max: number;
  run_at: string;
  time_zone: string;
  interval_min_hours: number;
  interval_max_hours: number;
  render: string;
  politeness_group: string | null;
  paused: boolean;
  origin: string;
  next_run_at: Date | null;
};

/** A source with when its schedule rings next. */
export type StoredSource = Source & { nextRunAt: Date | undefined };

const sourceById = sql`select * from source where id = $1`;

/** The source of an id, if there is one. */
export async function findSource(db: Db, id: string): Promise<StoredSource | undefined> {
  const { rows } = await db.query<SourceRow>(sourceById, [id]);
  return rows[0] && toSource(rows[0]);
}

const allSources = sql`select * from source order by origin desc, id`;

/** Every source: those an operator listed first, then the sites that were found. */
export async function listSources(db: Db): Promise<StoredSource[]> {
  const { rows } = await db.query<SourceRow>(allSources);
  return rows.map(toSource);
}

const upsertSource = sql`
  insert into source (id, name, kind, seeds, scope, delay_ms, pages_max, run_at, time_zone, origin, next_run_at, created_at,
    interval_min_hours, interval_max_hours, render, politeness_group)
  values ($1, $2, $3, $4, $5, coalesce($6, 1000), coalesce($7, 2000), coalesce($8, '02:00'),
          coalesce($9, 'America/New_York'), $10, $11, $12, coalesce($13, 20), coalesce($14, greatest(672, $13::int)),
          coalesce($15, 'auto'), $16)
  on conflict (id) do update
    set name = excluded.name, kind = excluded.kind, seeds = excluded.seeds, scope = excluded.scope,
        delay_ms = coalesce($6, source.delay_ms), pages_max = coalesce($7, source.pages_max),
        run_at = coalesce($8, source.run_at), time_zone = coalesce($9, source.time_zone),
        interval_min_hours = coalesce($13, source.interval_min_hours),
        interval_max_hours = coalesce($14, greatest(source.interval_max_hours, $13::int)),
        render = coalesce($15, source.render), politeness_group = coalesce($16, source.politeness_group)
`;

/** Writes a source; writing one that exists changes what is named and keeps the rest. */
export async function saveSource(
  db: Db,
  source: SourceFile[number] & {
    scope: string[];
    origin: Source["origin"];
    nextRunAt: Date | undefined;
    now: Date;
  },
): Promise<void> {
  await db.query(upsertSource, [
    source.id,
    source.name,
    source.kind,
    source.seeds,
    source.scope,
    source.delayMs ?? null,
    source.pagesMax ?? null,
    source.runAt ?? null,
    source.timeZone ?? null,
    source.origin,
    source.nextRunAt ?? null,
    source.now,
    source.intervalMinHours ?? null,
    source.intervalMaxHours ?? null,
    source.render ?? null,
    source.politenessGroup ?? null,
  ]);
}

const setPausedQuery = sql`update source set paused = $2 where id = $1`;

/** Pauses a source, or lets it go on; false when there is no such source. */
export async function setSourcePaused(db: Db, id: SourceId, paused: boolean): Promise<boolean> {
  return (await db.query(setPausedQuery, [id, paused])).rowCount === 1;
}

const deleteSource = sql`delete from source where id = $1`;

/** Removes a source with its pages and mentions; decisions and the catalog stay. */
export async function removeSource(db: Db, id: SourceId): Promise<boolean> {
  return (await db.query(deleteSource, [id])).rowCount === 1;
}

const dueSources = sql`
  select * from source
  where not paused and next_run_at <= $1
    and not exists (select from run where run.source_id = source.id and run.state <> 'finished')
  order by next_run_at, id
`;

/** Sources whose nightly run is due and that have no run open. */
export async function listDueSources(db: Db, now: Date): Promise<StoredSource[]> {
  const { rows } = await db.query<SourceRow>(dueSources, [now]);
  return rows.map(toSource);
}

const setNextRun = sql`update source set next_run_at = $2 where id = $1`;

/** Sets when the schedule of a source rings next. */
export async function saveNextRun(db: Db, id: SourceId, at: Date): Promise<void> {
  await db.query(setNextRun, [id, at]);
}

const toSource = (row: SourceRow): StoredSource => ({
  id: row.id as SourceId,
  name: row.name,
  kind: row.kind as Source["kind"],
  seeds: row.seeds,
  scope: row.scope,
  delayMs: row.delay_ms,
  pagesMax: row.pages_max,
  runAt: row.run_at,
  timeZone: row.time_zone,
  intervalMinHours: row.interval_min_hours,
  intervalMaxHours: row.interval_max_hours,
  render: row.render as Source["render"],
  ...(row.politeness_group !== null && { politenessGroup: row.politeness_group }),
  paused: row.paused,
  origin: row.origin as Source["origin"],
  nextRunAt: row.next_run_at ?? undefined,
});
