import type { HostId, SourceId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";
import type { Run } from "./run.ts";

/** One source's health in a line of a list. */
export type SourceHealth = {
  pages: number;
  visited: number;
  /** Pages whose last visit found what it came for. */
  good: number;
  due: number;
  /** Hosts that want to be left alone for now, and hosts whose robots.txt cannot be had. */
  hostsWaiting: number;
  hostsClosed: number;
  /** How the last run on the web ended. */
  lastOutcome: Run["outcome"];
  lastGoodRunAt: Date | undefined;
};

const healthOfSources = sql`
  with counted as (
    select source_id, count(*)::int as pages, count(visited_at)::int as visited,
      count(*) filter (where visited_at is not null and failures = 0)::int as good,
      count(*) filter (where next_fetch_at is null or next_fetch_at <= $1)::int as due
    from page where purpose = 'page' group by source_id
  ), troubled as (
    select host.id, pace.failures > 0 and pace.next_allowed_at > now() + interval '30 s' as waits,
      host.robots_outcome is not distinct from 'closed' as is_closed
    from host join host pace on pace.id = coalesce(host.pace_id, host.id)
    where host.robots_outcome = 'closed' or (pace.failures > 0 and pace.next_allowed_at > now() + interval '30 s')
  ), hosts as (
    select page.source_id, count(distinct troubled.id) filter (where waits)::int as waiting,
      count(distinct troubled.id) filter (where is_closed)::int as closed
    from troubled join page on page.host_id = troubled.id group by page.source_id
  )
  select source.id, coalesce(pages, 0) as pages, coalesce(visited, 0) as visited, coalesce(good, 0) as good,
    coalesce(due, 0) as due, coalesce(waiting, 0) as waiting, coalesce(closed, 0) as closed,
    (select outcome from run where run.source_id = source.id and archive is null and state = 'finished'
     order by started_at desc limit 1) as last_outcome,
    (select max(started_at) from run
     where run.source_id = source.id and archive is null and outcome in ('ok', 'partial')) as last_good_run_at
  from source
  left join counted on counted.source_id = source.id
  left join hosts on hosts.source_id = source.id
`;

/** The health of every source, in short. */
export async function listSourceHealth(
  db: Db,
  { now }: { now: Date },
): Promise<Map<SourceId, SourceHealth>> {
  const { rows } = await db.query(healthOfSources, [now]);
  return new Map(
    rows.map(({ id, waiting, closed, last_outcome, last_good_run_at, ...counted }) => [
      id,
      {
        ...counted,
        hostsWaiting: waiting,
        hostsClosed: closed,
        lastOutcome: last_outcome ?? undefined,
        lastGoodRunAt: last_good_run_at ?? undefined,
      },
    ]),
  );
}

const troubledHosts = sql`
  select host.id, host.robots_outcome = 'closed' as is_closed, host.robots_error, pace.failures,
    case when pace.failures > 0 and pace.next_allowed_at > now() + interval '30 s'
      then extract(epoch from pace.next_allowed_at - now())::float * 1000 else 0 end as backoff_ms,
    array(select distinct source_id from page where page.host_id = host.id order by source_id) as source_ids
  from host join host pace on pace.id = coalesce(host.pace_id, host.id)
  where (host.robots_outcome = 'closed' or (pace.failures > 0 and pace.next_allowed_at > now() + interval '30 s'))
    and exists (select from page where page.host_id = host.id)
  order by host.id
`;

/** A host that lets nobody in, or wants to be left alone, with the sources that have pages there. */
export type TroubledHost = {
  id: HostId;
  sourceIds: SourceId[];
  /** Why its robots.txt could not be had; undefined where it could. */
  closedBecause: string | undefined;
  failures: number;
  backoffMs: number;
};

/** Hosts of all sources that cannot be visited just now. */
export async function listTroubledHosts(db: Db): Promise<TroubledHost[]> {
  const { rows } = await db.query(troubledHosts);
  return rows.map((row) => ({
    id: row.id,
    sourceIds: row.source_ids,
    closedBecause: row.is_closed ? (row.robots_error ?? "no reason was kept") : undefined,
    failures: row.failures,
    backoffMs: row.backoff_ms,
  }));
}
