import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EmbeddedPostgres, migrate, openPool, startEmbeddedPostgres } from "@waymark/store";
import { readTreeUse } from "./crawl-process.ts";

/** A fresh database with the newest schema. */
export type FreshDatabase = {
  url: string;
  /** CPU seconds of the whole database server so far. */
  cpuSeconds(): number;
};

/** Makes fresh databases on one server, which keeps what it is given as a real one does. */
export type DatabaseServer = { create(): Promise<FreshDatabase>; stop(): Promise<void> };

/** A server in a folder, started when the first database is asked for. */
export function createDatabaseServer(folder: string): DatabaseServer {
  const home = join(folder, "home");
  let server: Promise<EmbeddedPostgres> | undefined;
  let count = 0;
  const start = (): Promise<EmbeddedPostgres> => {
    mkdirSync(home, { recursive: true });
    return startEmbeddedPostgres({ home });
  };
  return {
    async create() {
      server ??= start();
      const { url } = await server;
      const name = `bench_${++count}`;
      const admin = openPool(url, { max: 1, applicationName: "waymark-bench" });
      try {
        await admin.query(`create database ${name}`);
      } finally {
        await admin.end();
      }
      const fresh = new URL(url);
      fresh.pathname = `/${name}`;
      await migrate(fresh.href);
      const note = readFileSync(join(home, "postgres", "postmaster.pid"), "utf8");
      const postmaster = Number.parseInt(note, 10);
      return {
        url: fresh.href,
        cpuSeconds: () => readTreeUse(postmaster)?.cpuSeconds ?? 0,
      };
    },
    async stop() {
      await (await server)?.release();
    },
  };
}
