import { chmodSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyKnowledge, type InitiativeValues, type Knowledge } from "@waymark/domain";
import { blockKeys, countWords, uncountedMax } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import { countBlockKeys, type Pool, transaction } from "@waymark/store";
import { type Bar, showBar } from "./bar.ts";

/** Entries to load, made one at a time. */
export type Entries = {
  size: number;
  id(number: number): string;
  values(number: number): InitiativeValues;
};

/**
 * Loads entries into an empty database of the newest schema by COPY, with their search keys, and returns the
 * knowledge of them: how many entries hold each word and each common key, and nothing else.
 */
export async function loadEntries(
  pool: Pool,
  entries: Entries,
  { folder, say }: { folder: string; say: (text: string) => void },
): Promise<Knowledge> {
  const indexes = await dropIndexes(pool);
  const wordCounts = new Map<string, number>();
  const bar = showBar("entries loaded", entries.size, say);
  for (let from = 0; from < entries.size; from += copiedTogether) {
    await copySlice(pool, { entries, from, folder, wordCounts, bar });
  }
  bar.end();
  const steps = [...indexes, "analyze"];
  const building = showBar("indexes built", steps.length, say);
  for (const [index, step] of steps.entries()) {
    await runLong(pool, step);
    building.show(index + 1);
  }
  building.end();
  return {
    ...emptyKnowledge,
    version: "bench",
    wordCounts: Object.fromEntries(wordCounts),
    documentCount: entries.size,
    keyCounts: await countKeys(pool),
  };
}

/** Knowledge is built nightly, when nobody waits for it. */
async function countKeys(pool: Pool): Promise<Knowledge["keyCounts"]> {
  return transaction(pool, async (db) => {
    await db.query("set local statement_timeout = 0; set local work_mem = '256MB'");
    return countBlockKeys(db, uncountedMax);
  });
}

const copiedTogether = 2_000;
const columns = {
  initiative: "id, created_at",
  initiative_value: "initiative_id, field, value, origin, set_at",
  block_key: "initiative_id, keys",
} as const;
const loadedAt = "2026-03-01T00:00:00Z";

/** Takes the indexes away that no constraint needs, and returns how they are made again. */
async function dropIndexes(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query(
    `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
     from pg_index join unnest($1::text[]) as loaded(name) on indrelid = loaded.name::regclass
     where not exists (select from pg_constraint where conindid = indexrelid)`,
    [Object.keys(columns)],
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  return rows.map(({ definition }) => definition);
}

async function copySlice(
  pool: Pool,
  given: {
    entries: Entries;
    from: number;
    folder: string;
    wordCounts: Map<string, number>;
    bar: Bar;
  },
): Promise<void> {
  const { entries, from, folder, wordCounts, bar } = given;
  const to = Math.min(from + copiedTogether, entries.size);
  const lines = {
    initiative: [] as string[],
    initiative_value: [] as string[],
    block_key: [] as string[],
  };
  for (let number = from; number < to; number++) {
    const id = entries.id(number);
    const values = entries.values(number);
    const record = toRecord(values, emptyKnowledge);
    for (const [word] of countWords([record]))
      wordCounts.set(word, (wordCounts.get(word) ?? 0) + 1);
    lines.initiative.push(`${id}\t${loadedAt}`);
    for (const [field, value] of Object.entries(values)) {
      lines.initiative_value.push(
        `${id}\t${field}\t${escaped(JSON.stringify(value))}\timport\t${loadedAt}`,
      );
    }
    lines.block_key.push(`${id}\t{${blockKeys(record).join(",")}}`);
    if (number % 500 === 0) bar.show(number);
  }
  for (const [table, some] of Object.entries(lines)) {
    const file = join(folder, `${table}.tsv`);
    writeFileSync(file, `${some.join("\n")}\n`);
    // The server may run as another user than we do.
    chmodSync(file, 0o644);
    await runLong(pool, `copy ${table} (${columns[table as keyof typeof columns]}) from '${file}'`);
    rmSync(file);
  }
  bar.show(to);
}

const escaped = (text: string): string =>
  text.replaceAll("\\", "\\\\").replaceAll("\t", "\\t").replaceAll("\n", "\\n");

/**
 * Runs what takes minutes at a million entries. Foreign keys are not looked up row by row: the rows are
 * made together and belong together.
 */
export async function runLong(pool: Pool, statement: string): Promise<void> {
  const text = `begin; set local statement_timeout = 0; set local session_replication_role = replica;
    set local maintenance_work_mem = '512MB'; ${statement}; commit`;
  const query = { text, query_timeout: 3_600_000 };
  await pool.query(query);
}
