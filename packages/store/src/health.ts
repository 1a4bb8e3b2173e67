import type { HostId, SourceId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";
import type { Trust } from "./host.ts";

/** How a source has answered, as the rows of its pages, hosts and runs tell it. */
export type Health = {
  pages: {
    all: number;
    due: number;
    neverVisited: number;
    needBrowser: number;
    /** Pages that brought the very bytes of another one first. */
    double: number;
  };
  /** Lists of the site's own: sitemaps, feeds, interfaces of content systems. */
  lists: { working: number; failing: number };
  /** What the last visits of its pages came to, the most frequent first. */
  outcomes: OutcomeHealth[];
  hosts: HostHealth[];
  /** Over its last runs: how many visits there were, and how many of them were answered with 304. */
  recent: { runs: number; visits: number; notModified: number };
  /** When a page was last fetched, or found unchanged. */
  lastGoodAt: Date | undefined;
  /** Hours between two visits of a page: in the middle, and what a tenth lies below and above. */
  intervalHours: { median: number; low: number; high: number } | undefined;
  /** When the last run began in which pages were got. */
  lastGoodRunAt: Date | undefined;
  nightsSinceGoodRun: number | undefined;
  /** Runs since then that brought no page at all. */
  failedRuns: number;
};

/** How many pages came to one outcome, and the last of them. */
export type OutcomeHealth = {
  outcome: string;
  pages: number;
  example: {
    url: string;
    at: Date;
    status: number | undefined;
    error: string | undefined;
    location: string | undefined;
  };
};

/** What is known of a host: what it allows, whether it is waited for, and whether it can be believed. */
export type HostHealth = {
  id: HostId;
  /** The politeness group whose pace it shares. */
  group: string | undefined;
  pages: number;
  /** `closed`: its robots.txt could not be had, so that nothing may be asked. */
  robots: "rules" | "closed" | undefined;
  /** It has a robots.txt, and the file says something. */
  hasRules: boolean;
  robotsError: string | undefined;
  robotsAskedAt: Date | undefined;
  /** When its robots.txt was last got whole. */
  robotsGoodAt: Date | undefined;
  crawlDelayMs: number | undefined;
  /** Milliseconds that it still wants to be left alone; 0 when it does not. */
  backoffMs: number;
  failures: number;
  /** Milliseconds since it last turned us away. */
  quietMs: number | undefined;
  isLeased: boolean;
  validators: Trust;
  lists: Trust;
};

const dayMs = 86_400_000;

/** All that is known of how a source answers. Throws nothing: a source without pages has an empty one. */
export async function loadHealth(
  db: Db,
  sourceId: SourceId,
  { now }: { now: Date },
): Promise<Health> {
  const [pages] = (await db.query(pageTotals, [sourceId, now])).rows;
  const outcomes = (await db.query(outcomesOfPages, [sourceId])).rows;
  const hosts = (await db.query(hostsOfSource, [sourceId])).rows;
  const [runs] = (await db.query(runTotals, [sourceId])).rows;
  const lastGoodRunAt: Date | undefined = runs.last_good_run_at ?? undefined;
  const [low, median, high] = pages.intervals ?? [];
  return {
    pages: {
      all: pages.n,
      due: pages.due,
      neverVisited: pages.never_visited,
      needBrowser: pages.need_browser,
      double: pages.double,
    },
    lists: { working: pages.lists_working, failing: pages.lists_failing },
    outcomes: outcomes.map(({ outcome, pages: n, url, at, status, error, location }) => ({
      outcome,
      pages: n,
      example: {
        url,
        at,
        status: status ?? undefined,
        error: error ?? undefined,
        location: location ?? undefined,
      },
    })),
    hosts: hosts.map(toHostHealth),
    recent: { runs: runs.n, visits: runs.visits, notModified: runs.not_modified },
    lastGoodAt: pages.last_good_at ?? undefined,
    intervalHours: median === undefined ? undefined : { median, low, high },
    lastGoodRunAt,
    failedRuns: runs.failed,
    nightsSinceGoodRun:
      lastGoodRunAt && Math.max(0, Math.floor((now.getTime() - lastGoodRunAt.getTime()) / dayMs)),
  };
}

const pageTotals = sql`
  select count(*) filter (where purpose = 'page')::int as n,
    count(*) filter (where purpose = 'page' and (next_fetch_at is null or next_fetch_at <= $2))::int as due,
    count(*) filter (where purpose = 'page' and visited_at is null)::int as never_visited,
    count(*) filter (where needs_browser)::int as need_browser,
    count(*) filter (where same_as is not null)::int as double,
    count(*) filter (where purpose = 'sitemap' and visited_at is not null and failures = 0)::int as lists_working,
    count(*) filter (where purpose = 'sitemap' and failures > 0)::int as lists_failing,
    max(visited_at) filter (where outcome in ('fetched', 'unchanged')) as last_good_at,
    percentile_disc(array[0.1, 0.5, 0.9]) within group (order by interval_hours)
      filter (where purpose = 'page' and visited_at is not null) as intervals
  from page where source_id = $1
`;

const outcomesOfPages = sql`
  select last.outcome, last.pages, page.url, page.visited_at as at, visit.status, visit.error, visit.location
  from (
    select distinct on (outcome) outcome, count(*) over (partition by outcome)::int as pages, id
    from page where source_id = $1 and purpose = 'page' and outcome is not null
    order by outcome, visited_at desc, id
  ) last
  join page on page.id = last.id
  left join lateral (
    select status, error, location from visit
    where visit.page_id = last.id and visit.outcome = last.outcome order by visit.at desc, visit.id desc limit 1
  ) visit on true
  order by last.pages desc, last.outcome
`;

// A pause of the pace, too, sets when a host may be asked next; only one that turned us away waits longer than any pace.
const hostsOfSource = sql`
  select host.id, nullif(pace.id, host.id) as pace_id, own.pages, host.robots_outcome, coalesce(host.robots, '') <> '' as has_rules,
    host.robots_error, host.robots_fetched_at, host.robots_good_at, host.crawl_delay_ms, pace.failures,
    case when pace.failures > 0 and pace.next_allowed_at > now() + interval '30 s'
      then extract(epoch from pace.next_allowed_at - now())::float * 1000 else 0 end as backoff_ms,
    extract(epoch from now() - pace.busy_at)::float * 1000 as quiet_ms,
    coalesce(pace.lease_until > now(), false) as is_leased,
    host.validators_checked, host.validators_lied, host.listed_checked, host.listed_lied
  from (select host_id, count(*)::int as pages from page where source_id = $1 group by host_id) own
  join host on host.id = own.host_id
  join host pace on pace.id = coalesce(host.pace_id, host.id)
  order by own.pages desc, host.id
`;

const runTotals = sql`
  with own as (
    select started_at, outcome, (saved ->> 'notModified')::int as not_modified,
      (select sum(n::int) from jsonb_each_text(counts) c(name, n) where name <> 'changedPages') as visits
    from run where source_id = $1 and state = 'finished' and archive is null
    order by started_at desc limit 7
  )
  select count(own.started_at)::int as n, coalesce(sum(visits), 0)::int as visits,
    coalesce(sum(not_modified), 0)::int as not_modified,
    good.at as last_good_run_at,
    (select count(*)::int from run
     where source_id = $1 and archive is null and outcome = 'failed' and (good.at is null or started_at > good.at)) as failed
  from (select max(started_at) as at from run
        where source_id = $1 and archive is null and outcome in ('ok', 'partial')) good
  left join own on true
  group by good.at
`;

type HostRow = {
  id: HostId;
  pace_id: string | null;
  pages: number;
  robots_outcome: "rules" | "closed" | null;
  has_rules: boolean;
  robots_error: string | null;
  robots_fetched_at: Date | null;
  robots_good_at: Date | null;
  crawl_delay_ms: number | null;
  failures: number;
  backoff_ms: number;
  quiet_ms: number | null;
  is_leased: boolean;
  validators_checked: number;
  validators_lied: number;
  listed_checked: number;
  listed_lied: number;
};

const toHostHealth = (row: HostRow): HostHealth => ({
  id: row.id,
  group: row.pace_id?.replace(/^group:/, ""),
  pages: row.pages,
  robots: row.robots_outcome ?? undefined,
  hasRules: row.has_rules,
  robotsError: row.robots_error ?? undefined,
  robotsAskedAt: row.robots_fetched_at ?? undefined,
  robotsGoodAt: row.robots_good_at ?? undefined,
  crawlDelayMs: row.crawl_delay_ms ?? undefined,
  backoffMs: row.backoff_ms,
  failures: row.failures,
  quietMs: row.quiet_ms ?? undefined,
  isLeased: row.is_leased,
  validators: { checked: row.validators_checked, lied: row.validators_lied },
  lists: { checked: row.listed_checked, lied: row.listed_lied },
});
