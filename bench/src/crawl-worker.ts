/*
 * A worker as a process of its own, to be measured or killed from outside. It differs from `waymark work`
 * in its patience and in the clock, which a bench moves from night to night.
 */
import { resolve } from "node:path";
import { startWorker } from "@waymark/pipeline/worker";
import { listHostsToVisit, listOpenRuns, listUnreadPages, openPool } from "@waymark/store";
import type { CrawlWorkerOptions } from "./crawl-children.ts";
import { recordLog } from "./record-log.ts";

const given = JSON.parse(process.argv[2]!) as CrawlWorkerOptions;
const db = openPool(given.databaseUrl);
let now = new Date(given.clock);

const worker = await startWorker({
  db,
  databaseUrl: given.databaseUrl,
  now: () => now,
  log: recordLog(given.logFile).log,
  version: "bench",
  contact: "https://waymark.example/bench",
  connectTo: { host: "127.0.0.1", port: given.port },
  only: given.only,
  sweepEveryMs: 1000,
  keepsSchedule: false,
  // Where an installation of its own would keep it.
  cacheFolder: resolve(".waymark", "browser"),
  ...(given.leaseMs && { leaseMs: given.leaseMs }),
});

// Where nothing is reviewed, nobody sweeps: a lost ring would stay lost. A whole sweep would do more than
// a night does, since it rings for every page that nobody reads here; so what is due alone is rung for.
const timer = setInterval(() => ringForDue().catch(() => undefined), 1000);

async function ringForDue(): Promise<void> {
  if (given.only.includes("review")) return;
  const unplanned = (await listOpenRuns(db)).filter((run) => !run.planned);
  await worker.bell.ringAll(
    "crawl-source",
    unplanned.map((run) => ({ runId: run.id })),
  );
  const hosts = await listHostsToVisit(db);
  for (const { id, waitMs: delayMs, abandoned: instead } of hosts) {
    await worker.bell.ring("visit-host", { hostId: id }, { delayMs, instead });
  }
  if (hosts.length > 0 || !given.only.includes("read")) return;
  await worker.bell.ringAll(
    "read-page",
    (await listUnreadPages(db)).map(({ id }) => ({ pageId: id })),
  );
}

process.on("message", async (message: { clock: string } | { stop: true }) => {
  if ("clock" in message) {
    now = new Date(message.clock);
    process.send!({ clock: message.clock });
  } else {
    await stop();
  }
});
// The bench is gone: so is the need for us.
process.on("disconnect", stop);

async function stop(): Promise<void> {
  clearInterval(timer);
  await worker.stop();
  await db.end();
  process.exit(0);
}

process.send!({ ready: true });
