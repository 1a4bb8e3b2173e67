import {
  type FetchOutcome,
  inScope,
  isTrap,
  nextInterval,
  observedOutcomeOf,
  worthVisiting,
} from "@waymark/crawl";
import type { Skim, VisitOutcome } from "@waymark/domain";
import { describeOutcome } from "./describe-outcome.ts";
import type { DryContext } from "./fetch-dry.ts";
import type { DryCrawl, DryFetch, DryLook, DryRepeat, DryStop } from "./fetch-dry-steps.ts";
import { followedAddresses, forbidsFollowing } from "./followed-addresses.ts";
import { ReaderDied, ReaderPool } from "./reader-pool.ts";
import { realAddress } from "./real-address.ts";
import { keepPace } from "./robots-dry.ts";
import { judgeNeed, showDry } from "./show-dry.ts";
import { type FetchTimes, timed } from "./time-fetch.ts";

/** What the answer is worth: validators tried, page looked at, and what a crawl would make of it. */
export async function settleDry(
  ctx: DryContext,
  dry: DryFetch,
  stop: DryStop,
  { fetched, times }: { fetched: Exclude<FetchOutcome, { kind: "moved" }>; times: FetchTimes },
): Promise<void> {
  const { outcome, status } = observedOutcomeOf(fetched, { url: stop.url, at: ctx.now });
  const page = fetched.kind === "fetched" ? fetched : undefined;
  const message =
    fetched.kind === "fetched" || fetched.kind === "unchanged"
      ? undefined
      : describeOutcome(fetched);
  dry.answer = {
    url: stop.url,
    outcome,
    status,
    message,
    contentType: page?.contentType,
    wireBytes: page?.wireBytes,
    bytes: page?.bytes.length,
    etag: page?.etag,
    lastModified: page?.lastModified,
    robotsTag: page?.robotsTag,
    times,
  };
  dry.crawl = crawlOf(outcome, message, ctx.now);
  if (!page) return;
  if (!ctx.once) dry.again = await askAgain(ctx, stop, page);
  await lookAt(ctx, dry, page);
}

type FetchedPage = Extract<FetchOutcome, { kind: "fetched" }>;

async function askAgain(ctx: DryContext, stop: DryStop, page: FetchedPage): Promise<DryRepeat> {
  const { etag, lastModified } = page;
  if (!etag && !lastModified) return { kind: "no-validators" };
  await keepPace(ctx, stop.robots, delayMs);
  const { signal } = ctx;
  const asked = { url: stop.url, etag, lastModified, signal, beforeHop: () => false };
  const { value, times } = await timed(() => ctx.fetcher.fetchPage(asked));
  if (value.kind === "unchanged") return { kind: "honoured", status: 304, times };
  if (value.kind === "fetched") {
    const isSame = Buffer.compare(value.bytes, page.bytes) === 0;
    return { kind: isSame ? "ignored" : "changed", status: value.status, times };
  }
  const { status } = observedOutcomeOf(value, { url: stop.url, at: ctx.now });
  const message =
    value.kind === "moved" ? `it now leads to ${value.location}` : describeOutcome(value);
  return { kind: "failed", status, message };
}

/** The pace of a source that says nothing else. */
const delayMs = 1000;

async function lookAt(ctx: DryContext, dry: DryFetch, page: FetchedPage): Promise<void> {
  const { url, bytes, contentType } = page;
  const reader = new ReaderPool(1);
  const began = performance.now();
  try {
    let skim = await reader.skim({ url, bytes, contentType });
    dry.look = describeSkim(url, skim, performance.now() - began);
    dry.render = judgeNeed(skim);
    if (ctx.browser) {
      const tried = await showDry(ctx, ctx.browser, { page, skim, reader });
      dry.render.shown = tried.shown;
      skim = tried.skim;
    }
    dry.crawl = weigh(page, skim, ctx.now);
  } catch (error) {
    if (!(error instanceof ReaderDied)) throw error;
    dry.crawl = crawlOf("broken", error.message, ctx.now);
  } finally {
    await reader.close();
  }
}

/** What a crawl would make of a page that was looked at. */
function weigh(page: FetchedPage, skim: Skim, now: Date): DryCrawl {
  if (skim.verdict !== "page") {
    return crawlOf(skim.verdict, skim.verdictReason ?? `it is ${skim.verdict}`, now);
  }
  const movedTo = realAddress(page.url, skim);
  if (movedTo) return { ...crawlOf("moved", undefined, now), movedTo };
  return { ...crawlOf("fetched", undefined, now), links: countFollowed(page, skim, now) };
}

function countFollowed({ url, robotsTag }: FetchedPage, skim: Skim, now: Date): number {
  if (forbidsFollowing(skim, robotsTag)) return 0;
  const followed = followedAddresses(skim).filter(
    (link) => inScope(hostScope(url), link) && worthVisiting(link) && !isTrap(link, now),
  );
  return new Set(followed).size;
}

const hostScope = (url: string): string[] => [new URL("/", url).href];

function describeSkim(url: string, skim: Skim, tookMs: number): DryLook {
  const { links, verdict, textLength, feeds, noindex, nofollow } = skim;
  const sameHost = links.filter((link) => inScope(hostScope(url), link.url)).length;
  return {
    verdict,
    verdictReason: skim.verdictReason,
    title: skim.title,
    textLength,
    links: {
      sameHost,
      elsewhere: links.length - sameHost,
      nofollow: links.filter((link) => link.nofollow).length,
    },
    feeds,
    canonical: skim.canonical,
    refresh: skim.refresh,
    noindex,
    nofollow,
    tookMs: Math.round(tookMs),
  };
}

/** What the row of a visit with such an outcome would say. */
export function crawlOf(outcome: VisitOutcome, because: string | undefined, now: Date): DryCrawl {
  // As after a first visit, with which nothing of the page's changes is known yet.
  const watch = { changesSeen: 0, daysWatched: 0 };
  const hours = nextInterval({ outcome, watch, intervalHours: firstHours, bounds });
  const againAt = new Date(now.getTime() + hours * 3_600_000).toISOString();
  return { outcome, because, movedTo: undefined, links: 0, againAt };
}

/** Where a crawl's intervals begin, and within which bounds. */
const firstHours = 24;
const bounds = { minHours: 20, maxHours: 24 * 28 };
