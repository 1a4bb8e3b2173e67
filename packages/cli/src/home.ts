import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { BadInput } from "@waymark/domain";
import { migrate, openPool, type Pool, startEmbeddedPostgres } from "@waymark/store";
import type { Config } from "./config.ts";
import type { Logger } from "./log.ts";

/** The database of this installation, open. */
export type Home = { db: Pool; databaseUrl: string; release(): Promise<void> };

/**
 * Opens the database that `DATABASE_URL` names, or starts (or joins) the embedded one, and brings it to
 * the newest schema. A BadInput says which host cannot be reached, and what to do.
 */
export async function openHome(config: Config, log: Logger): Promise<Home> {
  return open(config, log, async (url) => {
    await migrate(url);
  });
}

/**
 * The same for commands that must not write: nothing is migrated, and where there are no data no
 * database is started. Undefined when there is none.
 */
export async function findHome(config: Config, log: Logger): Promise<Home | undefined> {
  if (!config.databaseUrl && !hasEmbeddedData(config)) return undefined;
  return open(config, log, async (_url, db) => {
    await db.query("select 1");
  });
}

export const hasEmbeddedData = (config: Config): boolean =>
  existsSync(join(config.home, "postgres", "PG_VERSION"));

async function open(
  config: Config,
  log: Logger,
  prepare: (url: string, db: Pool) => Promise<void>,
): Promise<Home> {
  const embedded = config.databaseUrl ? undefined : await startEmbedded(config, log);
  const databaseUrl = config.databaseUrl ?? embedded!.url;
  const db = openPool(databaseUrl, { onError: (err) => log.warn({ err }, "database connection") });
  const release = async (): Promise<void> => {
    await db.end();
    await embedded?.release();
  };
  try {
    await prepare(databaseUrl, db);
  } catch (error) {
    await release();
    throw explain(error as PostgresError, databaseUrl);
  }
  return { db, databaseUrl, release };
}

async function startEmbedded({ home }: Config, log: Logger) {
  try {
    makeFolder(home);
  } catch (error) {
    throw new BadInput(
      `cannot write to ${home} (${(error as Error).message}): set WAYMARK_HOME to a folder of yours, or DATABASE_URL to a Postgres`,
      { cause: error },
    );
  }
  try {
    return await startEmbeddedPostgres({ home, log });
  } catch (error) {
    // Every way in which it cannot start is a sentence with its remedy.
    throw new BadInput((error as Error).message, { cause: error });
  }
}

/** Made step by step: where a file system refuses a folder (as /proc does), Node's own way has no end. */
function makeFolder(folder: string): void {
  try {
    if (!existsSync(folder)) {
      if (dirname(folder) !== folder) makeFolder(dirname(folder));
      mkdirSync(folder);
    }
  } catch (error) {
    // Two programs may make it at once.
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

type PostgresError = Error & { code?: string; errors?: PostgresError[] };

function explain(error: PostgresError, databaseUrl: string): Error {
  const { hostname, port, pathname, username } = new URL(databaseUrl);
  // A name with two addresses fails with an error for each.
  const code = error.code ?? error.errors?.[0]?.code ?? "";
  const where = `the database at ${hostname || "localhost"}:${port || 5432}`;
  const reason =
    reasons[code] ?? (/timeout/i.test(error.message) ? "no answer in time" : undefined);
  if (reason) {
    return new BadInput(
      `cannot reach ${where}: ${reason}. Start it, correct DATABASE_URL, or unset DATABASE_URL to use the embedded database`,
      { cause: error },
    );
  }
  const refused = {
    "28P01": `${where} does not accept the password of user "${username}"`,
    "28000": `${where} does not let user "${username}" in`,
    "3D000": `${where} has no database "${pathname.slice(1)}": create it`,
    "42501": `user "${username}" may not create tables in ${where}: ${error.message}`,
  }[code];
  return refused ? new BadInput(`${refused}; correct DATABASE_URL`, { cause: error }) : error;
}

const reasons: { [code: string]: string } = {
  ECONNREFUSED: "nothing answers there",
  ECONNRESET: "it broke the connection off",
  EHOSTUNREACH: "there is no way to that host",
  ENETUNREACH: "there is no way to that network",
  ENOTFOUND: "no host of that name is known",
  EAI_AGAIN: "no host of that name is known",
  ETIMEDOUT: "no answer in time",
  "57P03": "it is starting or stopping just now",
  "53300": "it has no connection left",
};
