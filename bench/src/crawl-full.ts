import { join } from "node:path";
import { zstdDecompressSync } from "node:zlib";
import type { WorkerPart } from "@waymark/pipeline";
import type { CrawlContext } from "./crawl-bench.ts";
import { type RivalSums, startRival, startSite } from "./crawl-children.ts";
import { assertSum, figuresOn, median, megabytes } from "./crawl-figures.ts";
import { type LogSummary, summarizeLog } from "./crawl-log.ts";
import { measure, type Spent } from "./crawl-process.ts";
import { hostAddress, type SiteShape } from "./crawl-site.ts";
import { type CrawlStage, openCrawlStage } from "./crawl-stage.ts";
import type { Figure } from "./figure.ts";

/** The workload of most parts: 2,000 pages of about 44 KiB. */
export const shapeOf = ({ small }: CrawlContext): SiteShape =>
  small ? { hosts: 4, pages: 25 } : { hosts: 20, pages: 100 };

export const describeShape = ({ hosts, pages }: SiteShape): string =>
  `${hosts} hosts × ${pages} pages`;

/**
 * A full crawl by one worker that stores what it finds, and by Crawlee that writes it to a file; in turns,
 * so that both meet the same machine. Then ours once more with the reading that follows a visit.
 */
export async function benchFull(ctx: CrawlContext): Promise<Figure[]> {
  const shape = shapeOf(ctx);
  const visiting: Spent[] = [];
  const reading: Spent[] = [];
  const rival: Spent[] = [];
  for (let round = 1; round <= ctx.rounds; round++) {
    visiting.push(await crawlWithOurs(ctx, shape, ["visit"]));
    rival.push(await crawlWithRival(ctx, shape, round));
    reading.push(await crawlWithOurs(ctx, shape, ["visit", "read"]));
  }
  const pages = shape.hosts * shape.pages;
  const figure = figuresOn(describeShape(shape));
  const of = (runs: Spent[], value: (spent: Spent) => number): number => median(runs.map(value));
  const pace = (spent: Spent): number => pages / spent.seconds;
  const cpu = (spent: Spent): number => (1000 * spent.cpuSeconds) / pages;
  const postgres = (spent: Spent): number => (1000 * spent.postgresSeconds) / pages;
  const per = "CPU s per 1,000 pages";
  return [
    figure("full crawl", of(visiting, pace), "pages/s", of(rival, pace)),
    figure("pages/s against Crawlee", of(visiting, pace) / of(rival, pace), "ratio"),
    figure("full crawl, worker and its children", of(visiting, cpu), per, of(rival, cpu)),
    figure("full crawl, database", of(visiting, postgres), per),
    figure(
      "full crawl, peak memory of the worker",
      of(visiting, (spent) => megabytes(spent.peakBytes)),
      "MB",
      of(rival, (spent) => megabytes(spent.peakBytes)),
    ),
    figure(
      "full crawl, peak memory of its children",
      of(visiting, (spent) => megabytes(spent.childrenBytes)),
      "MB",
    ),
    figure("full crawl with reading", of(reading, pace), "pages/s"),
    figure("full crawl with reading, worker and its children", of(reading, cpu), per),
    figure("full crawl with reading, database", of(reading, postgres), per),
  ];
}

async function crawlWithOurs(
  ctx: CrawlContext,
  shape: SiteShape,
  parts: WorkerPart[],
): Promise<Spent> {
  const stage = await openCrawlStage(ctx, {
    ...shape,
    sitemaps: true,
    latencyMs: 0,
  });
  try {
    const worker = await stage.spawnWorker({ only: parts });
    const spent = await measure(worker.pid, stage.postgresSeconds, async () => {
      await stage.openRuns();
      await stage.untilDone(parts);
    });
    const { stored, links, log } = await checkFull(stage, shape);
    ctx.say(
      `  ours, ${parts.join(" and ")}: ${tell(spent)}; ${stored} pages, ${links} links, ${log.requests} requests\n`,
    );
    return spent;
  } finally {
    await stage.close();
  }
}

/** Every page fetched, once, and stored with its links. */
export async function checkFull(
  stage: CrawlStage,
  { hosts, pages }: SiteShape,
): Promise<{ stored: number; links: number; log: LogSummary }> {
  const log = summarizeLog(await stage.site.readLog());
  assertSum("pages fetched", log.pages, hosts * pages);
  assertSum("pages fetched more than once", log.repeated, 0);
  const { rows } = await stage.db.query(storedQuery);
  const stored = rows.length;
  const links = rows.reduce((sum, row) => sum + countLinks(row.links), 0);
  assertSum("pages stored", stored, hosts * pages);
  return { stored, links, log };
}

const storedQuery = `
  select links from page join snapshot on snapshot.id = page.snapshot_id where purpose = 'page'`;

const countLinks = (packed: Buffer): number =>
  (JSON.parse(zstdDecompressSync(packed).toString()) as unknown[]).length;

async function crawlWithRival(ctx: CrawlContext, shape: SiteShape, round: number): Promise<Spent> {
  const site = await startSite({ ...shape, sitemaps: true, latencyMs: 0 });
  const seeds = Array.from(
    { length: shape.hosts },
    (_, host) => `http://${hostAddress(host)}:${site.port}/`,
  );
  const rival = await startRival({ seeds, file: join(ctx.folder, `rival-${round}.jsonl`) });
  try {
    let sums: RivalSums | undefined;
    const spent = await measure(
      rival.pid,
      () => 0,
      async () => {
        sums = await rival.crawl();
      },
    );
    assertSum("pages of the rival", sums!.pages, shape.hosts * shape.pages);
    assertSum("pages that failed the rival", sums!.failed, 0);
    ctx.say(`  Crawlee: ${tell(spent)}; ${sums!.pages} pages, ${sums!.links} links\n`);
    return spent;
  } finally {
    await rival.stop();
    await site.stop();
  }
}

/** What was spent, in a line. */
export const tell = (spent: Spent): string =>
  `${spent.seconds.toFixed(1)} s, ${spent.cpuSeconds.toFixed(1)} CPU s and ${spent.postgresSeconds.toFixed(1)} of the database, ${megabytes(spent.peakBytes).toFixed(0)} MB and ${megabytes(spent.childrenBytes).toFixed(0)} of children`;
