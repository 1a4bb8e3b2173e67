import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import type {} from "./global-setup.ts";

/** A database of a test file's own, and the way to be rid of it. */
export type TestDatabase = { url: string; drop(): Promise<void> };

/**
 * A fresh database with the newest schema: the migrations run once for the whole test run, into a
 * template that every test file copies. With a migration of its own, a test begins from an empty one.
 */
export async function createTestDatabase(
  migrate?: (url: string) => Promise<unknown>,
): Promise<TestDatabase> {
  const prefix = `waymark_test_${inject("testRun")}`;
  const name = `${prefix}_${randomBytes(6).toString("hex")}`;
  const newest = await newestMigration();
  const isNewest = migrate === undefined || migrate === newest;
  await withAdmin(async (admin) => {
    const template = isNewest
      ? await ensureTemplate(admin, `${prefix}_template`, newest)
      : "template0";
    await admin.query(`create database "${name}" template "${template}" strategy file_copy`);
  });
  const url = databaseUrl(name);
  if (!isNewest) await migrate(url);
  return {
    url,
    drop: () =>
      withAdmin(async (admin) => {
        await admin.query(`drop database if exists "${name}" with (force)`);
      }),
  };
}

type Migrate = (url: string) => Promise<unknown>;

// Loaded when first needed, so that tests of the launcher alone do not depend on the rest of the store.
async function newestMigration(): Promise<Migrate> {
  const { migrate } = await import("@waymark/store");
  return migrate;
}

/** Test files run in several processes: the first one here migrates, the others wait for it. */
async function ensureTemplate(admin: pg.Client, name: string, migrate: Migrate): Promise<string> {
  await admin.query("select pg_advisory_lock(hashtext($1))", [name]);
  try {
    const found = await admin.query("select from pg_database where datname = $1", [name]);
    if (found.rowCount === 0) {
      const making = `${name}_making`;
      await admin.query(`drop database if exists "${making}" with (force)`);
      await admin.query(`create database "${making}"`);
      await migrate(databaseUrl(making));
      // Connections that are still closing would forbid the renaming.
      await admin.query(
        "select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1",
        [making],
      );
      await admin.query(`alter database "${making}" rename to "${name}"`);
    }
    return name;
  } finally {
    await admin.query("select pg_advisory_unlock(hashtext($1))", [name]);
  }
}

function databaseUrl(name: string): string {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return url.href;
}

async function withAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: inject("postgresUrl") });
  admin.on("error", () => {});
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
