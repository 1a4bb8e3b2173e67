import { openPool, type Pool } from "@waymark/store";
import { runLong } from "./resolve-load.ts";

/** The similarity from which on names count as alike: lower finds more and takes several times as long. */
export const similarityMin = 0.6;

const prepare = [
  "create extension if not exists pg_trgm",
  `create index rival_names on initiative_value using gin ((value #>> '{}') gin_trgm_ops)
   where field = 'name' and replaced_at is null`,
];

const nearest = `
  select initiative_id from initiative_value
  where field = 'name' and replaced_at is null and (value #>> '{}') % $1
  order by similarity(value #>> '{}', $1) desc, initiative_id limit $2
`;

/**
 * Candidates by the trigrams of names, as `pg_trgm` finds them with an index of its own on the same table:
 * builds the index and lets work be done with the look-up.
 */
export async function withRival<T>(
  url: string,
  limit: number,
  work: (nearestTo: (name: string) => Promise<string[]>) => Promise<T>,
): Promise<T> {
  const settings = `-c pg_trgm.similarity_threshold=${similarityMin}`;
  const pool: Pool = openPool(url, { max: 1, settings, applicationName: "waymark-bench" });
  try {
    for (const statement of prepare) await runLong(pool, statement);
    return await work(async (name) => {
      const { rows } = await pool.query(nearest, [name, limit]);
      return rows.map((row) => row.initiative_id);
    });
  } finally {
    await pool.end();
  }
}
