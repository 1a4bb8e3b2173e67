import type { Logger } from "pino";
import type { BrowserContext } from "playwright-core";
import type { BrowserProcess } from "./browser-process.ts";
import { broken, type PageEnd } from "./render-page.ts";

/** How long a browser is kept, and what it may take. */
export type KeeperLimits = {
  /** After so many pages the browser is replaced by a fresh one. */
  pagesPerBrowser: number;
  /** How long a browser is kept without a page. */
  idleMs: number;
  /** How long a page may take to go away before its browser is killed. */
  closeMs: number;
  /** Memory of a browser and all its pages. */
  memoryBytesMax: number;
  memoryPollMs: number;
};

/** A browser that is honest about what it needs stays far below these. */
export const keeperLimits: KeeperLimits = {
  pagesPerBrowser: 200,
  idleMs: 30_000,
  closeMs: 1_000,
  memoryBytesMax: 1_200_000_000,
  memoryPollMs: 250,
};

/** One page's stay in a browser. */
export type Job = { context?: BrowserContext };

type Ending = { guilty: Job | undefined; end: PageEnd & { kind: "broken" } };

/** A browser under way, and why it was ended if it was. */
export type Running = {
  process: BrowserProcess;
  pages: number;
  jobs: Set<Job>;
  isRetired: boolean;
  ending?: Ending;
};

export const closed = broken("CLOSED", "the renderer is closed");
export const replaced = broken(
  "BROWSER_REPLACED",
  "the browser was replaced because of another page",
);

/** What the end of its browser means for a page. */
export function endOf({ ending }: Running, job: Job): PageEnd {
  if (!ending) return replaced;
  return ending.guilty === job || ending.end === closed ? ending.end : replaced;
}

/** Has a browser ready when there is a page, and none when there is not. */
export type Keeper = {
  /** The browser of now, or a new one where there is none or it has had its share of pages. */
  take(): Promise<Running>;
  /** Sends a page away; a browser that cannot do that is of no further use. */
  leave(running: Running, job: Job): Promise<void>;
  /** Ends a browser with all its processes; the next page gets a new one. */
  end(running: Running, ending: Ending): Promise<void>;
  isClosed(): boolean;
  close(): Promise<void>;
};

export function createKeeper(
  limits: KeeperLimits,
  startProcess: () => Promise<BrowserProcess>,
  log: Logger | undefined,
): Keeper {
  /** All that live, the retired ones too. */
  const alive = new Set<Running>();
  let current: Promise<Running> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isClosed = false;

  const end = async (running: Running, ending: Ending): Promise<void> => {
    running.ending ??= ending;
    running.isRetired = true;
    await running.process.kill();
    alive.delete(running);
  };
  const nobody = { guilty: undefined, end: replaced };

  const start = async (): Promise<Running> => {
    const startedAt = performance.now();
    const process = await startProcess();
    const running: Running = { process, pages: 0, jobs: new Set(), isRetired: false };
    alive.add(running);
    const watch = setInterval(() => void watchMemory(running), limits.memoryPollMs);
    void process.ended.then(() => {
      clearInterval(watch);
      return end(running, nobody);
    });
    const ms = Math.round(performance.now() - startedAt);
    log?.debug({ pid: process.pid, ms }, "browser started");
    return running;
  };

  const watchMemory = async (running: Running): Promise<void> => {
    if (running.jobs.size === 0) return;
    const bytes = await running.process.memoryBytes();
    if (bytes <= limits.memoryBytesMax) return;
    const jobs = [...running.jobs];
    const message = `the browser holds ${bytes} bytes, more than ${limits.memoryBytesMax}`;
    // Of two pages nobody knows whose it is: both are rendered again, each alone.
    const guilty = jobs.length === 1 ? jobs[0] : undefined;
    await end(running, { guilty, end: broken("MEMORY", message) });
  };

  return {
    async take() {
      clearTimeout(idle);
      for (;;) {
        if (isClosed) throw new Error(closed.message);
        current ??= start();
        const starting = current;
        const forget = (): void => {
          if (current === starting) current = undefined;
        };
        const running = await starting.catch((error: unknown) => {
          forget();
          throw error;
        });
        if (running.isRetired) {
          forget();
          continue;
        }
        running.pages += 1;
        running.isRetired = running.pages >= limits.pagesPerBrowser;
        return running;
      }
    },
    async leave(running, job) {
      if (!running.ending && job.context) {
        const isGone = await closesInTime(job.context, limits.closeMs);
        if (!isGone) await end(running, { guilty: job, end: replaced });
      }
      running.jobs.delete(job);
      if (running.jobs.size > 0) return;
      if (running.isRetired) return end(running, nobody);
      clearTimeout(idle);
      idle = setTimeout(() => {
        if (running.jobs.size === 0) void end(running, nobody);
      }, limits.idleMs);
    },
    end,
    isClosed: () => isClosed,
    async close() {
      isClosed = true;
      clearTimeout(idle);
      await current?.catch(() => {});
      await Promise.all(
        [...alive].map((running) => end(running, { guilty: undefined, end: closed })),
      );
    },
  };
}

/** Closing a context waits for the page, which may never answer. */
async function closesInTime(context: BrowserContext, closeMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, closeMs, false);
  });
  const closing = context.close().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([closing, late]);
  } finally {
    clearTimeout(timer);
  }
}
