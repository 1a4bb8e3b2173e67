import type { CrawlContext } from "./crawl-bench.ts";
import { assertSum, figuresOn } from "./crawl-figures.ts";
import { describeShape } from "./crawl-full.ts";
import { countTooSoon, gapsOf, type LoggedRequest, summarizeLog } from "./crawl-log.ts";
import type { SiteOptions } from "./crawl-site-server.ts";
import { openCrawlStage } from "./crawl-stage.ts";
import type { Figure } from "./figure.ts";

/** What the clocks of two processes may differ by before a gap counts as too short. */
const toleranceMs = 5;

/** The pace of a host over several workers, its own wish for another, and its word when it is busy. */
export async function benchPoliteness(ctx: CrawlContext): Promise<Figure[]> {
  return [
    ...(await benchPace(ctx)),
    ...(await benchCrawlDelay(ctx)),
    ...(await benchBusy(ctx, { status: 429, form: "seconds" })),
    ...(await benchBusy(ctx, { status: 503, form: "date" })),
  ];
}

async function benchPace(ctx: CrawlContext): Promise<Figure[]> {
  const shape = ctx.small ? { hosts: 2, pages: 8 } : { hosts: 5, pages: 100 };
  const delayMs = ctx.small ? 100 : 500;
  const workers = ctx.small ? 2 : 4;
  const { log, seconds } = await crawl(
    ctx,
    { ...shape, sitemaps: true, latencyMs: 0 },
    { delayMs, workers },
  );
  const { busiest, inFlightMax } = summarizeLog(log);
  const gaps = gapsOf(log);
  const early = gaps.filter((gap) => gap < delayMs - toleranceMs);
  const ideal = ((busiest - 1) * delayMs) / 1000;
  ctx.say(
    `  ${delayMs} ms: ${early.length} early of ${gaps.length} gaps, shortest ${Math.min(...gaps).toFixed(1)} ms, ${seconds.toFixed(1)} s where ${ideal.toFixed(1)} s are the least\n`,
  );
  const figure = figuresOn(`${describeShape(shape)}, ${workers} workers, ${delayMs} ms`);
  return [
    figure("early requests", early.length, "requests"),
    figure("gaps", gaps.length, "gaps"),
    figure("shortest gap", Math.min(...gaps), "ms"),
    figure("politeness efficiency", ideal / seconds, "share"),
    figure("most in flight at a host", inFlightMax, "requests"),
  ];
}

async function benchCrawlDelay(ctx: CrawlContext): Promise<Figure[]> {
  const shape = ctx.small ? { hosts: 1, pages: 3 } : { hosts: 2, pages: 10 };
  const options = { ...shape, sitemaps: false, latencyMs: 0, crawlDelay: 1 };
  const { log } = await crawl(ctx, options, { delayMs: 0, workers: ctx.small ? 1 : 2 });
  const gaps = gapsOf(log);
  const early = gaps.filter((gap) => gap < 1000 - toleranceMs);
  ctx.say(`  Crawl-delay 1: ${early.length} early of ${gaps.length} gaps\n`);
  const figure = figuresOn(`${describeShape(shape)}, Crawl-delay: 1`);
  return [figure("early requests", early.length, "requests"), figure("gaps", gaps.length, "gaps")];
}

async function benchBusy(
  ctx: CrawlContext,
  { status, form }: { status: 429 | 503; form: "seconds" | "date" },
): Promise<Figure[]> {
  const shape = ctx.small ? { hosts: 1, pages: 6 } : { hosts: 2, pages: 20 };
  const busy = { at: ctx.small ? [3] : [3, 12], status, form, seconds: 2 };
  const options = { ...shape, sitemaps: true, latencyMs: 0, busy };
  const { log } = await crawl(ctx, options, { delayMs: 0, workers: ctx.small ? 1 : 2 });
  const turnedAway = log.filter((request) => request.status === status).length;
  assertSum(`answers of ${status}`, turnedAway, busy.at.length * shape.hosts);
  const tooSoon = countTooSoon(log);
  ctx.say(`  ${status} with Retry-After as ${form}: ${tooSoon} requests before it was over\n`);
  const figure = figuresOn(`${describeShape(shape)}, ${status} with Retry-After as ${form}`);
  return [
    figure("requests before Retry-After was over", tooSoon, "requests"),
    figure("requests turned away", turnedAway, "requests"),
  ];
}

/** Crawls sites with some workers; the time is that of the whole, from the first ring on. */
async function crawl(
  ctx: CrawlContext,
  options: SiteOptions,
  { delayMs, workers }: { delayMs: number; workers: number },
): Promise<{ log: LoggedRequest[]; seconds: number }> {
  const stage = await openCrawlStage(ctx, options);
  try {
    for (let count = 0; count < workers; count++) await stage.spawnWorker({ only: ["visit"] });
    const began = performance.now();
    await stage.openRuns(delayMs);
    await stage.untilDone(["visit"]);
    const seconds = (performance.now() - began) / 1000;
    const log = await stage.site.readLog();
    assertSum("pages fetched", summarizeLog(log).pages, options.hosts * options.pages);
    return { log, seconds };
  } finally {
    await stage.close();
  }
}
