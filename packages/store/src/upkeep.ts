import { type Db, sql } from "./db.ts";

const claimCheck = sql`
  update upkeep set freshness_checked_at = $1::timestamptz
  where freshness_checked_at is null or freshness_checked_at <= $1::timestamptz - interval '20 hours' or freshness_checked_at > $1
  returning only_one
`;

/** Claims the day's freshness check by the domain clock; false when it was made already. */
export async function claimFreshnessCheck(db: Db, now: Date): Promise<boolean> {
  return (await db.query(claimCheck, [now])).rowCount === 1;
}

const swept = sql`update upkeep set swept_at = now()`;

/** Writes that the sweep ran: the watchdog of rule R17 looks at it. */
export async function saveSwept(db: Db): Promise<void> {
  await db.query(swept);
}

const health = sql`
  select extract(epoch from now() - swept_at)::float as seconds from upkeep
`;

/** Seconds since the last sweep of any worker; undefined when none ever ran. */
export async function secondsSinceSweep(db: Db): Promise<number | undefined> {
  return (await db.query(health)).rows[0]?.seconds ?? undefined;
}

const claimPruneQuery = sql`
  update upkeep set pruned_at = $1::timestamptz
  where pruned_at is null or pruned_at <= $1::timestamptz - interval '20 hours' or pruned_at > $1 returning only_one
`;

/** Claims the day's clearing out by the domain clock. */
export async function claimPruning(db: Db, now: Date): Promise<boolean> {
  return (await db.query(claimPruneQuery, [now])).rowCount === 1;
}

const claimComparedWith = sql`
  update upkeep set compared_with = $1 where compared_with is distinct from $1 returning only_one
`;

/** Claims that entries are compared with this matcher from now on; false when they were before. */
export async function claimMatcher(db: Db, matcher: string): Promise<boolean> {
  return (await db.query(claimComparedWith, [matcher])).rowCount === 1;
}
