import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { processStart } from "./running-process.ts";

const lockWaitMs = 150_000;

/** Runs the work while no other process runs any for the same home; waits its turn. */
export async function withHomeLock<T>(home: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + lockWaitMs;
  for (;;) {
    const unlock = tryHomeLock(home);
    if (unlock) {
      try {
        return await work();
      } finally {
        unlock();
      }
    }
    if (Date.now() > deadline) {
      throw new Error(
        `another process has been starting or stopping the database in ${home} for ${lockWaitMs / 1000} s; end it and try again`,
      );
    }
    await wait(40);
  }
}

/**
 * Takes the lock if it is free and returns what lets it go again. The lock is one SQLite takes on an
 * empty file: the operating system lets go of it when its holder dies, however it dies, and Node has
 * no file lock of its own.
 */
export function tryHomeLock(home: string): (() => void) | undefined {
  const file = new DatabaseSync(join(home, "postgres.lock"), { timeout: 0 });
  try {
    file.exec("begin exclusive");
    return () => file.close();
  } catch (error) {
    file.close();
    if ((error as { errcode?: number }).errcode === 5) return undefined;
    throw error;
  }
}

let usesOfThisProcess = 0;

/** Notes under the home that this process uses it; returns what takes the note back. */
export function addUser(home: string): () => void {
  mkdirSync(usersOf(home), { recursive: true });
  usesOfThisProcess += 1;
  const name = `${process.pid}-${processStart(process.pid)}-${usesOfThisProcess}`;
  const path = join(usersOf(home), name);
  writeFileSync(path, "");
  return () => rmSync(path, { force: true });
}

/** How many living uses the home has; the notes of processes that died are cleared away. */
export function countUsers(home: string): number {
  let living = 0;
  for (const name of listNotes(home)) {
    const [pid, start] = name.split("-");
    // A process number is given out again after a while: the start tells the two apart.
    if (processStart(Number(pid)) === start) living += 1;
    else rmSync(join(usersOf(home), name), { force: true });
  }
  return living;
}

function listNotes(home: string): string[] {
  try {
    return readdirSync(usersOf(home));
  } catch {
    return [];
  }
}

const usersOf = (home: string) => join(home, "users");
