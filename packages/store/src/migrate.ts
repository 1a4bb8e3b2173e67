import { fileURLToPath } from "node:url";
import { runner } from "node-pg-migrate";
import pg from "pg";

const migrationsFolder = fileURLToPath(new URL("../migrations", import.meta.url));

/**
 * Brings a database to the newest schema; safe to call from many processes at once, since the library
 * takes an advisory lock. Returns the names of the migrations that ran now.
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on("error", () => undefined);
  await client.connect();
  try {
    // The library gives up at once when another process holds its lock, so we queue before it.
    await client.query("select pg_advisory_lock(7208001)");
    const ran = await runner({
      dbClient: client,
      dir: migrationsFolder,
      migrationsTable: "migration",
      direction: "up",
      noLock: true,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
    });
    return ran.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}
