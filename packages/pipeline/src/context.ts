import type { Fetcher } from "@waymark/crawl";
import type { Renderer } from "@waymark/crawl/browser";
import type { Pool } from "@waymark/store";
import type { Logger } from "pino";
import type { Bell } from "./bell.ts";
import type { Clock } from "./clock.ts";
import type { ReaderPool } from "./reader-pool.ts";

/** What every step is given. */
export type Context = {
  db: Pool;
  bell: Bell;
  now: Clock;
  log: Logger;
  fetcher: Fetcher;
  reader: ReaderPool;
  /** What shows pages in a browser, opened when first needed; undefined where no browser was found. */
  openRenderer(): Promise<Renderer | undefined>;
  /** The archive that stands for the web, when that is not what is visited. */
  archive: string | undefined;
  /** Set when the worker is asked to stop: steps end at their next good place. */
  stopping: AbortSignal;
  /** Whether this worker's sweep opens the runs that sources are due for. */
  keepsSchedule: boolean;
  /** How long a host's lease holds without being renewed; each turn renews it. */
  leaseMs: number;
  /** Tokens of the host leases this worker holds, to be given back when it stops. */
  leases: Set<number>;
};
