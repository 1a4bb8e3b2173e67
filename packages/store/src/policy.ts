import { type Db, sql } from "./db.ts";

const standing = sql`
  select switched_on_by from policy
  where name = $1 and switched_on_at is not null and switched_off_at is null
`;

/** Who switched a policy on; undefined while it is off. */
export async function findPolicy(
  db: Db,
  name: string,
): Promise<{ switchedOnBy: string } | undefined> {
  const { rows } = await db.query(standing, [name]);
  return rows[0] && { switchedOnBy: rows[0].switched_on_by };
}

const switchOn = sql`
  insert into policy (name, rule, switched_on_by, switched_on_at) values ($1, '{}', $2, $3)
  on conflict (name) do update set switched_on_by = excluded.switched_on_by,
    switched_on_at = excluded.switched_on_at, switched_off_at = null
`;
const switchOff = sql`
  update policy set switched_off_at = $2 where name = $1 and switched_off_at is null
`;

/** Switches a policy on in somebody's name. */
export async function savePolicyOn(
  db: Db,
  name: string,
  { who, now }: { who: string; now: Date },
): Promise<void> {
  await db.query(switchOn, [name, who, now]);
}

/** Switches a policy off; what it decided stands. */
export async function savePolicyOff(db: Db, name: string, now: Date): Promise<void> {
  await db.query(switchOff, [name, now]);
}
