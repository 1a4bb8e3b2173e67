import type { CrawlContext } from "./crawl-bench.ts";
import { figuresOn, megabytes } from "./crawl-figures.ts";
import { checkFull, describeShape } from "./crawl-full.ts";
import { readTreeUse } from "./crawl-process.ts";
import { openCrawlStage } from "./crawl-stage.ts";
import type { Figure } from "./figure.ts";

/** The worker's peak memory after a tenth, a half and all of a long crawl: it must not grow with it. */
export async function benchMemory(ctx: CrawlContext): Promise<Figure[]> {
  const shape = ctx.small ? { hosts: 4, pages: 25 } : { hosts: 20, pages: 1000 };
  const stage = await openCrawlStage(ctx, {
    ...shape,
    sitemaps: true,
    latencyMs: 0,
  });
  const total = shape.hosts * shape.pages;
  const marks = [total / 10, total / 2, total].map(Math.round);
  const peaks: number[] = [];
  try {
    const worker = await stage.spawnWorker({ only: ["visit"] });
    const look = async (): Promise<void> => {
      const { n } = (await stage.db.query(storedQuery)).rows[0];
      while (peaks.length < marks.length && n >= marks[peaks.length]!) {
        peaks.push(readTreeUse(worker.pid)?.peakBytes ?? 0);
        ctx.say(`  ${n} pages: ${megabytes(peaks.at(-1)!).toFixed(0)} MB\n`);
      }
    };
    await stage.openRuns();
    const timer = setInterval(() => look().catch(() => undefined), 500);
    try {
      await stage.untilDone(["visit"], 30);
    } finally {
      clearInterval(timer);
    }
    await look();
    await checkFull(stage, shape);
    const figure = figuresOn(describeShape(shape));
    return [
      ...marks.map((mark, index) =>
        figure(`peak memory of the worker after ${mark} pages`, megabytes(peaks[index]!), "MB"),
      ),
      figure("memory at the end against a tenth", peaks[2]! / peaks[0]!, "ratio"),
    ];
  } finally {
    await stage.close();
  }
}

const storedQuery = "select count(*)::int as n from page where snapshot_id is not null";
