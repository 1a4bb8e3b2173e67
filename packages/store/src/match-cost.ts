import { MatchCosts } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const costs = sql`select * from match_cost`;

/** What mistakes and questions cost here, if anybody said so. */
export async function findMatchCosts(db: Db): Promise<MatchCosts | undefined> {
  const { rows } = await db.query(costs);
  if (!rows[0]) return undefined;
  const { false_same: falseSame, missed_same: missedSame, asking } = rows[0];
  return MatchCosts.parse({ falseSame, missedSame, asking });
}

const upsert = sql`
  insert into match_cost (false_same, missed_same, asking, set_by, set_at) values ($1, $2, $3, $4, $5)
  on conflict (only_one) do update set false_same = excluded.false_same, missed_same = excluded.missed_same,
    asking = excluded.asking, set_by = excluded.set_by, set_at = excluded.set_at
`;

/** Says what mistakes and questions cost from now on. */
export async function saveMatchCosts(
  db: Db,
  { falseSame, missedSame, asking }: MatchCosts,
  { who, now }: { who: string; now: Date },
): Promise<void> {
  await db.query(upsert, [falseSame, missedSame, asking, who, now]);
}
