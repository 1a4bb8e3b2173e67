import type { Suppression } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

/** A suppression as it is kept: one row an effort, field, rule and fingerprint. */
export type StoredSuppression = Suppression & {
  effort: string;
  firstAt: Date;
  lastAt: Date;
  times: number;
};

const upsert = sql`
  insert into suppression (effort, field, rule, fingerprint, suppressed, first_at, last_at)
  select $1, field, rule, fingerprint, suppressed, $2, $2
  from unnest($3::text[], $4::text[], $5::text[], $6::jsonb[]) as given(field, rule, fingerprint, suppressed)
  on conflict (effort, field, rule, fingerprint) do update
    set last_at = excluded.last_at, suppressed = excluded.suppressed,
        times = suppression.times + case when suppression.last_at < excluded.last_at then 1 else 0 end
`;

/** Writes what a review held back; what was held back before is counted up once a night. */
export async function saveSuppressions(
  db: Db,
  effort: string,
  suppressions: Suppression[],
  now: Date,
): Promise<void> {
  const rows = [
    ...new Map(
      suppressions.map((s) => [`${s.field ?? ""} ${s.rule} ${s.fingerprint}`, s]),
    ).values(),
  ];
  if (rows.length === 0) return;
  await db.query(upsert, [
    effort,
    now,
    rows.map((s) => s.field ?? ""),
    rows.map((s) => s.rule),
    rows.map((s) => s.fingerprint),
    rows.map((s) => JSON.stringify(s)),
  ]);
}

const all = sql`select * from suppression order by effort, field, rule, fingerprint`;

/** Everything that is held back, by effort. */
export async function listSuppressions(db: Db): Promise<StoredSuppression[]> {
  return (await db.query(all)).rows.map(toSuppression);
}

const newestOfRule = sql`
  select * from suppression where $1::text is null or rule = $1
  order by last_at desc, effort, field, rule, fingerprint limit $2 offset $3
`;

/** What was held back last, by one rule or by all. */
export async function listNewestSuppressions(
  db: Db,
  { rule, limit, offset }: { rule?: string | undefined; limit: number; offset: number },
): Promise<StoredSuppression[]> {
  return (await db.query(newestOfRule, [rule ?? null, limit, offset])).rows.map(toSuppression);
}

const byRule = sql`select rule, count(*)::int as n from suppression group by rule order by n desc, rule`;

/** How many suppressions each rule made. */
export async function countSuppressions(db: Db): Promise<{ rule: string; n: number }[]> {
  return (await db.query(byRule)).rows;
}

// biome-ignore lint/suspicious/noExplicitAny: the suppression was parsed when it was made.
const toSuppression = (row: any): StoredSuppression => ({
  ...(row.suppressed as Suppression),
  effort: row.effort,
  firstAt: row.first_at,
  lastAt: row.last_at,
  times: row.times,
});
