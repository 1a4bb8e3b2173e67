import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { addUser, countUsers, tryHomeLock, withHomeLock } from "./home-users.ts";
import {
  addressOf,
  handOverHome,
  notWritable,
  prepareHome,
  runningServer,
} from "./postgres-home.ts";
import { joinRunning, signal, startServer, stopServer } from "./postgres-server.ts";

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
      const connection = (await joinRunning(home)) ?? (await start(home, options));
      handOverHome(home);
      return use(home, addressOf(connection), removeUser, options.log);
    } catch (error) {
      removeUser();
      throw error;
    }
  }).catch((error) => {
    throw ["EACCES", "EROFS"].includes(error.code) ? notWritable(home, error) : error;
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

async function start(home: string, { log, durable = true }: EmbeddedPostgresOptions) {
  const began = Date.now();
  const connection = await startServer(home, durable);
  log?.info({ home, port: connection.port, ms: Date.now() - began }, "embedded database started");
  return connection;
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
