import type { CrawlContext } from "./crawl-bench.ts";
import { figuresOn } from "./crawl-figures.ts";
import { type FaultScore, listEndings, listSeen, scoreFaults } from "./fault-score.ts";
import { type FaultShape, faultShape, planHosts, serveFaults } from "./fault-site.ts";
import { openNightStage } from "./fault-stage.ts";
import { faultyWays, sitemapFaults } from "./fault-ways.ts";
import type { Figure } from "./figure.ts";

/** One bad night between two good ones: it must end nothing and lose nothing. */
export async function benchFaults(ctx: CrawlContext): Promise<Figure[]> {
  const shape = ctx.small ? smallShape : faultShape;
  const { url: databaseUrl } = await ctx.databases.create();
  const result = await liveFaults(shape, { ...ctx, databaseUrl });
  for (const [what, lines] of Object.entries(result.told)) {
    for (const line of lines.slice(0, 20)) ctx.say(`  ${what}: ${line}\n`);
  }
  return figuresOf(shape, result);
}

/** Without the host that hangs: it takes the fetcher's whole patience. */
export const smallShape: FaultShape = {
  hosts: 38,
  pages: 3,
  ways: faultyWays.filter((way) => way.name !== "hang"),
  sitemaps: sitemapFaults.length,
};

export type FaultResult = FaultScore & {
  /** What was said to be gone, ended or stale after the bad night beyond its own 404s, and after the third. */
  wronglyEnded: string[];
  changesProposed: number;
  told: Record<string, string[]>;
};

/** Crawls a good, a bad and a good night, and tells what the bad one did. */
export async function liveFaults(
  shape: FaultShape,
  { databaseUrl, folder, say }: { databaseUrl: string; folder: string; say(text: string): void },
): Promise<FaultResult> {
  const hosts = planHosts(shape);
  const site = await serveFaults(hosts, shape.pages);
  const stage = await openNightStage({
    ...{ databaseUrl, folder },
    port: site.port,
    catalog: hosts.map((host) => host.effort),
    sources: hosts.map(({ name, effort }) => ({
      ...{ id: name.split(".")[1]! as never, name: effort.name, kind: "initiative" as const },
      ...{ seeds: [effort.url!], delayMs: 0 },
    })),
  });
  try {
    const nights: Date[] = [];
    const endings: string[][] = [];
    const changes: number[] = [];
    for (const night of [1, 2, 3] as const) {
      site.moveTo(night);
      const began = performance.now();
      nights.push(await stage.liveNight());
      endings.push(await listEndings(stage.db));
      changes.push((await stage.db.query("select count(*)::int as n from change")).rows[0].n);
      say(`  night ${night}: ${Math.round((performance.now() - began) / 1000)} s\n`);
    }
    const [first, second, third] = nights as [Date, Date, Date];
    const score = scoreFaults(hosts, shape.pages, [
      await listSeen(stage.db, first),
      await listSeen(stage.db, second),
      await listSeen(stage.db, third),
    ]);
    // That a page answered 404 is what its visit says; of an entry it says nothing yet.
    const wronglyEnded = [
      ...endings[1]!.filter((line) => line.startsWith("entry")),
      ...endings[2]!,
    ].filter((line) => !endings[0]!.includes(line));
    const told = { "wrongly ended": wronglyEnded, misnamed: score.misnamed };
    return {
      ...score,
      wronglyEnded: [...wronglyEnded, ...score.wronged],
      changesProposed: changes[2]! - changes[0]!,
      told: { ...told, lost: score.lost, "said to be ill": score.wronged },
    };
  } finally {
    await stage.close();
    await site.close();
  }
}

function figuresOf(shape: FaultShape, result: FaultResult): Figure[] {
  const figure = figuresOn(
    `${shape.hosts} hosts x ${shape.pages} pages, ${shape.ways.length} hosts and ${shape.sitemaps} sitemaps fail`,
  );
  return [
    figure("wrongly called gone, ended or stale", result.wronglyEnded.length, "pages and entries"),
    figure("outcomes named right", result.namedRight / result.faultyPages, "share"),
    figure("faulty pages", result.faultyPages, "pages"),
    figure("lost in the third night", result.lost.length, "pages"),
    figure("changes proposed for it", result.changesProposed, "changes"),
  ];
}
