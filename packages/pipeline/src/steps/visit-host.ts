import { hostBackoff, productToken, type Robots, robotsVerdict } from "@waymark/crawl";
import {
  claimHost,
  findRun,
  findSource,
  keepPace,
  type LeasedHost,
  listWantedPages,
  type Page,
  putOffPage,
  type Run,
  releaseHost,
  reserveTurn,
  type StoredSource,
  saveHostBackoff,
} from "@waymark/store";
import type { Context } from "../context.ts";
import type { Payload } from "../jobs.ts";
import { pause } from "../pause.ts";
import { loadRobots } from "./load-robots.ts";
import { saveVisit, type Visited } from "./save-visit.ts";

/** How long one job walks a host before it lets others have the worker. */
const sliceMs = 15_000;
/** A host that asks for more patience than this is left alone for the rest of the run. */
const patienceMs = 65_000;
const triesMax = 3;
const sitemapBytesMax = 50_000_000;
/** A crawl-delay beyond this is capped, so that a typo does not keep a site from being crawled. */
const crawlDelayMaxMs = 30_000;

/**
 * Walks a host's wanted pages, one at a time at its pace, for one slice. The host is leased: no other
 * worker sends it a request meanwhile, and what a lost lease brings back is not written.
 */
export async function visitHost(ctx: Context, { hostId }: Payload<"visit-host">): Promise<void> {
  const host = await claimHost(ctx.db, hostId, ctx.leaseMs);
  if (!host) return;
  ctx.leases.add(host.token);
  try {
    await walkHost(ctx, host);
  } finally {
    ctx.leases.delete(host.token);
    await releaseHost(ctx.db, host).catch(() => undefined);
  }
  const [next] = await listWantedPages(ctx.db, hostId, 1);
  if (next) await ctx.bell.ring("visit-host", { hostId });
  else await ctx.bell.ring("advance-runs", {});
}

async function walkHost(ctx: Context, host: LeasedHost): Promise<void> {
  const sliceEnds = performance.now() + sliceMs;
  const walk: Walk = { runs: new Map(), sources: new Map(), robots: undefined };
  while (!ctx.stopping.aborted && performance.now() < sliceEnds) {
    const pages = await listWantedPages(ctx.db, host.id, 20);
    if (pages.length === 0) return;
    for (const page of pages) {
      if (ctx.stopping.aborted || performance.now() >= sliceEnds) return;
      if (!(await visitPage(ctx, host, walk, page))) return;
    }
  }
}

/** What one walk has looked up already. */
type Walk = {
  runs: Map<string, Run | undefined>;
  sources: Map<string, StoredSource | undefined>;
  robots: Robots | undefined;
};

/** Visits one page; false when the walk must end: the lease is lost, or the host wants to be left alone. */
async function visitPage(ctx: Context, host: LeasedHost, walk: Walk, page: Page): Promise<boolean> {
  const run = await remember(walk.runs, page.wantedBy!, () => findRun(ctx.db, page.wantedBy!));
  const source = await remember(walk.sources, page.sourceId, () =>
    findSource(ctx.db, page.sourceId),
  );
  if (!run || !source) return true;
  const save = (visited: Visited) => saveVisit(ctx, { host, page, run, source, visited });
  const baseDelayMs = run.delayMs ?? source.delayMs;
  if (!walk.robots) {
    const delayMs = Math.max(baseDelayMs, host.crawlDelayMs ?? 0);
    const loaded = await loadRobots(ctx, host, {
      url: page.url,
      delayMs,
      takeTurn: () => takeTurn(ctx, host, delayMs),
    });
    if (loaded.kind === "lost") return false;
    if (loaded.kind === "closed") {
      // Nothing of this host can be visited in this run; each page keeps why.
      await save({ outcome: loaded.outcome, error: loaded.reason, wholeHost: true });
      return false;
    }
    walk.robots = loaded.robots;
  }
  const verdict = robotsVerdict(walk.robots, productToken, page.url);
  if (!verdict.allowed) {
    await save({ outcome: "refused", error: `robots.txt: ${verdict.rule ?? "disallowed"}` });
    return true;
  }
  const delayMs = Math.max(baseDelayMs, Math.min(verdict.crawlDelayMs ?? 0, crawlDelayMaxMs));
  if (!(await takeTurn(ctx, host, delayMs))) return false;

  const askedAt = performance.now();
  // A confirmation asks without validators: the point is to see the page once more.
  const conditional = page.wantedBecause !== "confirm" && page.snapshotId !== undefined;
  const fetched = await ctx.fetcher.fetchPage({
    url: page.url,
    ...(conditional && { etag: page.etag, lastModified: page.lastModified }),
    signal: ctx.stopping,
    ...(page.purpose === "sitemap" && { bodyBytesMax: sitemapBytesMax }),
    // Every redirect becomes a page of its own, visited at its host's pace under its own robots rules.
    beforeHop: () => false,
  });
  const tookMs = Math.round(performance.now() - askedAt);
  if (delayMs > 0) await keepPace(ctx.db, host, delayMs);
  if (fetched.kind === "busy") {
    const failures = host.failures + 1;
    host.failures = failures;
    const waitMs = hostBackoff({
      retryAfterMs: fetched.retryAfterMs,
      failures,
      random: Math.random(),
    });
    await saveHostBackoff(ctx.db, host, { failures, waitMs });
    if (waitMs <= patienceMs && page.tries + 1 < triesMax) {
      await putOffPage(ctx.db, page.id, waitMs);
      return false;
    }
    await save({
      outcome: "broken",
      status: fetched.status,
      error: `answered ${fetched.status} and asked for ${Math.round(waitMs / 1000)} s`,
      tookMs,
      wholeHost: true,
    });
    return false;
  }
  if (host.failures > 0) {
    host.failures = 0;
    await saveHostBackoff(ctx.db, host, { failures: 0, waitMs: 0 });
  }
  return save({ fetched, tookMs });
}

/** Waits for the host's next turn and reserves it; false when the lease was lost meanwhile. */
async function takeTurn(ctx: Context, host: LeasedHost, delayMs: number): Promise<boolean> {
  for (;;) {
    const turn = await reserveTurn(ctx.db, host, { leaseMs: ctx.leaseMs, delayMs });
    if (turn === "reserved") return true;
    if (turn === "lost" || ctx.stopping.aborted) return false;
    if (turn.waitMs > patienceMs) return false;
    await pause(turn.waitMs, ctx.stopping);
  }
}

async function remember<T>(known: Map<string, T>, key: string, load: () => Promise<T>): Promise<T> {
  if (!known.has(key)) known.set(key, await load());
  return known.get(key) as T;
}
