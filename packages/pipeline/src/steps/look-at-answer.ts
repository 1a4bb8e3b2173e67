import {
  cmsProbes,
  type FetchOutcome,
  inScope,
  looksLikeFeed,
  observedOutcomeOf,
} from "@waymark/crawl";
import type { Document } from "@waymark/domain";
import { canonicalAddress, isStagingHost, siteOf } from "@waymark/normalize";
import { leadsTo, type Page, packPage, type Run, type StoredSource } from "@waymark/store";
import { forbidsFollowing } from "../followed-addresses.ts";
import type { Look } from "../look-at-document.ts";
import { ReaderDied } from "../reader-pool.ts";
import { realAddress } from "../real-address.ts";
import { pageIdOf, snapshotIdOf } from "../row-ids.ts";
import { readList } from "./read-list.ts";
import { type Link, linkTo, nothing, type Seen } from "./seen.ts";
import { showInBrowser } from "./show-in-browser.ts";
import type { Walk } from "./walk.ts";

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
  { ctx, slice }: Walk,
  { page, source }: Place,
  skim: Look["skim"],
): Promise<string | undefined> {
  const named = realAddress(page.url, skim);
  if (named === undefined || skim.refresh) return named;
  const isOwn = inScope(source.scope, named) || siteOf(named) === siteOf(page.url);
  if (!isOwn && !isStagingHost(new URL(page.url).hostname)) return undefined;
  const other = pageIdOf(named);
  const justSeen = slice.visited.find((one) => one.page.id === other);
  const pointsBack = justSeen
    ? justSeen.seen.observed.location === page.url
    : await leadsTo(ctx.db, other, page.url);
  return pointsBack ? undefined : named;
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

/** What a page leads to that the walk has not met yet: a menu is the same on every page. */
const linksOf = (addresses: string, known: ReadonlySet<string> | undefined): Link[] =>
  addresses
    .split("\n")
    .filter((url) => url !== "" && !known?.has(url))
    .map((url) => linkTo(url, "link", "page"));
