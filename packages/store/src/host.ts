import type { HostId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** A host under lease: nobody else may send it a request until the lease ends or is given back. */
export type LeasedHost = {
  id: HostId;
  /** The host whose row holds lease and pace: another one's where hosts share a politeness group. */
  paceId: HostId;
  token: number;
  /** Milliseconds until the next request may be sent. */
  waitMs: number;
  /** Times in a row that it turned us away, less what was forgiven since. */
  failures: number;
  /** Milliseconds since it last turned us away. */
  quietMs: number | undefined;
  crawlDelayMs: number | undefined;
  robots: string | undefined;
  robotsOutcome: string | undefined;
  robotsFetchedAt: Date | undefined;
  /** When the kept robots.txt was last got whole. */
  robotsGoodAt: Date | undefined;
  /** What samples showed of its validators and of the dates in its lists. */
  validators: Trust;
  lists: Trust;
};

/** How often somebody's word was put to the test, and how often it was wrong. */
export type Trust = { checked: number; lied: number };

const insertHosts = sql`
  insert into host (id) select unnest($1::text[]) on conflict (id) do nothing
`;
const joinGroup = sql`
  update host set pace_id = $2 where id = any($1::text[]) and pace_id is distinct from $2
`;

/** Makes sure the hosts have rows; with a politeness group they share its pace from now on. */
export async function ensureHosts(db: Db, ids: HostId[], group?: string): Promise<void> {
  const groupId = group === undefined ? [] : [`group:${group}` as HostId];
  await db.query(insertHosts, [[...new Set([...ids, ...groupId])].sort()]);
  if (groupId.length > 0) await db.query(joinGroup, [ids, groupId[0]]);
}

const claim = sql`
  update host pace set lease_token = nextval('lease_token'), lease_until = now() + $2 * interval '1 ms'
  from host
  where host.id = $1 and pace.id = coalesce(host.pace_id, host.id)
    and (pace.lease_until is null or pace.lease_until < now())
  returning pace.id as pace_id, pace.lease_token, pace.failures, host.crawl_delay_ms, host.robots, host.robots_outcome,
    host.robots_fetched_at, host.robots_good_at, host.validators_checked, host.validators_lied, host.listed_checked,
    host.listed_lied, greatest(0, extract(epoch from pace.next_allowed_at - now()) * 1000)::int as wait_ms,
    extract(epoch from now() - pace.busy_at)::float * 1000 as quiet_ms
`;

/** Leases a host; undefined when somebody else holds it or its group. Times are the database's own. */
export async function claimHost(
  db: Db,
  id: HostId,
  leaseMs: number,
): Promise<LeasedHost | undefined> {
  const { rows } = await db.query<{
    pace_id: string;
    lease_token: number;
    wait_ms: number;
    quiet_ms: number | null;
    failures: number;
    crawl_delay_ms: number | null;
    robots: string | null;
    robots_outcome: string | null;
    robots_fetched_at: Date | null;
    robots_good_at: Date | null;
    validators_checked: number;
    validators_lied: number;
    listed_checked: number;
    listed_lied: number;
  }>(claim, [id, leaseMs]);
  const row = rows[0];
  return (
    row && {
      id,
      paceId: row.pace_id as HostId,
      token: row.lease_token,
      waitMs: row.wait_ms,
      failures: row.failures,
      quietMs: row.quiet_ms ?? undefined,
      crawlDelayMs: row.crawl_delay_ms ?? undefined,
      robots: row.robots ?? undefined,
      robotsOutcome: row.robots_outcome ?? undefined,
      robotsFetchedAt: row.robots_fetched_at ?? undefined,
      robotsGoodAt: row.robots_good_at ?? undefined,
      validators: { checked: row.validators_checked, lied: row.validators_lied },
      lists: { checked: row.listed_checked, lied: row.listed_lied },
    }
  );
}

/** What a lease is proved by. */
type Lease = Pick<LeasedHost, "paceId" | "token">;

const reserve = sql`
  update host set lease_until = now() + $3 * interval '1 ms', next_allowed_at = now() + $4 * interval '1 ms'
  where id = $1 and lease_token = $2 and lease_until > now() and next_allowed_at <= now()
  returning id
`;
const waitOf = sql`
  select greatest(1, ceil(extract(epoch from next_allowed_at - now()) * 1000))::int as wait_ms
  from host where id = $1 and lease_token = $2 and lease_until > now()
`;

/**
 * Reserves the host's next turn before the request is sent, so that a worker that dies in between has
 * still kept the pace. Answers how long to wait when the turn is not due, and `lost` when the lease is.
 */
export async function reserveTurn(
  db: Db,
  host: Lease,
  { leaseMs, delayMs }: { leaseMs: number; delayMs: number },
): Promise<"reserved" | "lost" | { waitMs: number }> {
  const { rowCount } = await db.query(reserve, [host.paceId, host.token, leaseMs, delayMs]);
  if (rowCount === 1) return "reserved";
  const { rows } = await db.query<{ wait_ms: number }>(waitOf, [host.paceId, host.token]);
  return rows[0] ? { waitMs: rows[0].wait_ms } : "lost";
}

const renew = sql`
  update host set lease_until = now() + $3 * interval '1 ms'
  where id = $1 and lease_token = $2 and lease_until > now()
`;

/**
 * Renews a lease that still holds, and locks its row for the rest of the transaction (the fence); false
 * when it was lost. The row's key stays free: pages of other hosts' visits may refer to it meanwhile.
 */
export async function renewLease(db: Db, host: Lease, leaseMs: number): Promise<boolean> {
  return (await db.query(renew, [host.paceId, host.token, leaseMs])).rowCount === 1;
}

const release = sql`update host set lease_until = null where id = $1 and lease_token = $2`;

/** Gives the lease back. */
export async function releaseHost(db: Db, host: Lease): Promise<void> {
  await db.query(release, [host.paceId, host.token]);
}

const keepPaceQuery = sql`
  update host set next_allowed_at = greatest(next_allowed_at, now() + $3 * interval '1 ms')
  where id = $1 and lease_token = $2
`;

/** Lets the host rest that long from now: the pause counts from when a request was answered. */
export async function keepPace(db: Db, host: Lease, waitMs: number): Promise<void> {
  await db.query(keepPaceQuery, [host.paceId, host.token, waitMs]);
}

const pushBack = sql`
  update host set failures = $3, busy_at = now(), next_allowed_at = greatest(next_allowed_at, now() + $4 * interval '1 ms')
  where id = $1 and lease_token = $2
`;

/** Records how often in a row the host turned us away, and how long it wants to be left alone. */
export async function saveHostBackoff(
  db: Db,
  host: Lease,
  { failures, waitMs }: { failures: number; waitMs: number },
): Promise<void> {
  await db.query(pushBack, [host.paceId, host.token, failures, waitMs]);
}

const writeFailures = sql`update host set failures = $3 where id = $1 and lease_token = $2`;

/** Sets how many of the times that a host turned us away are still held against it. */
export async function saveHostFailures(db: Db, host: Lease, failures: number): Promise<void> {
  await db.query(writeFailures, [host.paceId, host.token, failures]);
}

const writeRobots = sql`
  update host set robots = coalesce($2, robots), robots_outcome = $3, robots_error = $4, robots_fetched_at = $5,
    robots_good_at = case when $3 = 'rules' then $5 else robots_good_at end, crawl_delay_ms = $6
  where id = $1
`;

/** Keeps a host's robots.txt; without a text the last good copy stays. */
export async function saveRobots(
  db: Db,
  id: HostId,
  robots: {
    text: string | undefined;
    outcome: "rules" | "closed";
    error: string | undefined;
    crawlDelayMs: number | undefined;
    now: Date;
  },
): Promise<void> {
  await db.query(writeRobots, [
    id,
    robots.text ?? null,
    robots.outcome,
    robots.error ?? null,
    robots.now,
    robots.crawlDelayMs ?? null,
  ]);
}

const addTrust = sql`
  update host set validators_checked = validators_checked + $2, validators_lied = validators_lied + $3,
    listed_checked = listed_checked + $4, listed_lied = listed_lied + $5
  where id = $1
`;

/** Adds what visits showed of a host's validators and of the dates in its lists. */
export async function saveTrust(
  db: Db,
  id: HostId,
  { validators, lists }: { validators: Trust; lists: Trust },
): Promise<void> {
  await db.query(addTrust, [id, validators.checked, validators.lied, lists.checked, lists.lied]);
}

const hostsToVisit = sql`
  select host.id, wanted.needs_browser, case when pace.lease_until < now() then pace.lease_token end as abandoned,
    greatest(0, extract(epoch from greatest(pace.next_allowed_at, wanted.not_before) - now()) * 1000)::int as wait_ms
  from (select host_id, needs_browser, min(not_before) as not_before from page where wanted_by is not null
        group by host_id, needs_browser) wanted
  join host on host.id = wanted.host_id
  join host pace on pace.id = coalesce(host.pace_id, host.id)
  where pace.lease_until is null or pace.lease_until < now()
  order by pace.next_allowed_at, host.id
  limit 10000
`;

/** A host with wanted pages that nobody is visiting. */
export type HostToVisit = {
  id: HostId;
  /** How long it must still wait. */
  waitMs: number;
  /** Whether it is a browser that its pages wait for. */
  browser: boolean;
  /** The lease of whoever let it run out: a worker that died, whose job the queue may still take for alive. */
  abandoned: number | undefined;
};

/** Hosts with pages that a run wants and that nobody is visiting. */
export async function listHostsToVisit(db: Db): Promise<HostToVisit[]> {
  const { rows } = await db.query<{
    id: HostId;
    wait_ms: number;
    needs_browser: boolean;
    abandoned: number | null;
  }>(hostsToVisit);
  return rows.map((row) => ({
    id: row.id,
    waitMs: row.wait_ms,
    browser: row.needs_browser,
    abandoned: row.abandoned ?? undefined,
  }));
}

const groupMates = sql`
  select distinct host.id, page.needs_browser from host
  join page on page.host_id = host.id and page.wanted_by is not null and page.not_before <= now()
  where host.id = $1 or host.pace_id = $2
`;

/** Hosts of one pace that still have wanted pages, and whether a browser is needed for them. */
export async function listWaitingHosts(
  db: Db,
  host: Pick<LeasedHost, "id" | "paceId">,
): Promise<{ id: HostId; browser: boolean }[]> {
  const { rows } = await db.query(groupMates, [host.id, host.paceId]);
  return rows.map((row) => ({ id: row.id, browser: row.needs_browser }));
}

const releaseAll = sql`update host set lease_until = null where lease_token = any($1::bigint[])`;

/** Gives back the leases of a worker that stops. */
export async function releaseLeases(db: Db, tokens: number[]): Promise<void> {
  if (tokens.length > 0) await db.query(releaseAll, [tokens]);
}
