import type { CrawlContext } from "./crawl-bench.ts";
import { assertSum, figuresOn, megabytes } from "./crawl-figures.ts";
import { checkFull, describeShape, shapeOf, tell } from "./crawl-full.ts";
import { type LogSummary, summarizeLog } from "./crawl-log.ts";
import { measure, type Spent } from "./crawl-process.ts";
import { type CrawlStage, openCrawlStage } from "./crawl-stage.ts";
import type { Figure } from "./figure.ts";

/** The night after a full crawl on which nothing has changed and every page is visited all the same. */
export async function benchUnchanged(ctx: CrawlContext): Promise<Figure[]> {
  const shape = shapeOf(ctx);
  const pages = shape.hosts * shape.pages;
  const { night } = await liveTwoNights(ctx, { sitemaps: true, share: 0 });
  const { spent, log } = night;
  // A sample may be asked for whole, to see whether a site's validators can be trusted.
  assertSum("pages answered", (log.statuses[304] ?? 0) + log.pages, pages);
  const figure = figuresOn(describeShape(shape));
  const per = "CPU s per 1,000 addresses";
  return [
    figure("unchanged night", pages / spent.seconds, "addresses/s"),
    figure("unchanged night, worker and its children", (1000 * spent.cpuSeconds) / pages, per),
    figure("unchanged night, database", (1000 * spent.postgresSeconds) / pages, per),
    figure("unchanged night, answered 304", (log.statuses[304] ?? 0) / log.requests, "share"),
    figure("unchanged night, peak memory of the worker", megabytes(spent.peakBytes), "MB"),
  ];
}

/** The night after a full crawl on which a twentieth of the pages has changed, and no sitemap says which. */
export async function benchChanged(ctx: CrawlContext): Promise<Figure[]> {
  const shape = shapeOf(ctx);
  const pages = shape.hosts * shape.pages;
  const { full, night } = await liveTwoNights(ctx, { sitemaps: false, share: 0.05 });
  const figure = figuresOn(`${describeShape(shape)}, 5 % changed, no sitemaps`);
  const per = "CPU s per 1,000 known pages";
  return [
    figure("night of changes, changed pages found", night.found, "pages"),
    figure("night of changes", pages / night.spent.seconds, "addresses/s"),
    figure(
      "night of changes, worker and its children",
      (1000 * night.spent.cpuSeconds) / pages,
      per,
    ),
    figure("night of changes, database", (1000 * night.spent.postgresSeconds) / pages, per),
    figure(
      "night of changes, CPU against the full crawl",
      night.spent.cpuSeconds / full.spent.cpuSeconds,
      "share",
    ),
    figure(
      "night of changes, bytes against the full crawl",
      night.log.bytes / full.log.bytes,
      "share",
    ),
  ];
}

type LivedNight = { spent: Spent; log: LogSummary; found: number };

/** A full crawl, then a night later on which a share of the pages has another text. */
async function liveTwoNights(
  ctx: CrawlContext,
  { sitemaps, share }: { sitemaps: boolean; share: number },
): Promise<{ full: LivedNight; night: LivedNight }> {
  const shape = shapeOf(ctx);
  const stage = await openCrawlStage(ctx, {
    ...shape,
    sitemaps,
    latencyMs: 0,
  });
  try {
    const worker = await stage.spawnWorker({ only: ["visit"] });
    const crawl = () =>
      measure(worker.pid, stage.postgresSeconds, async () => {
        await stage.openRuns();
        await stage.untilDone(["visit"]);
      });
    const full = await crawl();
    const { log: fullLog } = await checkFull(stage, shape);
    ctx.say(`  full crawl: ${tell(full)}\n`);
    const before = await readSnapshots(stage);
    const changed = await stage.site.change(share, 7);
    await stage.site.forget();
    await stage.nextNight([worker]);
    const spent = await crawl();
    const log = summarizeLog(await stage.site.readLog());
    const after = await readSnapshots(stage);
    const renewed = [...after].filter(([url, snapshot]) => before.get(url) !== snapshot);
    const found = renewed.filter(([url]) => changed.includes(url)).length;
    ctx.say(
      `  night after: ${tell(spent)}; ${log.requests} requests, ${found} changed pages found\n`,
    );
    assertSum("changed pages found", found, changed.length);
    assertSum("unchanged pages stored anew", renewed.length - found, 0);
    return {
      full: { spent: full, log: fullLog, found: 0 },
      night: { spent, log, found },
    };
  } finally {
    await stage.close();
  }
}

async function readSnapshots({ db }: CrawlStage): Promise<Map<string, string>> {
  const { rows } = await db.query(snapshotsQuery);
  return new Map(rows.map(({ url, snapshot_id }) => [url, snapshot_id]));
}

const snapshotsQuery = "select url, snapshot_id from page where purpose = 'page'";
