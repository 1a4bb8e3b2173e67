import type { CrawlContext } from "./crawl-bench.ts";
import type { CrawlWorker } from "./crawl-children.ts";
import { assertSum, figuresOn } from "./crawl-figures.ts";
import { describeShape, shapeOf } from "./crawl-full.ts";
import { summarizeLog } from "./crawl-log.ts";
import { type CrawlStage, openCrawlStage } from "./crawl-stage.ts";
import type { Figure } from "./figure.ts";

/** A crawl by two workers of which one is killed again and again and replaced by a new one. */
export async function benchKill(ctx: CrawlContext): Promise<Figure[]> {
  const shape = shapeOf(ctx);
  // Slow enough that several die on the way: the whole takes some 40 seconds undisturbed.
  const latencyMs = ctx.small ? 150 : 400;
  const killing = ctx.small ? { everyMs: 1500, killsMax: 1 } : { everyMs: 5000, killsMax: 100 };
  const stage = await openCrawlStage(ctx, {
    ...shape,
    sitemaps: true,
    latencyMs,
  });
  try {
    const began = performance.now();
    const kills = await crawlKilling(stage, killing);
    const seconds = (performance.now() - began) / 1000;
    const log = summarizeLog(await stage.site.readLog());
    const { stored, twice } = (await stage.db.query(storedQuery)).rows[0];
    const total = shape.hosts * shape.pages;
    ctx.say(
      `  ${kills} kills in ${seconds.toFixed(0)} s: ${total - stored} pages lost, ${log.repeated} fetched again, ${twice} stored twice\n`,
    );
    assertSum("pages lost", total - stored, 0);
    assertSum("results stored twice", twice, 0);
    const figure = figuresOn(
      `${describeShape(shape)}, a worker killed every ${killing.everyMs / 1000} s`,
    );
    return [
      figure("kills", kills, "kills"),
      figure("pages lost", total - stored, "pages"),
      figure("pages fetched again", log.repeated, "pages"),
      figure("pages fetched again per kill", kills === 0 ? 0 : log.repeated / kills, "pages"),
      figure("results stored twice", twice, "results"),
      figure("crawl with kills", seconds, "s"),
    ];
  } finally {
    await stage.close();
  }
}

/** Crawls with two workers; answers how many were killed on the way. */
async function crawlKilling(
  stage: CrawlStage,
  { everyMs, killsMax }: { everyMs: number; killsMax: number },
): Promise<number> {
  const spawn = (): Promise<CrawlWorker> => stage.spawnWorker({ only: ["visit"], leaseMs: 2000 });
  const workers = [await spawn(), await spawn()];
  const over = new AbortController();
  await stage.openRuns();
  const done = stage.untilDone(["visit"]).finally(() => over.abort());
  let kills = 0;
  const killing = (async () => {
    while (kills < killsMax) {
      await Promise.race([done, new Promise((resolve) => setTimeout(resolve, everyMs))]);
      if (over.signal.aborted) return;
      await workers.shift()!.kill();
      kills += 1;
      workers.push(await spawn());
    }
  })();
  await Promise.all([done, killing]);
  return kills;
}

const storedQuery = `
  select
    (select count(*) from page where purpose = 'page' and snapshot_id is not null)::int as stored,
    (select coalesce(sum(times - 1), 0) from (
      select count(*) as times from visit where outcome = 'fetched' and snapshot_id is not null
      group by page_id, snapshot_id
    ) as result)::int as twice`;
