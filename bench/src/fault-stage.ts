import { join } from "node:path";
import type { SourceFile } from "@waymark/domain";
import {
  type CatalogRow,
  importCatalog,
  importSources,
  openBell,
  startRuns,
  waitForRuns,
  workerParts,
} from "@waymark/pipeline";
import { listSources, openPool, type Pool } from "@waymark/store";
import { type CrawlWorker, startCrawlWorker } from "./crawl-children.ts";
import { readTreeUse } from "./crawl-process.ts";

/** The whole product around the sites of a bench, with a worker of its own, one night after the other. */
export type NightStage = {
  db: Pool;
  worker: CrawlWorker;
  /** Crawls, reads and reviews every page of every source, or of those named, and answers the night's date. */
  liveNight(sourceIds?: string[]): Promise<Date>;
  close(): Promise<void>;
};

const firstNight = Date.parse("2026-03-01T07:00:00Z");
const dayMs = 86_400_000;

/** Brings a catalog and sources into a fresh database, and starts a worker that finds the web at a port. */
export async function openNightStage({
  databaseUrl,
  folder,
  port,
  catalog,
  sources,
  minutesMax = 10,
}: {
  databaseUrl: string;
  /** Where the worker's log goes. */
  folder: string;
  port: number;
  catalog: CatalogRow[];
  sources: SourceFile;
  minutesMax?: number;
}): Promise<NightStage> {
  const db = openPool(databaseUrl, { max: 4, applicationName: "waymark-bench" });
  let now = new Date(firstNight);
  await importCatalog(db, catalog, now);
  await importSources(db, sources, now);
  const bell = await openBell({ databaseUrl });
  const worker = await startCrawlWorker({
    ...{ databaseUrl, port, clock: now.toISOString() },
    ...{ only: [...workerParts], logFile: join(folder, "worker.jsonl") },
  });
  let nights = 0;
  return {
    db,
    worker,
    async liveNight(sourceIds) {
      if (nights > 0) {
        now = new Date(now.getTime() + dayMs);
        await worker.moveClock(now.toISOString());
        // The hosts' own clock is the real one, for which the nights are seconds apart.
        await db.query("update host set next_allowed_at = now(), failures = 0");
      }
      nights += 1;
      const all = (await listSources(db)).map((source) => source.id);
      const { started } = await startRuns(
        { db, bell, now: () => now },
        {
          sourceIds: all.filter((id) => sourceIds?.includes(id) ?? true),
          ...{ trigger: "operator", who: "bench", delayMs: 0 },
        },
      );
      const signal = AbortSignal.timeout(minutesMax * 60_000);
      const onProgress = () => {
        if (!readTreeUse(worker.pid)) throw new Error("the worker ended before its night was over");
      };
      await waitForRuns(db, started, { signal, onProgress, pollMs: 200 });
      if (signal.aborted) throw new Error(`the night was not over after ${minutesMax} minutes`);
      return now;
    },
    async close() {
      await worker.stop();
      await bell.close();
      await db.end();
    },
  };
}
