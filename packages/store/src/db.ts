import pg from "pg";

/** A pool, or one client inside a transaction: whoever calls decides what belongs together. */
export type Db = Pick<pg.Pool, "query">;
export type Pool = pg.Pool;

const constants: string[] = [];

/** A query as a constant. It takes no `${}`: values are parameters, and a choice is two queries. */
export function sql(text: TemplateStringsArray): string {
  const query = text.join("");
  constants.push(query);
  return query;
}

/** Every query of the package, for the test that prepares them all. */
export const listQueries = (): readonly string[] => constants;

/**
 * A value as JSON that Postgres takes: zero bytes and halves of surrogate pairs, which pages hold and its
 * text cannot, become the mark for what cannot be shown.
 */
export function toJson(value: unknown): string {
  const text = JSON.stringify(value);
  if (!text.includes("\\u")) return text;
  return text.replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, "$1\\ufffd");
}

// Big integers are row numbers here, far below 2^53; dates without time are kept as text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens a pool on a database. Every wait has an end (rule R6): a black-holed server would otherwise
 * hang a client for ever. `onError` hears of idle connections that broke; the pool replaces them.
 */
export function openPool(
  url: string,
  options: {
    max?: number;
    /** Server settings for every connection, as `-c name=value`. */
    settings?: string;
    applicationName?: string;
    onError?: ((error: Error) => void) | undefined;
  } = {},
): Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 5_000,
    query_timeout: 60_000,
    statement_timeout: 55_000,
    idle_in_transaction_session_timeout: 30_000,
    lock_timeout: 20_000,
    keepAlive: true,
    application_name: options.applicationName ?? "waymark",
    ...(options.settings && { options: options.settings }),
  });
  pool.on("error", options.onError ?? (() => undefined));
  pool.on("connect", (client) => client.on("error", options.onError ?? (() => undefined)));
  return pool;
}

/** Runs the work in one transaction: commits what it returns, rolls back what it throws. */
export async function transaction<T>(pool: Pool, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause) => {
      broken = cause as Error;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Error codes of Postgres that a second try may cure: serialization, deadlock, lock wait, shutdown. */
export function isTransient(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? "";
  return (
    ["40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300", "53100"].includes(code) ||
    code.startsWith("08") ||
    ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect|Query read timeout/.test(
      (error as Error).message ?? "",
    )
  );
}
