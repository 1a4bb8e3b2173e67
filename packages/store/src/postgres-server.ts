import { spawn } from "node:child_process";
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { totalmem } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import {
  choosePostgresUser,
  findPostgresBinaries,
  giveTo,
  type PostgresBinaries,
  type PostgresUser,
} from "./postgres-binaries.ts";
import { checkDataVersion, makeData } from "./postgres-data.ts";
import {
  addressOf,
  type Connection,
  connectionFile,
  dataOf,
  logOf,
  readConnection,
  runningServer,
  writeConnection,
} from "./postgres-home.ts";
import { processStart } from "./running-process.ts";

const startWaitMs = 120_000;
const stopWaitMs = 30_000;
const logBytesMax = 10_000_000;

/** The connection to the server that runs on a home, once it answers; `undefined` when none does. */
export async function joinRunning(home: string): Promise<Connection | undefined> {
  const server = runningServer(home);
  const kept = readConnection(home);
  if (!server || !kept) return undefined;
  // The port in the pid file can be missing for the first moment of a start.
  const connection = { ...kept, port: server.port || kept.port };
  const ready = await waitUntilReady(connection, () => runningServer(home)?.pid === server.pid);
  return ready ? connection : undefined;
}

/** True once the server answers; false when it ended first (it was stopping, or could not start). */
async function waitUntilReady(connection: Connection, isAlive: () => boolean): Promise<boolean> {
  const deadline = Date.now() + startWaitMs;
  let last: unknown;
  while (Date.now() < deadline) {
    try {
      await ensureDatabase(connection);
      return true;
    } catch (error) {
      last = error;
      // A wrong password or a missing right does not heal by waiting.
      if (String((error as { code?: string }).code).startsWith("28")) throw error;
    }
    if (!isAlive()) return false;
    await wait(50);
  }
  throw new Error(
    `the embedded database on port ${connection.port} did not answer within ${startWaitMs / 1000} s`,
    { cause: last },
  );
}

async function ensureDatabase(connection: Connection): Promise<void> {
  await withClient(addressOf(connection, "postgres"), async (client) => {
    const { rowCount } = await client.query("select from pg_database where datname = 'waymark'");
    if (rowCount === 0) await client.query("create database waymark");
  });
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Without a listener a connection that the server drops would end the process.
  client.on("error", () => {});
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Starts the server of a home, making its data first where there are none. */
export async function startServer(home: string, durable: boolean): Promise<Connection> {
  const binaries = findPostgresBinaries();
  const user = choosePostgresUser(dataOf(home), home);
  if (!existsSync(dataOf(home))) makeData(home, binaries, user);
  checkDataVersion(home, binaries);
  giveTo(user, dataOf(home));
  claimPidFile(home);
  const kept = readConnection(home);
  if (!kept) {
    throw new Error(
      `${connectionFile(home)} is missing, so the password of ${dataOf(home)} is lost: put it back, or remove both to begin anew`,
    );
  }

  if (logSize(home) > logBytesMax) truncateSync(logOf(home));
  let port = kept.port && (await isFree(kept.port)) ? kept.port : await freePort();
  for (let attempt = 1; ; attempt += 1) {
    const connection = { ...kept, port };
    writeConnection(home, connection);
    const logStart = logSize(home);
    const server = launch(home, binaries, user, port, durable);
    if (await waitUntilReady(connection, () => server.exitCode === null && !server.failed)) {
      return connection;
    }
    const said = readFileSync(logOf(home)).subarray(logStart).toString().trim();
    if (/still in use/.test(said) && attempt < 5) {
      // The last processes of a server that was killed are still going down.
      await wait(500 * attempt);
      continue;
    }
    if (attempt === 5 || !/could not bind|could not create any TCP/.test(said)) {
      throw new Error(
        `the embedded database in ${home} did not start: ${said || server.failed?.message}`,
        { cause: server.failed },
      );
    }
    port = await freePort();
  }
}

/**
 * Postgres clears away a pid file whose process is gone, but not one whose number another process has
 * by now. It does accept its parent's. The file itself must stay: by it Postgres sees whether processes of
 * a killed server still write to these data.
 */
function claimPidFile(home: string): void {
  const path = join(dataOf(home), "postmaster.pid");
  if (!existsSync(path)) return;
  const [pid, ...rest] = readFileSync(path, "utf8").split("\n");
  if (processStart(Number(pid)) === undefined) return;
  writeFileSync(path, [process.pid, ...rest].join("\n"));
}

type Launched = { readonly exitCode: number | null; failed?: Error };

function launch(
  home: string,
  { postgres }: PostgresBinaries,
  user: PostgresUser,
  port: number,
  durable: boolean,
): Launched {
  const settings = {
    port,
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    shared_buffers: `${bufferMegabytes()}MB`,
    max_connections: 100,
    timezone: "UTC",
    log_timezone: "UTC",
    ...(durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
  const [command = "", ...args] = [
    ...(user?.prefix ?? []),
    ...[postgres, "-D", dataOf(home)],
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  const log = openSync(logOf(home), "a", 0o600);
  // Detached: Ctrl-C in the terminal reaches us, and the database must outlive our last words to it.
  const child = spawn(command, args, { cwd: home, detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  child.unref();
  const launched: Launched = {
    get exitCode() {
      return child.exitCode ?? (child.signalCode === null ? null : 1);
    },
  };
  child.on("error", (error) => {
    launched.failed = error;
  });
  return launched;
}

/** An eighth of the machine's memory, at most a gigabyte; what a small catalog does not touch is never taken. */
const bufferMegabytes = (): number =>
  Math.round(Math.min(1024, Math.max(128, totalmem() / 8 / 1024 ** 2)));

const logSize = (home: string) => statSync(logOf(home), { throwIfNoEntry: false })?.size ?? 0;

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer().once("error", () => done(false));
    server.listen(port, "127.0.0.1", () => server.close(() => done(true)));
  });
}

/** Stops the server of a home and waits until it has ended. */
export async function stopServer(home: string): Promise<void> {
  const server = runningServer(home);
  if (!server) return;
  // Its pid file goes a moment before it does, so the process itself is what we wait for.
  const began = processStart(server.pid);
  await waitUntilUnused(home);
  for (const how of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    signal(server.pid, how);
    const deadline = Date.now() + stopWaitMs;
    while (Date.now() < deadline) {
      if (processStart(server.pid) !== began) return;
      await wait(25);
    }
  }
}

/** A pool that is closing lets go of its sockets a moment later; a stop before that reads as a failure. */
async function waitUntilUnused(home: string): Promise<void> {
  const connection = readConnection(home);
  if (!connection) return;
  const others = `select from pg_stat_activity
    where backend_type = 'client backend' and pid <> pg_backend_pid()`;
  try {
    await withClient(addressOf(connection, "postgres"), async (client) => {
      for (let turn = 0; turn < 40; turn += 1) {
        if ((await client.query(others)).rowCount === 0) return;
        await wait(25);
      }
    });
  } catch {
    // It does not answer any more, so there is nobody to wait for.
  }
}

/** Sends a signal to a process that may have ended. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
