import {
  type FetchOutcome,
  isCmsList,
  mayAskConditionally,
  productToken,
  robotsVerdict,
  withModifiedAfter,
} from "@waymark/crawl";
import {
  keepPace,
  openIncident,
  type Page,
  putOffPage,
  type Run,
  type StoredSource,
} from "@waymark/store";
import { closeHost } from "./close-host.ts";
import { loadRobots } from "./load-robots.ts";
import { lookAtAnswer } from "./look-at-answer.ts";
import { type Unasked, unasked } from "./seen.ts";
import {
  backOff,
  crawlDelayMaxMs,
  forgive,
  patienceMs,
  takeTurn,
  triesMax,
  type Walk,
  wantedFor,
} from "./walk.ts";

const sitemapBytesMax = 50_000_000;
/** A content system's list is asked whole that often; it tells of what went only then. */
const wholeListEveryMs = 28 * 86_400_000;

/** Visits one page; false when the walk must end: the lease is lost, or the host wants to be left alone. */
export async function visitPage(walk: Walk, page: Page): Promise<boolean> {
  const wanted = await wantedFor(walk, page);
  if (!wanted) return true;
  const place = { page, ...wanted };
  const baseDelayMs = wanted.run.delayMs ?? wanted.source.delayMs;
  if (!walk.robots) {
    const loaded = await loadRobots(walk, { page, baseDelayMs });
    if (loaded.kind === "lost") return false;
    if (loaded.kind === "closed") {
      // Nothing of this host can be visited in this run; each page keeps why.
      note(walk, place, { outcome: loaded.outcome, error: loaded.reason });
      await closeHost(walk, { outcome: loaded.outcome, error: loaded.reason });
      return false;
    }
    walk.robots = loaded.robots;
  }
  const verdict = robotsVerdict(walk.robots, productToken, page.url);
  if (!verdict.allowed) {
    note(walk, place, {
      outcome: "refused",
      error: `robots.txt: ${verdict.rule ?? "disallowed"}`,
    });
    return true;
  }
  const asked = verdict.crawlDelayMs ?? 0;
  if (asked > crawlDelayMaxMs) await tellOfDelay(walk, place, asked);
  const delayMs = Math.max(baseDelayMs, Math.min(asked, crawlDelayMaxMs));
  if (!(await takeTurn(walk, delayMs))) return false;
  return ask(walk, place, delayMs);
}

type Place = { page: Page; run: Run; source: StoredSource };

/** Sends the request, and makes of the answer what it means. */
async function ask(walk: Walk, place: Place, delayMs: number): Promise<boolean> {
  const { ctx, host } = walk;
  const { page, run } = place;
  const now = ctx.now();
  // A confirmation asks without validators: the point is to see the page once more.
  const address = addressToAsk(page, run, now);
  const conditional =
    !walk.browser &&
    address === page.url &&
    page.wantedBecause !== "confirm" &&
    (page.snapshotId !== undefined || page.purpose === "sitemap") &&
    mayAskConditionally(page, { trust: host.validators, now });
  const askedAt = performance.now();
  const fetched = await ctx.fetcher.fetchPage({
    url: address,
    ...(conditional && { etag: page.etag, lastModified: page.lastModified }),
    signal: ctx.stopping,
    ...(page.purpose === "sitemap" && { bodyBytesMax: sitemapBytesMax }),
    // Every redirect becomes a page of its own, visited at its host's pace under its own robots rules.
    beforeHop: () => false,
  });
  const tookMs = Math.round(performance.now() - askedAt);
  if (delayMs > 0) await keepPace(ctx.db, host, delayMs);
  if (fetched.kind === "busy") return waitOrClose(walk, place, fetched, tookMs);
  if (fetched.kind === "fetched" || fetched.kind === "unchanged") await forgive(walk);

  const whole = !conditional && address === page.url;
  const seen = await lookAtAnswer(walk, place, { fetched, tookMs, whole });
  if (seen === "needs-browser") {
    walk.slice.toBrowser.push(page);
    return true;
  }
  walk.slice.bytes += (seen.snapshot?.body.length ?? 0) + 2_000;
  walk.slice.visited.push({ ...place, seen });
  return true;
}

/** A content system's list is asked on later nights for what has changed since the last. */
function addressToAsk(page: Page, run: Run, now: Date): string {
  const { url, visitedAt, fetchedWholeAt } = page;
  if (run.trigger !== "schedule" || page.outcome !== "fetched" || !isCmsList(url)) return url;
  if (!visitedAt || !fetchedWholeAt) return url;
  const isRecent = now.getTime() - fetchedWholeAt.getTime() < wholeListEveryMs;
  return isRecent ? withModifiedAfter(url, visitedAt) : url;
}

/** The host wants fewer requests: this page waits its time, or everything of the host waits for another night. */
async function waitOrClose(
  walk: Walk,
  place: Place,
  busy: Extract<FetchOutcome, { kind: "busy" }>,
  tookMs: number,
): Promise<boolean> {
  const waitMs = await backOff(walk, busy.retryAfterMs);
  const isPatient = waitMs <= patienceMs;
  if (isPatient && place.page.tries + 1 < triesMax) {
    await putOffPage(walk.ctx.db, place.page.id, waitMs);
    return false;
  }
  const why: Unasked = {
    outcome: "broken",
    status: busy.status,
    error: `answered ${busy.status} and asked for ${Math.round(waitMs / 1000)} s`,
    tookMs,
  };
  note(walk, place, why);
  // A page that is never to be had, on a host that answers others in between, is given up alone.
  if (isPatient) return true;
  await closeHost(walk, why);
  return false;
}

/** Notes a visit in which no page was got. */
function note(walk: Walk, place: Place, why: Unasked): void {
  const seen = unasked(place.page, why, walk.ctx.now());
  walk.slice.visited.push({ ...place, seen });
}

async function tellOfDelay(walk: Walk, { source, run }: Place, askedMs: number): Promise<void> {
  await openIncident(walk.ctx.db, {
    sourceId: source.id,
    runId: run.id,
    code: "crawl-delay",
    message: `robots.txt of ${walk.host.id} asks for ${askedMs / 1000} s between requests; it is given ${crawlDelayMaxMs / 1000} s`,
    now: walk.ctx.now(),
  });
}
