import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BadInput } from "@waymark/domain";
import { createDatabaseServer, type DatabaseServer } from "./crawl-database.ts";
import { benchFull } from "./crawl-full.ts";
import { benchKill } from "./crawl-kill.ts";
import { benchMemory } from "./crawl-memory.ts";
import { benchChanged, benchUnchanged } from "./crawl-nights.ts";
import { benchPoliteness } from "./crawl-politeness.ts";
import { benchFaults } from "./fault-bench.ts";
import type { Figure } from "./figure.ts";
import { benchFreshness } from "./freshness-bench.ts";
import { benchMixed } from "./mixed-bench.ts";

/** What a part of the bench is given. */
export type CrawlContext = {
  /** Few hosts and pages: for tests, which look at the sums and not at the speeds. */
  small: boolean;
  /** How often ours and the rival take turns; figures are medians. */
  rounds: number;
  /** Fresh databases, as many as it wants. */
  databases: DatabaseServer;
  /** A folder of this part's own, gone after it. */
  folder: string;
  /** Progress, beside the figures. */
  say(text: string): void;
};

/** One thing `bench crawl` measures. A sum that is not right is thrown, not reported. */
export type CrawlPart = {
  name: string;
  describe: string;
  run(ctx: CrawlContext): Promise<Figure[]>;
};

/** All parts, in the order they run. */
export const crawlParts: CrawlPart[] = [
  { name: "full", describe: "a full crawl, and Crawlee's", run: benchFull },
  { name: "unchanged", describe: "a night on which nothing changed", run: benchUnchanged },
  { name: "changed", describe: "a night on which 5 % of the pages changed", run: benchChanged },
  { name: "memory", describe: "a worker's memory over a long crawl", run: benchMemory },
  { name: "politeness", describe: "pace, Crawl-delay and Retry-After", run: benchPoliteness },
  { name: "kill", describe: "workers killed on the way", run: benchKill },
  {
    name: "freshness",
    describe: "a year of changes, seen by learnt intervals",
    run: benchFreshness,
  },
  { name: "faults", describe: "one host in ten fails for a night", run: benchFaults },
  { name: "mixed", describe: "one page in ten needs a browser", run: benchMixed },
];

export type CrawlRequest = {
  only?: string[] | undefined;
  small?: boolean | undefined;
  rounds?: number | undefined;
  say(text: string): void;
};

/** Crawls simulated sites with real workers and a fresh database, part by part. */
export async function benchCrawl(request: CrawlRequest): Promise<Figure[]> {
  const names = crawlParts.map((part) => part.name);
  const unknown = (request.only ?? []).find((name) => !names.includes(name));
  if (unknown) throw new BadInput(`there is no part "${unknown}": ${names.join(", ")}`);
  const { small = false, rounds = 1, say } = request;
  const home = mkdtempSync(join(tmpdir(), "waymark-bench-"));
  const databases = createDatabaseServer(home);
  const figures: Figure[] = [];
  try {
    for (const part of crawlParts.filter(({ name }) => request.only?.includes(name) ?? true)) {
      say(`${part.name}: ${part.describe}\n`);
      const folder = join(home, part.name);
      mkdirSync(folder);
      figures.push(...(await part.run({ small, rounds, databases, folder, say })));
    }
    return figures;
  } finally {
    await databases.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
