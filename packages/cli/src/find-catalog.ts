import { listInitiatives, type Pool } from "@waymark/store";
import { findHome } from "./home.ts";
import type { Session } from "./session.ts";

/** The catalog to hold pages against, where there is one with anything in it. */
export async function findCatalog({
  config,
  log,
}: Session): Promise<{ db: Pool; release(): Promise<void> } | undefined> {
  const home = await findHome(config, log);
  if (home && (await hasEntries(home.db))) return home;
  await home?.release();
  return undefined;
}

async function hasEntries(db: Pool): Promise<boolean> {
  try {
    return (await listInitiatives(db)).length > 0;
  } catch (error) {
    // A database that was never migrated has no table yet, and reading must not make one.
    if ((error as { code?: string }).code === "42P01") return false;
    throw error;
  }
}
