import type { Knowledge } from "@waymark/domain";
import { openPool, type Pool } from "@waymark/store";
import type { FreshDatabase } from "./crawl-database.ts";
import { type Entries, loadEntries } from "./resolve-load.ts";

/** Where catalogs are loaded: databases of one server, a folder for files, and where progress goes. */
export type Stage = {
  create(): Promise<FreshDatabase>;
  folder: string;
  say: (text: string) => void;
};

/** A loaded catalog: its database and what is known of it. */
export type Loaded = { pool: Pool; url: string; cpuSeconds(): number; knowledge: Knowledge };

/** So many candidates are compared, and looked at here. */
export const candidatesMax = 20;

/** Lets work be done on a catalog of its own. */
export async function withCatalog<T>(
  stage: Stage,
  entries: Entries,
  work: (loaded: Loaded) => Promise<T>,
): Promise<T> {
  const { url, cpuSeconds } = await stage.create();
  const pool = openPool(url, { applicationName: "waymark-bench" });
  try {
    const knowledge = await loadEntries(pool, entries, stage);
    return await work({ pool, url, cpuSeconds, knowledge });
  } finally {
    await pool.end();
  }
}
