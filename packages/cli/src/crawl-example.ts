import { exampleNights, type Night, startExampleWeb } from "@waymark/example-web";
import { type Bell, type Clock, startRuns } from "@waymark/pipeline";
import type { RunningWorker } from "@waymark/pipeline/worker";
import { listOpenRuns, listSources, type Pool } from "@waymark/store";
import { nightAt, nightReached } from "./example.ts";
import { followRuns } from "./follow-runs.ts";
import type { Home } from "./home.ts";
import { openWorker } from "./open-worker.ts";
import type { Session } from "./session.ts";
import { takeStock } from "./stock.ts";
import { printNight } from "./summary.ts";

/** The example web and its worker, which go on after the nights for whoever crawls from the desk. */
export type RunningExample = { bell: Bell | undefined; now: Clock; stop(): Promise<void> };

/**
 * Crawls the nights of the example that this installation has not seen, or the last one again where it
 * has seen both, and prints what each came to. Nothing is decided in between: that is for curators.
 */
export async function crawlExampleNights(
  session: Session,
  home: Home,
  stopping: AbortSignal,
): Promise<RunningExample> {
  const reached = await nightReached(home.db);
  const nights: Night[] = reached === undefined ? [1, 2] : [2];
  const web = await startExampleWeb();
  let worker: RunningWorker | undefined;
  const stop = async (): Promise<void> => {
    await worker?.stop();
    await web.close();
  };
  try {
    for (const night of nights) {
      if (stopping.aborted) break;
      // Nobody may be at work while the night changes: half of it would be seen with the eyes of the other.
      await worker?.stop();
      const now = () => nightAt(night);
      web.setNight(night);
      const before = await takeStock(home.db);
      const began = performance.now();
      const runIds = await openNight(home.db, now);
      worker = await openWorker(session, home, {
        now,
        connectTo: { host: "127.0.0.1", port: web.port },
      });
      const title = `Night ${night} of the example, ${exampleNights[night].slice(0, 10)}`;
      await followRuns(home.db, runIds, { title, signal: stopping });
      if (stopping.aborted) break;
      const seconds = (performance.now() - began) / 1000;
      await printNight(home.db, { title, night: now(), before, seconds });
    }
    return { bell: worker?.bell, now: () => nightAt(2), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Opens a run of every source on a night; those that an interrupted start left open go on. */
async function openNight(db: Pool, now: Clock): Promise<string[]> {
  const sources = (await listSources(db)).filter((source) => !source.paused);
  await startRuns(
    { db, bell: undefined, now },
    {
      sourceIds: sources.map((source) => source.id),
      trigger: "operator",
      who: "start",
      // The example web is our own, on loopback.
      delayMs: 0,
    },
  );
  return (await listOpenRuns(db)).map((run) => run.id);
}
