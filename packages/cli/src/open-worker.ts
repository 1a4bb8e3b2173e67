import { join } from "node:path";
import { type RunningWorker, startWorker, type WorkerConfig } from "@waymark/pipeline/worker";
import type { Home } from "./home.ts";
import type { Session } from "./session.ts";
import type { Setting } from "./setting.ts";
import { version } from "./version.ts";

/** Starts a worker in the time and the web of its installation. */
export function openWorker(
  { config, log }: Session,
  { db, databaseUrl }: Home,
  setting: Pick<Setting, "now" | "connectTo">,
  share: Pick<WorkerConfig, "only" | "keepsSchedule" | "archive"> = {},
): Promise<RunningWorker> {
  return startWorker({
    db,
    databaseUrl,
    redisUrl: config.redisUrl,
    now: setting.now,
    log,
    version,
    contact: config.contact,
    connectTo: setting.connectTo,
    chromiumPath: config.chromiumPath,
    cacheFolder: join(config.home, "browser"),
    ...share,
  });
}
