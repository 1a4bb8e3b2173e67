import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { processCommand } from "./running-process.ts";

/** Makes the folder the embedded database lives in, or says why it cannot. */
export function prepareHome(home: string): void {
  try {
    mkdirSync(home, { recursive: true });
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw notWritable(home, cause);
  }
}

/** The sentence for a home in which something cannot be written. */
export function notWritable(home: string, cause: unknown): Error {
  return new Error(
    `cannot write to ${home}, where the embedded database lives: set WAYMARK_HOME to a folder of yours, or DATABASE_URL to a Postgres`,
    { cause },
  );
}

/** What root wrote into the home of somebody else is theirs: they will want to go on without root. */
export function handOverHome(home: string): void {
  if (process.getuid?.() !== 0) return;
  const { uid, gid } = statSync(home);
  for (const name of ["postgres.json", "postgres.lock", "postgres.log", "users"]) {
    if (uid !== 0 && existsSync(join(home, name))) chownSync(join(home, name), uid, gid);
  }
}

/** Which port was chosen, and the password: for this machine's user alone. */
export type Connection = { port: number; password: string };

export function readConnection(home: string): Connection | undefined {
  try {
    return JSON.parse(readFileSync(connectionFile(home), "utf8"));
  } catch {
    return undefined;
  }
}

export function writeConnection(home: string, connection: Connection): void {
  const path = connectionFile(home);
  writeFileSync(`${path}.new`, JSON.stringify(connection), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export const connectionFile = (home: string) => join(home, "postgres.json");
export const dataOf = (home: string) => join(home, "postgres");
export const logOf = (home: string) => join(home, "postgres.log");

export const addressOf = ({ port, password }: Connection, database = "waymark") =>
  `postgres://waymark:${password}@127.0.0.1:${port}/${database}`;

/** The postmaster that runs on this home's data, by its own pid file. */
export function runningServer(home: string): { pid: number; port: number } | undefined {
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
