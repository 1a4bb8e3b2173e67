import type { HostId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** A host under lease: nobody else may send it a request until `leaseUntil`. */
export type LeasedHost = {
  id: HostId;
  token: number;
  /** Milliseconds until the next request may be sent. */
  waitMs: number;
  failures: number;
  crawlDelayMs: number | undefined;
  robots: string | undefined;
  robotsOutcome: string | undefined;
  robotsFetchedAt: Date | undefined;
};

const insertHosts = sql`
  insert into host (id) select unnest($1::text[]) on conflict (id) do nothing
`;

/** Makes sure the hosts have rows. */
export async function ensureHosts(db: Db, ids: HostId[]): Promise<void> {
  await db.query(insertHosts, [[...new Set(ids)].sort()]);
}

const claim = sql`
  update host set lease_token = nextval('lease_token'), lease_until = now() + $2 * interval '1 ms'
  where id = $1 and (lease_until is null or lease_until < now())
  returning lease_token, failures, crawl_delay_ms, robots, robots_outcome, robots_fetched_at,
    greatest(0, extract(epoch from next_allowed_at - now()) * 1000)::int as wait_ms
`;

/** Leases a host; undefined when somebody else holds it. Times are the database's own. */
export async function claimHost(
  db: Db,
  id: HostId,
  leaseMs: number,
): Promise<LeasedHost | undefined> {
  const { rows } = await db.query<{
    lease_token: number;
    wait_ms: number;
    failures: number;
    crawl_delay_ms: number | null;
    robots: string | null;
    robots_outcome: string | null;
    robots_fetched_at: Date | null;
  }>(claim, [id, leaseMs]);
  const row = rows[0];
  return (
    row && {
      id,
      token: row.lease_token,
      waitMs: row.wait_ms,
      failures: row.failures,
      crawlDelayMs: row.crawl_delay_ms ?? undefined,
      robots: row.robots ?? undefined,
      robotsOutcome: row.robots_outcome ?? undefined,
      robotsFetchedAt: row.robots_fetched_at ?? undefined,
    }
  );
}

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
  host: { id: HostId; token: number },
  { leaseMs, delayMs }: { leaseMs: number; delayMs: number },
): Promise<"reserved" | "lost" | { waitMs: number }> {
  const { rowCount } = await db.query(reserve, [host.id, host.token, leaseMs, delayMs]);
  if (rowCount === 1) return "reserved";
  const { rows } = await db.query<{ wait_ms: number }>(waitOf, [host.id, host.token]);
  return rows[0] ? { waitMs: rows[0].wait_ms } : "lost";
}

const holdLease = sql`
  select id from host where id = $1 and lease_token = $2 and lease_until > now() for no key update
`;

/**
 * Whether the lease still holds; locks the host row for the rest of the
 * transaction (the fence). Not its key: pages of other hosts' visits may refer to it meanwhile.
 */
export async function holdsLease(db: Db, host: { id: HostId; token: number }): Promise<boolean> {
  return (await db.query(holdLease, [host.id, host.token])).rowCount === 1;
}

const release = sql`update host set lease_until = null where id = $1 and lease_token = $2`;

/** Gives the lease back. */
export async function releaseHost(db: Db, host: { id: HostId; token: number }): Promise<void> {
  await db.query(release, [host.id, host.token]);
}

const keepPaceQuery = sql`
  update host set next_allowed_at = greatest(next_allowed_at, now() + $3 * interval '1 ms')
  where id = $1 and lease_token = $2
`;

/** Lets the host rest that long from now: the pause counts from when a request was answered. */
export async function keepPace(
  db: Db,
  host: { id: HostId; token: number },
  waitMs: number,
): Promise<void> {
  await db.query(keepPaceQuery, [host.id, host.token, waitMs]);
}

const pushBack = sql`
  update host set failures = $3, next_allowed_at = greatest(next_allowed_at, now() + $4 * interval '1 ms')
  where id = $1 and lease_token = $2
`;

/** Records how often in a row the host turned us away, and how long it wants to be left alone. */
export async function saveHostBackoff(
  db: Db,
  host: { id: HostId; token: number },
  { failures, waitMs }: { failures: number; waitMs: number },
): Promise<void> {
  await db.query(pushBack, [host.id, host.token, failures, waitMs]);
}

const writeRobots = sql`
  update host set robots = coalesce($3, robots), robots_outcome = $4, robots_error = $5, robots_fetched_at = $6,
    crawl_delay_ms = $7
  where id = $1 and lease_token = $2
`;

/** Keeps a host's robots.txt; without a text the last good copy stays. */
export async function saveRobots(
  db: Db,
  host: { id: HostId; token: number },
  robots: {
    text: string | undefined;
    outcome: string;
    error: string | undefined;
    crawlDelayMs: number | undefined;
    now: Date;
  },
): Promise<void> {
  await db.query(writeRobots, [
    host.id,
    host.token,
    robots.text ?? null,
    robots.outcome,
    robots.error ?? null,
    robots.now,
    robots.crawlDelayMs ?? null,
  ]);
}

const hostsToVisit = sql`
  select host.id, greatest(0, extract(epoch from greatest(host.next_allowed_at, min(page.not_before)) - now()) * 1000)::int as wait_ms
  from page join host on host.id = page.host_id
  where page.wanted_by is not null and (host.lease_until is null or host.lease_until < now())
  group by host.id
  order by host.next_allowed_at, host.id
  limit 10000
`;

/** Hosts with pages that a run wants and that nobody is visiting, with how long each must still wait. */
export async function listHostsToVisit(db: Db): Promise<{ id: HostId; waitMs: number }[]> {
  const { rows } = await db.query<{ id: HostId; wait_ms: number }>(hostsToVisit);
  return rows.map((row) => ({ id: row.id, waitMs: row.wait_ms }));
}

const releaseAll = sql`update host set lease_until = null where lease_token = any($1::bigint[])`;

/** Gives back the leases of a worker that stops. */
export async function releaseLeases(db: Db, tokens: number[]): Promise<void> {
  if (tokens.length > 0) await db.query(releaseAll, [tokens]);
}
