import {
  type FetchOutcome,
  inScope,
  isTrap,
  nextInterval,
  observedOutcomeOf,
  parseRobots,
  readSitemap,
  sitemapsOf,
  worthVisiting,
} from "@waymark/crawl";
import type { ObservedOutcome, PageId, Skim, SnapshotId, VisitOutcome } from "@waymark/domain";
import { canonicalAddress, sameAddress } from "@waymark/normalize";
import {
  addPages,
  addVisit,
  countVisits,
  type Db,
  dropRunPages,
  dropWantedPages,
  ensureHosts,
  holdsLease,
  type LeasedHost,
  openIncident,
  type Page,
  type Run,
  type StoredSource,
  saveSnapshot,
  saveVisitedPage,
  transaction,
  type WantedBecause,
} from "@waymark/store";
import type { Context } from "../context.ts";
import { ReaderDied } from "../reader-pool.ts";
import { hostIdOf, pageIdOf, snapshotIdOf } from "../row-ids.ts";

/** What a visit came to: an answer of the web, or why nobody was asked. */
export type Visited =
  | { fetched: FetchOutcome; tookMs: number }
  | {
      outcome: VisitOutcome;
      error: string;
      status?: number;
      tookMs?: number;
      /** The other wanted pages of the host share this fate for the rest of the run. */
      wholeHost?: boolean;
    };

type Place = { host: LeasedHost; page: Page; run: Run; source: StoredSource };
const bounds = { minHours: 20, maxHours: 24 * 28 };
const depthMax = 12;

/**
 * Commits one visit: snapshot, visit, page, host and the links it led to, together, under the host's
 * lease (transaction 1 of the journey). False when the lease was lost: then nothing is written.
 */
export async function saveVisit(
  ctx: Context,
  place: Place & { visited: Visited },
): Promise<boolean> {
  const { page, run, host } = place;
  const now = ctx.now();
  const seen = await lookAt(ctx, place, place.visited, now);
  const kept = await transaction(ctx.db, async (db) => {
    if (!(await holdsLease(db, host))) return false;
    if (seen.snapshot) await saveSnapshot(db, { ...seen.snapshot, now });
    await writeVisit(db, place, seen, now);
    if ("wholeHost" in place.visited && place.visited.wholeHost) {
      for (const id of await dropWantedPages(db, host.id)) {
        await addVisit(db, { ...visitOf(id, run, seen, now), tookMs: 0 });
      }
    }
    await followLinks(db, place, seen.links, now);
    await keepBudget(db, place, now);
    return true;
  });
  if (!kept) return false;
  const hosts = new Set(seen.links.map((link) => hostIdOf(link.url)));
  hosts.delete(host.id);
  await ctx.bell.ringAll(
    "visit-host",
    [...hosts].map((hostId) => ({ hostId })),
  );
  if (seen.snapshot && !seen.isSitemap) await ctx.bell.ring("read-page", { pageId: page.id });
  ctx.log.debug(
    { url: page.url, outcome: seen.observed.outcome, changed: seen.changed },
    "page visited",
  );
  return true;
}

type Link = { url: string; purpose: Page["purpose"]; because: WantedBecause };
type Seen = {
  observed: ObservedOutcome;
  changed: boolean;
  tookMs: number;
  isSitemap: boolean;
  links: Link[];
  movedTo: string | undefined;
  snapshot:
    | { id: SnapshotId; bytes: Uint8Array; contentType: string | undefined; skim: Skim | undefined }
    | undefined;
  validators: { etag: string | undefined; lastModified: string | undefined } | undefined;
  textHash: string | undefined;
};

/** What the answer means, before anything is written. */
async function lookAt(ctx: Context, place: Place, visited: Visited, now: Date): Promise<Seen> {
  const { page } = place;
  const nothing = {
    changed: false,
    isSitemap: page.purpose === "sitemap",
    links: [],
    movedTo: undefined,
    snapshot: undefined,
    validators: undefined,
    textHash: undefined,
  };
  if (!("fetched" in visited)) {
    const observed: ObservedOutcome = {
      url: page.url,
      outcome: visited.outcome,
      at: now.toISOString(),
      error: visited.error,
      ...(visited.status && { status: visited.status }),
    };
    return { ...nothing, observed, tookMs: visited.tookMs ?? 0 };
  }
  const { fetched, tookMs } = visited;
  const observed = observedOutcomeOf(fetched, { url: page.url, at: now });
  if (fetched.kind === "moved") {
    const to = canonicalAddress(fetched.location, page.url);
    const links = to && to !== page.url ? [linkTo(to, "moved", page.purpose)] : [];
    return { ...nothing, observed, tookMs, links, movedTo: fetched.permanent ? to : undefined };
  }
  if (fetched.kind !== "fetched") return { ...nothing, observed, tookMs };
  if (page.purpose === "sitemap") {
    const { pages, sitemaps } = await readSitemap(fetched.bytes, { base: page.url });
    const links = [
      ...pages.flatMap(({ url }) => linksTo(url, "sitemap", page.url)),
      ...sitemaps.map((url) => linkTo(url, "sitemap", "sitemap")),
    ];
    return { ...nothing, observed, tookMs, links, validators: fetched };
  }
  const id = snapshotIdOf(fetched.bytes);
  if (id === page.bodyHash && page.snapshotId) {
    return {
      ...nothing,
      observed: { ...observed, outcome: "unchanged" },
      tookMs,
      validators: fetched,
      textHash: page.textHash,
    };
  }
  const document = { url: fetched.url, bytes: fetched.bytes, contentType: fetched.contentType };
  let skim: Skim | undefined;
  try {
    skim = await ctx.reader.skim(document);
  } catch (error) {
    if (!(error instanceof ReaderDied)) throw error;
    return {
      ...nothing,
      observed: { ...observed, outcome: "broken", error: error.message },
      tookMs,
    };
  }
  if (skim.verdict !== "page") {
    return {
      ...nothing,
      observed: {
        ...observed,
        outcome: skim.verdict,
        ...(skim.verdictReason && { error: skim.verdictReason }),
      },
      tookMs,
    };
  }
  const other = elsewhere(page, skim);
  if (other) {
    return {
      ...nothing,
      observed: { ...observed, outcome: "moved", location: other },
      tookMs,
      links: [linkTo(other, "moved", "page")],
    };
  }
  const links = skim.nofollow
    ? []
    : [
        ...skim.links.filter((link) => !link.nofollow).map((link) => link.url),
        ...skim.feeds,
      ].flatMap((url) => linksTo(url, "link", page.url));
  return {
    observed,
    tookMs,
    changed: skim.textHash !== page.textHash,
    isSitemap: false,
    links,
    movedTo: undefined,
    snapshot: { id, bytes: fetched.bytes, contentType: fetched.contentType, skim },
    validators: fetched,
    textHash: skim.textHash,
  };
}

const linkTo = (url: string, because: WantedBecause, purpose: Page["purpose"]): Link => ({
  url,
  purpose,
  because,
});

const linksTo = (url: string, because: WantedBecause, base: string): Link[] => {
  const address = canonicalAddress(url, base);
  return address ? [linkTo(address, because, "page")] : [];
};

/**
 * Where a page says its real self is: a meta refresh, or a canonical address. A canonical that names the
 * root of the site from a page below it is a template's mistake, not a statement.
 */
function elsewhere(page: Page, skim: Skim): string | undefined {
  const named = skim.refresh ?? skim.canonical;
  const to = named && canonicalAddress(named, page.url);
  if (!to || sameAddress(to, page.url)) return undefined;
  if (!skim.refresh && new URL(to).pathname === "/" && new URL(page.url).pathname !== "/") {
    return undefined;
  }
  return to;
}

async function writeVisit(db: Db, { page, run }: Place, seen: Seen, now: Date): Promise<void> {
  const outcome = seen.observed.outcome;
  const good = outcome === "fetched" || outcome === "unchanged" || outcome === "moved";
  const failures = good ? 0 : page.failures + 1;
  const intervalHours = Math.round(
    nextInterval({
      outcome,
      changed: seen.changed,
      intervalHours: page.intervalHours,
      bounds,
      failures,
    }),
  );
  const snapshotId = seen.snapshot?.id ?? page.snapshotId;
  await saveVisitedPage(db, {
    id: page.id,
    visitedAt: now,
    outcome,
    nextFetchAt: new Date(now.getTime() + intervalHours * 3_600_000),
    intervalHours,
    failures,
    movedTo: seen.movedTo ?? (good && outcome !== "moved" ? undefined : page.movedTo),
    etag: seen.validators ? seen.validators.etag : page.etag,
    lastModified: seen.validators ? seen.validators.lastModified : page.lastModified,
    bodyHash: seen.snapshot?.id ?? page.bodyHash,
    textHash: seen.textHash ?? page.textHash,
    snapshotId,
    readAlready: false,
  });
  await addVisit(db, visitOf(page.id, run, seen, now));
}

const visitOf = (pageId: PageId, run: Run, seen: Seen, now: Date) => ({
  pageId,
  runId: run.id,
  at: now,
  outcome: seen.observed.outcome,
  status: seen.observed.status,
  error: seen.observed.error,
  location: seen.observed.location,
  bodyBytes: seen.snapshot?.bytes.length,
  tookMs: seen.tookMs,
  snapshotId: seen.snapshot?.id,
  changed: seen.changed,
});

/** Puts the addresses a page led to into the frontier: those inside the source and worth a visit. */
async function followLinks(
  db: Db,
  { page, run, source, host }: Place,
  links: Link[],
  now: Date,
): Promise<void> {
  const depth = page.depth + 1;
  const found = new Map(
    links
      .filter(
        ({ url, purpose }) =>
          depth <= depthMax &&
          inScope(source.scope, url) &&
          isTrap(url, now) === undefined &&
          (purpose === "sitemap" || worthVisiting(url)),
      )
      .map((link) => [link.url, link]),
  );
  // Where a host names its sitemaps, they are asked first; else the usual place is tried once.
  if (page.depth === 0 && page.purpose === "page") {
    const named = sitemapsOf(parseRobots(host.robots ?? ""));
    for (const url of named.length > 0 ? named : [new URL("/sitemap.xml", page.url).href]) {
      if (inScope(source.scope, url)) found.set(url, linkTo(url, "sitemap", "sitemap"));
    }
  }
  if (found.size === 0) return;
  const pages = [...found.values()].map((link) => ({
    id: pageIdOf(link.url),
    hostId: hostIdOf(link.url),
    url: link.url,
    purpose: link.purpose,
    depth,
    because: link.because,
  }));
  await ensureHosts(
    db,
    pages.map((one) => one.hostId),
  );
  await addPages(db, { sourceId: source.id, runId: run.id, now, pages });
}

/** Ends the visiting of a run that has used up its source's budget, and tells the operator. */
async function keepBudget(db: Db, { run, source }: Place, now: Date): Promise<void> {
  if ((await countVisits(db, run.id)) < source.pagesMax) return;
  const cut = await dropRunPages(db, run.id);
  if (cut === 0) return;
  await openIncident(db, {
    sourceId: source.id,
    runId: run.id,
    code: "budget",
    message: `the run visited ${source.pagesMax} pages, its budget, and left ${cut} unvisited; raise pagesMax or narrow the scope`,
    now,
  });
}
