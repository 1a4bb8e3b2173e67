import type { InitiativeId } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

// Keys that are as they were are not written again.
const putKeys = sql`
  insert into block_key (initiative_id, keys, merged)
  select id, given.keys::int[], merged_into is not null
  from unnest($1::text[], $2::text[]) as given(entry_id, keys) join initiative on id = entry_id
  order by id
  on conflict (initiative_id) do update set keys = excluded.keys
  where block_key.keys <> excluded.keys
`;

/** Writes the keys under which entries are found; returns how many had none or others. */
export async function saveBlockKeys(
  db: Db,
  entries: { id: InitiativeId; keys: number[] }[],
): Promise<number> {
  const { rowCount } = await db.query(putKeys, [
    entries.map(({ id }) => id),
    entries.map(({ keys }) => `{${keys.join(",")}}`),
  ]);
  return rowCount ?? 0;
}

const commonKeys = sql`
  select key, count(*)::int as holders
  from block_key cross join unnest(keys) as key
  where not merged group by key having count(*) > $1 order by key
`;

/** The keys that more than some entries hold, with how many do. */
export async function countBlockKeys(db: Db, moreThan: number): Promise<{ [key: string]: number }> {
  // Millions of keys take longer than what anybody waits for.
  const query = { text: commonKeys, values: [moreThan], query_timeout: countTimeoutMs };
  const { rows } = await db.query(query);
  return Object.fromEntries(rows.map(({ key, holders }) => [key, holders]));
}

const countTimeoutMs = 1_800_000;

// The inner limits and offsets keep the planner from walking the primary key, or the whole table, in the
// hope of many holders: it cannot know that the keys were chosen for being rare. What a search finds comes in
// one row, since a row of its own for each of a hundred holders is dear to take apart.
const holders = sql`
  select search.number::int, near.ids, near.keys
  from unnest($1::text[]) with ordinality as search(keys, number)
  cross join lateral (
    select json_agg(initiative_id) as ids, string_agg(keys::text, ',') as keys from (
      select * from (
        select initiative_id, block_key.keys from block_key
        where not merged and block_key.keys && search.keys::int[] offset 0
      ) as holder order by initiative_id limit $4
    ) as nearest
  ) as near
  where near.ids is not null
  union all
  select search.number, near.ids, near.keys
  from unnest($2::int[], $3::text[]) as search(number, keys)
  cross join lateral (
    select json_agg(initiative_id) as ids, string_agg(keys::text, ',') as keys from (
      select * from (
        select initiative_id, block_key.keys from block_key
        where not merged and block_key.keys @> search.keys::int[] offset 0
      ) as holder order by initiative_id limit $4
    ) as nearest
  ) as near
  where near.ids is not null
`;

/** An entry found by its keys, with all of them. */
export type StoredKeyHolder = { id: InitiativeId; keys: number[] };

/**
 * For each search, the entries that hold one of its keys, or all keys of one of its combinations; never one
 * that was merged. Each list is what the search would bring alone.
 */
export async function listKeyHolders(
  db: Db,
  searches: { any: number[]; all: number[][] }[],
): Promise<StoredKeyHolder[][]> {
  const combined = searches.flatMap(({ all }, index) =>
    all.map((keys) => ({ number: index + 1, keys: arrayOf(keys) })),
  );
  const { rows } = await db.query(holders, [
    searches.map(({ any }) => arrayOf(any)),
    combined.map(({ number }) => number),
    combined.map(({ keys }) => keys),
    holdersMax,
  ]);
  const found = searches.map(() => new Map<InitiativeId, StoredKeyHolder>());
  for (const { number, ids, keys } of rows) {
    const own = found[number - 1]!;
    const keysOfEach = parseArrays(keys);
    for (const [index, id] of ids.entries()) {
      if (!own.has(id)) own.set(id, { id, keys: keysOfEach[index]! });
    }
  }
  return found.map((own) => [...own.values()]);
}

/** Where counts are older than the catalog by much, no search may bring all of it. */
const holdersMax = 2000;

/** `{1,2},{3}`: parsed as JSON in a tenth of the time that the driver's parser of arrays takes. */
const parseArrays = (arrays: string): number[][] =>
  JSON.parse(`[${arrays.replaceAll("{", "[").replaceAll("}", "]")}]`);

const arrayOf = (keys: number[]): string => `{${keys.join(",")}}`;
