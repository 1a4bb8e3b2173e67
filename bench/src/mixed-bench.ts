import type { CrawlContext } from "./crawl-bench.ts";
import { figuresOn } from "./crawl-figures.ts";
import { readTreeUse } from "./crawl-process.ts";
import { openNightStage } from "./fault-stage.ts";
import type { Figure } from "./figure.ts";
import { type KeptPage, listKept, type MixedScore, scoreMixed } from "./mixed-score.ts";
import {
  mixedShape,
  type PlacedPage,
  placePages,
  serveMixed,
  smallMixedShape,
  warmHost,
} from "./mixed-site.ts";

/** Pages of which one in ten needs a browser: how many are given one, what that brings and what it costs. */
export async function benchMixed({
  small,
  databases,
  folder,
  say,
}: CrawlContext): Promise<Figure[]> {
  const placed = placePages(small ? smallMixedShape : mixedShape);
  const crawl = async (render: "auto" | "never") =>
    crawlMixed(placed, { databaseUrl: (await databases.create()).url, folder, render });
  const plain = await crawl("never");
  const shown = await crawl("auto");
  const counted = placed.filter((one) => one.host !== warmHost);
  const score = scoreMixed(counted, shown.kept, shown.opened);
  for (const url of score.renderedInVain) say(`  rendered in vain: ${url}\n`);
  for (const line of score.poor.slice(0, 40)) say(`  poor text: ${line}\n`);
  return figuresOf(counted, {
    score,
    withoutBrowser: scoreMixed(counted, plain.kept),
    cpuSecondsMore: shown.cpuSeconds - plain.cpuSeconds,
  });
}

/** Crawls the corpus once, the browser's start left out, and tells what was kept and what the worker spent. */
export async function crawlMixed(
  placed: PlacedPage[],
  {
    databaseUrl,
    folder,
    render,
  }: { databaseUrl: string; folder: string; render: "auto" | "never" },
): Promise<{ kept: KeptPage[]; opened: Set<string>; cpuSeconds: number }> {
  const site = await serveMixed(placed);
  const hosts = [...new Set(placed.map((one) => one.host))];
  const idOf = (host: string) => host.split(".")[1]!;
  const stage = await openNightStage({
    ...{ databaseUrl, folder },
    port: site.port,
    catalog: [],
    sources: hosts.map((host) => ({
      ...{ id: idOf(host) as never, name: host, kind: "initiative" as const },
      ...{ seeds: [`http://${host}/`], delayMs: 0, render },
    })),
  });
  try {
    const { pid } = stage.worker;
    await stage.liveNight([idOf(warmHost)]);
    const before = readTreeUse(pid)!.cpuSeconds;
    await stage.liveNight(hosts.filter((host) => host !== warmHost).map(idOf));
    const cpuSeconds = readTreeUse(pid)!.cpuSeconds - before;
    return { kept: await listKept(stage.db), opened: site.opened, cpuSeconds };
  } finally {
    await stage.close();
    await site.close();
  }
}

function figuresOf(
  placed: PlacedPage[],
  {
    score,
    withoutBrowser,
    cpuSecondsMore,
  }: { score: MixedScore; withoutBrowser: MixedScore; cpuSecondsMore: number },
): Figure[] {
  const needing = placed.filter((one) => one.layout.needsBrowser).length;
  const figure = figuresOn(`${placed.length} pages, ${needing} of which need a browser`);
  return [
    figure("pages rendered", score.rendered / score.pages, "share"),
    figure("pages rendered in vain", score.renderedInVain.length, "pages"),
    {
      ...figure("text recalled", score.recall, "share"),
      ...{ rival: "without a browser", rivalValue: withoutBrowser.recall },
    },
    figure("text recalled of pages that need a browser", score.scriptRecall, "share"),
    // Without a rendered page there is no cost to tell.
    ...(score.rendered > 0
      ? [figure("cost of a rendered page", cpuSecondsMore / score.rendered, "CPU s")]
      : []),
  ];
}
