import {
  cmsProbes,
  type FetchOutcome,
  inScope,
  looksLikeFeed,
  observedOutcomeOf,
  parseRobots,
  readCmsList,
  readSitemap,
  sitemapsOf,
} from "@waymark/crawl";
import type { Document, ObservedOutcome, VisitOutcome } from "@waymark/domain";
import { canonicalAddress, isStagingHost, siteOf } from "@waymark/normalize";
import {
  leadsTo,
  type PackedSnapshot,
  type Page,
  packPage,
  type Run,
  type StoredSource,
  type WantedBecause,
} from "@waymark/store";
import { forbidsFollowing } from "../followed-addresses.ts";
import type { Look } from "../look-at-document.ts";
import { ReaderDied } from "../reader-pool.ts";
import { realAddress } from "../real-address.ts";
import { pageIdOf, snapshotIdOf } from "../row-ids.ts";
import { showInBrowser } from "./show-in-browser.ts";
import type { Walk } from "./walk.ts";

/** An address that a page led to, and when the site says it last changed. */
export type Link = {
  url: string;
  purpose: Page["purpose"];
  because: WantedBecause;
  lastModified?: Date | undefined;
};

/** What a visit came to, before anything is written. */
export type Seen = {
  observed: ObservedOutcome;
  /** Whether the main text differs from the last visit's. */
  changed: boolean;
  tookMs: number;
  wireBytes: number;
  /** Fetched whole, without validators. */
  whole: boolean;
  rendered: boolean;
  needsBrowser: boolean;
  links: Link[];
  movedTo: string | undefined;
  snapshot: PackedSnapshot | undefined;
  validators: { etag: string | undefined; lastModified: string | undefined } | undefined;
  headers: Record<string, string> | undefined;
  /** What is known of the text, when it was looked at. */
  text: { hash: string; length: number; shape: string } | undefined;
  /** Whether validators that stayed the same were right that the page did; undefined when not put to the test. */
  validatorsHeld: boolean | undefined;
};

/** Why nobody was asked, or no answer could be used. */
export type Unasked = { outcome: VisitOutcome; error: string; status?: number; tookMs?: number };

/** A visit in which no page was got. */
export function unasked(page: Page, why: Unasked, now: Date): Seen {
  const observed = {
    url: page.url,
    outcome: why.outcome,
    at: now.toISOString(),
    error: why.error,
    ...(why.status && { status: why.status }),
  };
  return { ...nothing(page), observed, tookMs: why.tookMs ?? 0 };
}

const nothing = (page: Page): Omit<Seen, "observed" | "tookMs"> => ({
  changed: false,
  wireBytes: 0,
  whole: false,
  rendered: false,
  needsBrowser: page.needsBrowser,
  links: [],
  movedTo: undefined,
  snapshot: undefined,
  validators: undefined,
  headers: undefined,
  text: undefined,
  validatorsHeld: undefined,
});

export type Place = { page: Page; run: Run; source: StoredSource };
/** An answer of the web, with how it was asked for. */
export type Asked = {
  fetched: FetchOutcome;
  tookMs: number;
  /** Without validators, and not only what has changed. */
  whole: boolean;
};

/** What an answer means; `needs-browser` when only a worker with a browser can tell. */
export async function lookAtAnswer(
  walk: Walk,
  place: Place,
  asked: Asked,
): Promise<Seen | "needs-browser"> {
  const { page } = place;
  const { fetched, tookMs } = asked;
  const now = walk.ctx.now();
  const observed = observedOutcomeOf(fetched, { url: page.url, at: now });
  const seen: Seen = { ...nothing(page), observed, tookMs };
  if (fetched.kind === "moved") {
    const to = canonicalAddress(fetched.location, page.url);
    if (to && to !== page.url) seen.links = [linkTo(to, "moved", page.purpose)];
    if (fetched.permanent) seen.movedTo = to;
    return seen;
  }
  if (fetched.kind !== "fetched") return seen;
  seen.wireBytes = fetched.wireBytes;
  seen.whole = asked.whole;
  if (page.purpose === "sitemap") {
    return {
      ...seen,
      validators: validatorsOf(fetched),
      links: await readList(page, fetched, now),
    };
  }
  return lookAtPage(walk, place, { ...asked, fetched }, seen);
}

type Fetched = Extract<FetchOutcome, { kind: "fetched" }>;

/** Alone, since what is seen is kept until it is written, and the page's bytes must not be kept with it. */
const validatorsOf = ({ etag, lastModified }: Fetched): Seen["validators"] => ({
  etag,
  lastModified,
});

/** The addresses a site's own list names: a sitemap, a feed, or a content system's interface. */
async function readList(page: Page, { bytes, headers }: Fetched, now: Date): Promise<Link[]> {
  const cms = readCmsList(bytes, { url: page.url, headers });
  if (cms) {
    return [
      ...cms.pages.flatMap(({ url, lastModified }) => listed(url, page.url, lastModified)),
      ...cms.next.map((url) => linkTo(url, "sitemap", "sitemap")),
    ];
  }
  const { pages, sitemaps, listsDates } = await readSitemap(bytes, { base: page.url, now });
  return [
    // Dates that are all the same say when the list was made, not when its pages were.
    ...pages.flatMap(({ url, lastModified }) =>
      listed(url, page.url, listsDates === "told" ? lastModified : undefined),
    ),
    ...sitemaps.map((url) => linkTo(url, "sitemap", "sitemap")),
  ];
}

async function lookAtPage(
  walk: Walk,
  place: Place,
  asked: Asked & { fetched: Fetched },
  seen: Seen,
): Promise<Seen | "needs-browser"> {
  const { page } = place;
  const { fetched } = asked;
  const id = snapshotIdOf(fetched.bytes);
  seen.validatorsHeld = testValidators(page, asked, id === page.bodyHash);
  if (id === page.bodyHash && page.snapshotId && !walk.browser) {
    return {
      ...seen,
      validators: validatorsOf(fetched),
      observed: { ...seen.observed, outcome: "unchanged" },
    };
  }
  let document: Document = {
    url: fetched.url,
    bytes: fetched.bytes,
    contentType: fetched.contentType,
  };
  try {
    let look = await walk.ctx.reader.look(document);
    const shown = await showInBrowser(walk, place, { document, skim: look.skim });
    if (shown === "later") return "needs-browser";
    if (shown.kind === "shown") {
      ({ document, look } = shown);
      seen.rendered = true;
    }
    seen.needsBrowser = shown.kind === "shown";
    const { skim } = look;
    if (shown.kind === "whole" && skim.verdict === "shell") skim.verdict = "page";
    if (shown.kind === "missing") {
      skim.verdict = "shell";
      skim.verdictReason = shown.reason;
    }
    const entries = looksLikeFeed(fetched.bytes)
      ? await readList(page, fetched, walk.ctx.now())
      : [];
    const known = walk.known.get(place.run.id);
    const real = await findRealAddress(walk, place, look.skim);
    return await weigh(place, { fetched, document, look, real, entries, known }, seen);
  } catch (error) {
    if (!(error instanceof ReaderDied)) throw error;
    return {
      ...seen,
      observed: { ...seen.observed, outcome: "broken", error: error.message },
    };
  }
}

/**
 * Where a page says its real self is, where that can be true: not where the other says the same of this one,
 * and on another site only for a copy that is there for trying out, or for a page that sends everybody on.
 */
async function findRealAddress(
  { ctx }: Walk,
  { page, source }: Place,
  skim: Look["skim"],
): Promise<string | undefined> {
  const named = realAddress(page.url, skim);
  if (named === undefined || skim.refresh) return named;
  const isOwn = inScope(source.scope, named) || siteOf(named) === siteOf(page.url);
  if (!isOwn && !isStagingHost(new URL(page.url).hostname)) return undefined;
  return (await leadsTo(ctx.db, pageIdOf(named), page.url)) ? undefined : named;
}

/** What a page that was looked at comes to: a page, or one of the things that pass for one. */
async function weigh(
  { page }: Place,
  {
    fetched,
    document,
    look: { skim, addresses, links, text },
    real,
    entries,
    known,
  }: {
    fetched: Fetched;
    document: Document;
    look: Look;
    real: string | undefined;
    entries: Link[];
    known: ReadonlySet<string> | undefined;
  },
  seen: Seen,
): Promise<Seen> {
  if (skim.verdict !== "page") {
    const { verdict: outcome, verdictReason: error } = skim;
    return { ...seen, observed: { ...seen.observed, outcome, ...(error && { error }) } };
  }
  if (real) {
    return {
      ...seen,
      observed: { ...seen.observed, outcome: "moved", location: real },
      links: [linkTo(real, "moved", "page")],
    };
  }
  const id = snapshotIdOf(document.bytes);
  const isKept = id === page.snapshotId;
  if (seen.validatorsHeld === false && skim.textHash === page.textHash) seen.validatorsHeld = true;
  return {
    ...seen,
    validators: validatorsOf(fetched),
    changed: skim.textHash !== page.textHash,
    text: { hash: skim.textHash, length: skim.textLength, shape: skim.shapeHash },
    ...(isKept
      ? { observed: { ...seen.observed, outcome: "unchanged" as const } }
      : {
          snapshot: {
            id,
            contentType: document.contentType,
            skim,
            ...(await packPage({ bytes: document.bytes, links, text })),
          },
          headers: fetched.headers,
        }),
    links: [
      ...(forbidsFollowing(skim, fetched.robotsTag)
        ? []
        : [...linksOf(addresses, known), ...entries]),
      // The front page is asked what it is made by; every other page would say the same.
      ...(page.depth === 0 && skim.cms ? cmsProbes(skim.cms) : []).map((url) =>
        linkTo(url, "sitemap", "sitemap"),
      ),
    ],
  };
}

/** Validators that are the same as before promise the same page: where we got it whole, that can be checked. */
function testValidators(
  page: Page,
  { fetched, whole }: Asked & { fetched: Fetched },
  isSame: boolean,
): boolean | undefined {
  if (!whole || page.bodyHash === undefined || page.needsBrowser) return undefined;
  if (page.etag === undefined && page.lastModified === undefined) return undefined;
  if (page.etag !== fetched.etag || page.lastModified !== fetched.lastModified) return undefined;
  return isSame;
}

const linkTo = (url: string, because: WantedBecause, purpose: Page["purpose"]): Link => ({
  url,
  purpose,
  because,
});

function listed(url: string, base: string, lastModified: Date | undefined): Link[] {
  const address = canonicalAddress(url, base);
  return address ? [{ ...linkTo(address, "sitemap", "page"), lastModified }] : [];
}

/** What a page leads to that the walk has not met yet: a menu is the same on every page. */
const linksOf = (addresses: string, known: ReadonlySet<string> | undefined): Link[] =>
  addresses
    .split("\n")
    .filter((url) => url !== "" && !known?.has(url))
    .map((url) => linkTo(url, "link", "page"));

/** Where a host names its sitemaps, they are asked first; else the usual place is tried once. */
export function sitemapLinks(page: Page, robots: string | undefined): Link[] {
  const named = sitemapsOf(parseRobots(robots ?? ""));
  const urls = named.length > 0 ? named : [new URL("/sitemap.xml", page.url).href];
  return urls.map((url) => linkTo(url, "sitemap", "sitemap"));
}
