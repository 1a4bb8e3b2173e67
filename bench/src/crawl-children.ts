/*
 * The other processes of the bench: sites, workers and the rival, each apart so that its use can be told
 * apart. They end with us, whatever becomes of us: the channel to them closes then.
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { WorkerPart } from "@waymark/pipeline";
import type { LoggedRequest } from "./crawl-log.ts";
import type { SiteOptions } from "./crawl-site-server.ts";

/** The simulated sites, being served. */
export type Site = {
  port: number;
  pid: number;
  /** Gives a share of the pages another text; answers their addresses. */
  change(share: number, seed: number): Promise<string[]>;
  /** All requests since the beginning or the last `forget`. */
  readLog(): Promise<LoggedRequest[]>;
  forget(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the simulated sites on a free port. */
export async function startSite(options: SiteOptions): Promise<Site> {
  const child = launch("./crawl-site-server.ts", options);
  const { port } = await answerOf<{ port: number }>(child, "the sites");
  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`http://127.0.0.1:${port}/__${path}`);
    if (!response.ok) throw new Error(`the sites answered ${response.status} to ${path}`);
    return (await response.json()) as T;
  };
  return {
    port,
    pid: child.pid!,
    change: (share, seed) => ask(`change?share=${share}&seed=${seed}`),
    readLog: () => ask("log"),
    forget: async () => {
      await ask("reset");
    },
    stop: () => end(child),
  };
}

/** What a measured worker is started with. */
export type CrawlWorkerOptions = {
  databaseUrl: string;
  /** Where the sites are served. */
  port: number;
  clock: string;
  only: WorkerPart[];
  leaseMs?: number | undefined;
  /** Where its warnings and errors are kept. */
  logFile: string;
};

/** A worker in a process of its own. */
export type CrawlWorker = {
  pid: number;
  moveClock(to: string): Promise<void>;
  kill(): Promise<void>;
  /** Lets it finish what it holds. */
  stop(): Promise<void>;
};

/** Starts a worker; it has taken up its work when this returns. */
export async function startCrawlWorker(
  options: CrawlWorkerOptions,
  nodeOptions: string[] = [],
): Promise<CrawlWorker> {
  // As the boot script starts our programs; the sites and the rival run as Node comes.
  const lean = process.execArgv.filter((flag) => flag.startsWith("--max-semi-space-size"));
  const child = launch("./crawl-worker.ts", options, [...lean, ...nodeOptions]);
  await answerOf(child, "a worker");
  return {
    pid: child.pid!,
    async moveClock(clock) {
      child.send({ clock });
      await answerOf(child, "a worker");
    },
    async kill() {
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.send({ stop: true });
      await gone;
    },
  };
}

/** What the rival is started with. */
export type RivalOptions = { seeds: string[]; file: string };
/** What the rival found. */
export type RivalSums = { pages: number; links: number; characters: number; failed: number };

/** The rival, loaded and waiting to be let go. */
export type Rival = { pid: number; crawl(): Promise<RivalSums>; stop(): Promise<void> };

/** Starts the rival's process; it crawls when it is told to. */
export async function startRival(options: RivalOptions): Promise<Rival> {
  const child = launch("./crawl-rival.ts", options);
  await answerOf(child, "the rival");
  return {
    pid: child.pid!,
    async crawl() {
      child.send({ crawl: true });
      return (await answerOf<{ sums: RivalSums }>(child, "the rival")).sums;
    },
    stop: () => end(child),
  };
}

function launch(program: string, options: object, nodeOptions: string[] = []): ChildProcess {
  return fork(fileURLToPath(new URL(program, import.meta.url)), [JSON.stringify(options)], {
    execArgv: ["--disable-warning=ExperimentalWarning", ...nodeOptions],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
}

async function answerOf<T>(child: ChildProcess, who: string): Promise<T> {
  const given = new AbortController();
  const { signal } = given;
  const gone = once(child, "exit", { signal }).then(([code, by]) => {
    throw new Error(`${who} ended without an answer (${code ?? by})`);
  });
  try {
    const [answer] = (await Promise.race([once(child, "message", { signal }), gone])) as [T];
    return answer;
  } finally {
    gone.catch(() => undefined);
    given.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill();
  await gone;
}
