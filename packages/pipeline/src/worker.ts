/**
 * The second door of the pipeline: whoever carries out jobs. It loads all that the first door spares its
 * callers: the crawler, the reader's children, the queue's workers.
 */
import { createFetcher, type Fetcher, userAgentOf } from "@waymark/crawl";
import { type Pool, releaseLeases } from "@waymark/store";
import type { Worker } from "bullmq";
import type { Logger } from "pino";
import { type Bell, createBell } from "./bell.ts";
import type { Clock } from "./clock.ts";
import type { Context } from "./context.ts";
import { type JobName, jobNames, jobs, type WorkerPart } from "./jobs.ts";
import { openQueueRoom } from "./queue.ts";
import { ReaderPool } from "./reader-pool.ts";
import { rendererOnce } from "./renderer-once.ts";
import { runStep } from "./run-step.ts";
import { ringBySchedule } from "./schedules.ts";

export { checkRecipe } from "@waymark/extract/recipe";
export {
  type ActivatedRecipe,
  activateVersion,
  loadActiveRecipe,
  relocateSource,
  setRecipe,
} from "./change-recipe.ts";
export { currentKnowledge } from "./current-knowledge.ts";
export { fetchDry } from "./fetch-dry.ts";
export type { DryFetch } from "./fetch-dry-steps.ts";
export { fetchForReading } from "./fetch-for-reading.ts";
export { reviewEffort } from "./journey.ts";
export { processUsage } from "./process-usage.ts";
export { type DryReading, readPageDry } from "./read-page-dry.ts";
export { ReaderPool, type RelocatedRecipe } from "./reader-pool.ts";
export { gatherEfforts } from "./steps/gather-efforts.ts";
export {
  findStoredDocument,
  listStoredDocuments,
  type RecipeTrial,
  type TriedPage,
  tryRecipe,
} from "./try-recipe.ts";

export type WorkerConfig = {
  db: Pool;
  databaseUrl: string;
  redisUrl?: string | undefined;
  now: Clock;
  log: Logger;
  version: string;
  /** Whom a site's owner may write to; sent with every request. */
  contact: string;
  /** Development only: every host is reached here. */
  connectTo?: { host: string; port: number } | undefined;
  /** What stands for the web, for the runs that were opened on it and for no others. */
  archive?: { name: string; fetcher: Fetcher } | undefined;
  /** A browser to use; looked for when not given. */
  chromiumPath?: string | undefined;
  /** Where a browser that comes in a package is unpacked. */
  cacheFolder?: string | undefined;
  /** Which shares of the work to take; all by default. */
  only?: WorkerPart[] | undefined;
  /** How often the rows are looked through without waiting for the queue's ring. */
  sweepEveryMs?: number | undefined;
  /** Whether it opens the runs that sources are due for; a worker carried along for some runs does not. */
  keepsSchedule?: boolean | undefined;
  /** How long a host stays leased to a worker that died; longer than the longest fetch by default. */
  leaseMs?: number | undefined;
};

export type RunningWorker = { bell: Bell; stop(): Promise<void> };

/** Longest a stopping worker waits for the steps under way before it cuts them off. */
const graceMs = 20_000;

/** Starts a worker; `stop` lets it finish what it holds, gives back its leases and closes its connections. */
export async function startWorker(config: WorkerConfig): Promise<RunningWorker> {
  const { db, log, now } = config;
  const room = await openQueueRoom({
    databaseUrl: config.databaseUrl,
    redisUrl: config.redisUrl,
    onError: (error) => {
      if (!stopping.signal.aborted) log.warn({ err: error }, "queue connection");
    },
  });
  const stopping = new AbortController();
  const bell = createBell(room);
  const userAgent = userAgentOf({ version: config.version, contact: config.contact });
  const { connectTo, archive } = config;
  const mine = (name: JobName) => !config.only || config.only.includes(jobs[name].part);
  // A browser would ask the web itself for what is not in the archive.
  const browser = rendererOnce(
    mine("render-host") && !archive ? { ...config, userAgent } : undefined,
  );
  const ctx: Context = {
    db,
    bell,
    now,
    log,
    fetcher: archive?.fetcher ?? createFetcher({ userAgent, connectTo, now, log }),
    reader: new ReaderPool(),
    openRenderer: browser.open,
    archive: archive?.name,
    stopping: stopping.signal,
    keepsSchedule: config.keepsSchedule ?? true,
    leaseMs: config.leaseMs ?? 60_000,
    leases: new Set(),
  };
  const workers: Worker[] = jobNames
    .filter(mine)
    .map((name) =>
      room.openWorker(name, (payload) => runStep(ctx, name, payload), jobs[name].concurrency),
    );
  if (mine("visit-host")) ctx.reader.warm();
  if (mine("sweep")) {
    await ringBySchedule(bell);
    await bell.ring("sweep", {});
  }
  // The poll stays, whatever becomes of the queue (rule R11): a sweep of our own, straight from the rows.
  const timer = setInterval(() => {
    if (mine("sweep")) runStep(ctx, "sweep", {}).catch((err) => log.warn({ err }, "sweep failed"));
  }, config.sweepEveryMs ?? 30_000);
  log.info({ jobs: workers.map((worker) => worker.name) }, "worker started");
  return {
    bell,
    async stop() {
      clearInterval(timer);
      const closing = Promise.all(workers.map((worker) => worker.close()));
      stopping.abort();
      const late = setTimeout(() => {
        for (const worker of workers) void worker.close(true);
      }, graceMs);
      await Promise.race([closing, new Promise((resolve) => setTimeout(resolve, graceMs + 1000))]);
      clearTimeout(late);
      await releaseLeases(db, [...ctx.leases]).catch(() => undefined);
      await browser.close();
      await ctx.reader.close();
      await ctx.fetcher.close();
      await room.close();
      log.info("worker stopped");
    },
  };
}
