import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { addUser, countUsers, tryHomeLock, withHomeLock } from "./home-users.ts";
import {
  choosePostgresUser,
  findPostgresBinaries,
  giveTo,
  type PostgresBinaries,
  type PostgresUser,
} from "./postgres-binaries.ts";
import { processCommand } from "./running-process.ts";

const startWaitMs = 120_000;
const stopWaitMs = 30_000;
const logBytesMax = 10_000_000;

/** Where the embedded database keeps itself; `durable: false` trades safety for speed, for tests. */
export type EmbeddedPostgresOptions = {
  home: string;
  log?: { info(fields: object, message: string): void } | undefined;
  durable?: boolean | undefined;
};

/** A use of the embedded database: its address, and the way to say that it is no longer needed. */
export type EmbeddedPostgres = { url: string; release(): Promise<void> };

/**
 * The embedded database of a home: started by whoever needs it first, joined by the others, stopped
 * by the last to release it. A use ends with its process, however that ends.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const home = resolve(options.home);
  prepareHome(home);
  return withHomeLock(home, async () => {
    // The note comes first: whoever leaves meanwhile must see that somebody stays.
    const removeUser = addUser(home);
    try {
      const connection = (await joinRunning(home)) ?? (await startServer(home, options));
      return use(home, addressOf(connection), removeUser, options.log);
    } catch (error) {
      removeUser();
      throw error;
    }
  });
}

/** Stops the database of a home whose users all died without a word; true when there was one. */
export async function stopAbandonedPostgres(home: string): Promise<boolean> {
  if (!existsSync(home)) return false;
  return withHomeLock(home, async () => {
    if (countUsers(home) > 0 || !runningServer(home)) return false;
    await stopServer(home);
    return true;
  });
}

function use(
  home: string,
  url: string,
  removeUser: () => void,
  log: EmbeddedPostgresOptions["log"],
): EmbeddedPostgres {
  const leaveInHaste = () => {
    removeUser();
    const unlock = existsSync(home) ? tryHomeLock(home) : undefined;
    // When another process is joining or leaving just now, that one decides.
    if (!unlock) return;
    const server = countUsers(home) === 0 ? runningServer(home) : undefined;
    if (server) signal(server.pid, "SIGINT");
    unlock();
  };
  process.once("exit", leaveInHaste);

  let released: Promise<void> | undefined;
  const release = async () => {
    await withHomeLock(home, async () => {
      removeUser();
      process.removeListener("exit", leaveInHaste);
      if (countUsers(home) > 0 || !runningServer(home)) return;
      await stopServer(home);
      log?.info({ home }, "embedded database stopped");
    });
  };
  return {
    url,
    release: () => {
      released ??= release();
      return released;
    },
  };
}

function prepareHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(
      `cannot write to ${home}, where the embedded database lives: set WAYMARK_HOME to a folder of yours, or DATABASE_URL to a Postgres`,
      { cause },
    );
  }
}

// The connection: which port was chosen and the password, for this machine's user alone.

type Connection = { port: number; password: string };

function readConnection(home: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(connectionFile(home), "utf8"));
  } catch {
    return undefined;
  }
}

function writeConnection(home: string, connection: Connection): void {
  const path = connectionFile(home);
  writeFileSync(`${path}.new`, JSON.stringify(connection), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

const connectionFile = (home: string) => join(home, "postgres.json");
const dataOf = (home: string) => join(home, "postgres");
const logOf = (home: string) => join(home, "postgres.log");

const addressOf = ({ port, password }: Connection, database = "waymark") =>
  `postgres://waymark:${password}@127.0.0.1:${port}/${database}`;

// Joining.

/** The postmaster that runs on this home's data, by its own pid file. */
function runningServer(home: string): { pid: number; port: number } | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(dataOf(home), "postmaster.pid"), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  // After a restart of the machine the number may be anybody's: it must name our data.
  if (!processCommand(pid)?.includes(`-D ${dataOf(home)} `)) return undefined;
  return { pid, port: Number(lines[3]) };
}

async function joinRunning(home: string): Promise<Connection | undefined> {
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

// Starting.

async function startServer(
  home: string,
  { log, durable = true }: EmbeddedPostgresOptions,
): Promise<Connection> {
  const began = Date.now();
  const binaries = findPostgresBinaries();
  const user = choosePostgresUser(dataOf(home), home);
  if (!existsSync(dataOf(home))) makeData(home, binaries, user);
  checkVersion(home, binaries);
  giveTo(user, dataOf(home));
  rmSync(join(dataOf(home), "postmaster.pid"), { force: true });
  const kept = readConnection(home);
  if (!kept) {
    throw new Error(
      `${connectionFile(home)} is missing, so the password of ${dataOf(home)} is lost: put it back, or remove both to begin anew`,
    );
  }

  let port = kept.port && (await isFree(kept.port)) ? kept.port : await freePort();
  for (let attempt = 1; ; attempt += 1) {
    const connection = { ...kept, port };
    writeConnection(home, connection);
    const logStart = logSize(home);
    const server = launch(home, binaries, user, port, durable);
    if (await waitUntilReady(connection, () => server.exitCode === null && !server.failed)) {
      log?.info({ home, port, ms: Date.now() - began }, "embedded database started");
      return connection;
    }
    const said = readFileSync(logOf(home), "utf8").slice(logStart).trim();
    if (attempt === 5 || !/could not bind|could not create any TCP/.test(said)) {
      throw new Error(
        `the embedded database in ${home} did not start: ${said || server.failed?.message}`,
        { cause: server.failed },
      );
    }
    port = await freePort();
  }
}

/** A folder that is half made when the power goes must not look like a database: it is renamed when it is whole. */
function makeData(home: string, binaries: PostgresBinaries, user: PostgresUser): void {
  const making = join(home, "postgres.new");
  const passwordFile = join(home, "postgres.password");
  const password = randomBytes(24).toString("base64url");
  writeConnection(home, { port: 0, password });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  giveTo(user, passwordFile);
  try {
    const errors: string[] = [];
    // Not every machine has the locale that sorts as all others do; the last exists everywhere.
    for (const locale of ["C.UTF-8", "en_US.UTF-8", "C"]) {
      rmSync(making, { recursive: true, force: true });
      mkdirSync(making, { mode: 0o700 });
      chmodSync(making, 0o700);
      giveTo(user, making);
      const [command = "", ...args] = [
        ...(user?.prefix ?? []),
        binaries.initdb,
        ...["-D", making, "--username=waymark", `--pwfile=${passwordFile}`, "--no-sync"],
        ...["--auth=scram-sha-256", "--encoding=UTF8", `--locale=${locale}`],
        ...["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--lc-messages=C"],
      ];
      const done = spawnSync(command, args, { encoding: "utf8" });
      if (done.status === 0) {
        renameSync(making, dataOf(home));
        return;
      }
      errors.push(`${done.error?.message ?? ""}${done.stderr ?? ""}`.trim());
    }
    throw new Error(`the embedded database cannot be made in ${home}: ${errors[0]}`);
  } finally {
    rmSync(making, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

function checkVersion(home: string, { major }: PostgresBinaries): void {
  const found = readFileSync(join(dataOf(home), "PG_VERSION"), "utf8").trim();
  if (found === major) return;
  throw new Error(
    `the data in ${dataOf(home)} are of Postgres ${found}, and this Waymark brings Postgres ${major}: export the catalog with the version that made them, or set WAYMARK_HOME to another folder`,
  );
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
    shared_buffers: "128MB",
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
  const log = openSync(logOf(home), logSize(home) > logBytesMax ? "w" : "a", 0o600);
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

// Stopping.

async function stopServer(home: string): Promise<void> {
  const server = runningServer(home);
  if (!server) return;
  await waitUntilUnused(home);
  for (const how of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    signal(server.pid, how);
    const deadline = Date.now() + stopWaitMs;
    while (Date.now() < deadline) {
      if (runningServer(home)?.pid !== server.pid) return;
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

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended already.
  }
}
