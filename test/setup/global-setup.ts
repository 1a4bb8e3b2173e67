import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres, stopAbandonedPostgres } from "@waymark/store";
import pg from "pg";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    postgresUrl: string;
    testRun: string;
  }
}

const homePrefix = "waymark-test-";

/** One Postgres for the whole run: DATABASE_URL_TEST, else an embedded one that is gone afterwards. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const testRun = `${process.pid}_${Date.now().toString(36)}`;
  project.provide("testRun", testRun);

  const given = process.env.DATABASE_URL_TEST;
  if (given) {
    project.provide("postgresUrl", given);
    return () => dropDatabases(given, `waymark_test_${testRun}`);
  }

  await clearAbandonedHomes();
  const home = mkdtempSync(join(tmpdir(), homePrefix));
  const postgres = await startEmbeddedPostgres({ home, durable: false });
  project.provide("postgresUrl", postgres.url);
  return async () => {
    await postgres.release();
    rmSync(home, { recursive: true, force: true });
  };
}

/** A run that was killed leaves its database running; the next run clears up behind it. */
async function clearAbandonedHomes(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(homePrefix)) continue;
    const home = join(tmpdir(), name);
    try {
      if (await stopAbandonedPostgres(home)) rmSync(home, { recursive: true, force: true });
    } catch {
      // Somebody else's.
    }
  }
}

async function dropDatabases(url: string, prefix: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "select datname from pg_database where starts_with(datname, $1)",
      [prefix],
    );
    for (const { datname } of rows) await client.query(`drop database "${datname}" with (force)`);
  } finally {
    await client.end();
  }
}
