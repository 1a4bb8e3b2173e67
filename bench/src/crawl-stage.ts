import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { SourceFile } from "@waymark/domain";
import { importSources, openBell, startRuns, type WorkerPart } from "@waymark/pipeline";
import { listSources, openPool, type Pool } from "@waymark/store";
import type { CrawlContext } from "./crawl-bench.ts";
import { type CrawlWorker, type Site, startCrawlWorker, startSite } from "./crawl-children.ts";
import { hostAddress } from "./crawl-site.ts";
import type { SiteOptions } from "./crawl-site-server.ts";

/** What the nights of a bench are crawled on: simulated sites, and a database of their own. */
export type CrawlStage = {
  db: Pool;
  site: Site;
  spawnWorker(options: {
    only: WorkerPart[];
    leaseMs?: number;
    nodeOptions?: string[];
  }): Promise<CrawlWorker>;
  /** Opens a run for every source, as an operator would: every page is visited, due or not. */
  openRuns(delayMs?: number): Promise<void>;
  /** Waits until no run wants a page any more; with reading, until all are read. */
  untilDone(parts: WorkerPart[], minutesMax?: number): Promise<void>;
  /** Ends the runs of a night and begins the next day. */
  nextNight(workers: CrawlWorker[]): Promise<void>;
  postgresSeconds(): number;
  close(): Promise<void>;
};

const firstNight = Date.parse("2026-03-01T02:00:00Z");
const dayMs = 86_400_000;

/** Serves the sites, starts a fresh database that keeps what it is given, and imports a source a host. */
export async function openCrawlStage(ctx: CrawlContext, options: SiteOptions): Promise<CrawlStage> {
  const logFile = join(ctx.folder, "worker.jsonl");
  let clock = firstNight;
  const workers: CrawlWorker[] = [];
  const database = await ctx.databases.create();
  const db = openPool(database.url, { max: 4, applicationName: "waymark-bench" });
  const site = await startSite(options);
  const bell = await openBell({ databaseUrl: database.url });
  await importSources(db, sourcesOf(options.hosts), new Date(clock));
  return {
    db,
    site,
    async spawnWorker({ only, leaseMs, nodeOptions }) {
      const worker = await startCrawlWorker(
        {
          ...{ databaseUrl: database.url, port: site.port, only, leaseMs, logFile },
          clock: new Date(clock).toISOString(),
        },
        nodeOptions,
      );
      workers.push(worker);
      return worker;
    },
    async openRuns(delayMs = 0) {
      const sourceIds = (await listSources(db)).map((source) => source.id);
      await startRuns(
        { db, bell, now: () => new Date(clock) },
        { sourceIds, trigger: "operator", who: "bench", delayMs },
      );
    },
    untilDone: (parts, minutesMax = 10) => untilDone(db, { parts, minutesMax, logFile }),
    async nextNight(running) {
      // Where nothing is read and reviewed, nobody ends a run.
      await db.query(endRuns);
      clock += dayMs;
      for (const worker of running) await worker.moveClock(new Date(clock).toISOString());
    },
    postgresSeconds: database.cpuSeconds,
    async close() {
      await Promise.all(workers.map((worker) => worker.stop()));
      await site.stop();
      await bell.close();
      await db.end();
    },
  };
}

const endRuns = "update run set state = 'finished', finished_at = now() where state <> 'finished'";
const openWork = `
  select (select count(*) from run where not planned)::int as unplanned,
    (select count(*) from page where wanted_by is not null)::int as wanted,
    (select count(*) from page where unread and set_aside_because is null)::int as unread`;

const sourcesOf = (hosts: number): SourceFile =>
  SourceFile.parse(
    Array.from({ length: hosts }, (_, host) => ({
      id: `site-${host + 1}`,
      name: `Measured site ${host + 1}`,
      kind: "initiative",
      seeds: [`http://${hostAddress(host)}/`],
      delayMs: 0,
      pagesMax: 1_000_000,
    })),
  );

async function untilDone(
  db: Pool,
  { parts, minutesMax, logFile }: { parts: WorkerPart[]; minutesMax: number; logFile: string },
): Promise<void> {
  const end = Date.now() + minutesMax * 60_000;
  for (;;) {
    const { unplanned, wanted, unread } = (await db.query(openWork)).rows[0];
    if (unplanned + wanted + (parts.includes("read") ? unread : 0) === 0) return;
    if (Date.now() > end) {
      const log = existsSync(logFile) ? readFileSync(logFile, "utf8") : "";
      throw new Error(
        `not done after ${minutesMax} minutes: ${unplanned} runs without a plan, ${wanted} pages wanted, ${unread} unread; the workers said: ${log.slice(-4000)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
