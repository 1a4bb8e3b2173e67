import type { Grant, InitiativeId } from "@waymark/domain";
import { type Db, sql, toJson } from "./db.ts";
import { byInitiative } from "./event.ts";

const dropUntold = sql`
  delete from "grant" where initiative_id = $1 and key <> all($2::text[])
`;
const upsertTold = sql`
  insert into "grant" (initiative_id, key, funder, grantee, amount, currency, on_date, period_start, period_end, months, program, purpose, evidence)
  select $1, told.* from unnest($2::text[], $3::text[], $4::text[], $5::numeric[], $6::text[], $7::text[], $8::text[], $9::text[], $10::integer[], $11::text[], $12::text[], $13::jsonb[])
    as told(key, funder, grantee, amount, currency, on_date, period_start, period_end, months, program, purpose, evidence)
  on conflict (initiative_id, key) do update
    set funder = excluded.funder, grantee = excluded.grantee, amount = excluded.amount, currency = excluded.currency,
        on_date = excluded.on_date, period_start = excluded.period_start, period_end = excluded.period_end,
        months = excluded.months, program = excluded.program, purpose = excluded.purpose, evidence = excluded.evidence
    where "grant" is distinct from excluded
`;

/** Makes what pages tell now all that stands of an entry's grants. */
export async function saveToldGrants(
  db: Db,
  initiativeId: InitiativeId,
  grants: readonly Grant[],
): Promise<void> {
  await db.query(dropUntold, [initiativeId, grants.map(({ key }) => key)]);
  if (grants.length === 0) return;
  const column = (field: keyof Grant) => grants.map((grant) => grant[field] ?? null);
  await db.query(upsertTold, [
    initiativeId,
    column("key"),
    column("funder"),
    column("grantee"),
    column("amount"),
    column("currency"),
    column("on"),
    column("start"),
    column("end"),
    column("months"),
    column("program"),
    column("purpose"),
    grants.map(({ evidence }) => toJson(evidence)),
  ]);
}

const ofInitiative = sql`
  select * from "grant" where initiative_id = $1
  order by coalesce(on_date, period_start) desc nulls last, amount desc nulls last, key
`;

/** The grants of an entry, newest first. */
export async function listGrants(db: Db, id: InitiativeId): Promise<Grant[]> {
  return (await db.query(ofInitiative, [id])).rows.map(toGrant);
}

const all = sql`
  select * from "grant"
  order by initiative_id, coalesce(on_date, period_start) desc nulls last, amount desc nulls last, key
`;

/** The grants of all entries, by entry. */
export async function listAllGrants(db: Db): Promise<Map<InitiativeId, Grant[]>> {
  return byInitiative((await db.query(all)).rows, toGrant);
}

// biome-ignore lint/suspicious/noExplicitAny: a row of the table, shaped here.
const toGrant = (row: any): Grant => ({
  key: row.key,
  ...(row.funder && { funder: row.funder }),
  ...(row.grantee && { grantee: row.grantee }),
  ...(row.amount && { amount: Number(row.amount) }),
  ...(row.currency && { currency: row.currency }),
  ...(row.on_date && { on: row.on_date }),
  ...(row.period_start && { start: row.period_start }),
  ...(row.period_end && { end: row.period_end }),
  ...(row.months && { months: row.months }),
  ...(row.program && { program: row.program }),
  ...(row.purpose && { purpose: row.purpose }),
  evidence: row.evidence,
});
