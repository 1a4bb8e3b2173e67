import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { isIP } from "node:net";
import {
  checkUrl,
  createFetcher,
  createResolver,
  type Fetcher,
  type FetchOutcome,
  fetchRobots,
  inScope,
  isPublicAddress,
  isTrap,
  nextInterval,
  observedOutcomeOf,
  productToken,
  type ResolveHost,
  type Robots,
  robotsPolicy,
  robotsVerdict,
  sitemapsOf,
  userAgentOf,
  worthVisiting,
} from "@waymark/crawl";
import type { Skim, VisitOutcome } from "@waymark/domain";
import { canonicalAddress, sameAddress } from "@waymark/normalize";
import { pause } from "./pause.ts";
import { ReaderDied, ReaderPool } from "./reader-pool.ts";

/** One visit as a crawl would make it, step by step, with nothing written. */
export type DryFetch = {
  /** The address as it was given. */
  url: string;
  /** Development: where every host is reached instead of its own addresses. */
  connectTo: string | undefined;
  /** The addresses on the way: the one that was given, then where each redirect led. */
  stops: DryStop[];
  /** How the last of them answered; undefined where it was not asked. */
  answer: DryAnswer | undefined;
  /** What came of asking once more with the validators of the answer; undefined where that was left out. */
  again: DryRepeat | undefined;
  look: DryLook | undefined;
  render: DryRender | undefined;
  crawl: DryCrawl;
};

/** An address on the way, and whether it may be asked. */
type DryStop = {
  /** The canonical form, which is what a crawl asks for. */
  url: string;
  host: string;
  port: number;
  /** What the host's name resolves to; nothing is looked up where `connectTo` stands in. */
  addresses: { address: string; isPublic: boolean }[];
  lookupMs: number | undefined;
  /** Why the name led to no address. */
  lookupError: string | undefined;
  /** Why a crawl would not follow a link to it; a seed is visited all the same. */
  notFollowed: string | undefined;
  robots: DryRobots | undefined;
  /** How it led on to the next one. */
  redirect: { status: number; location: string } | undefined;
};

/** What a host's robots.txt came to, and what it says of the address. */
type DryRobots = {
  url: string;
  outcome: VisitOutcome;
  status: number | undefined;
  bytes: number | undefined;
  times: DryTimes;
  /** Whom the rules that count are addressed to; undefined where none apply. */
  group: string | undefined;
  allowed: boolean;
  /** The line that decided. */
  rule: string | undefined;
  /** Why nobody may be asked at all, where no rules were had. */
  reason: string | undefined;
  crawlDelayMs: number | undefined;
  sitemaps: string[];
};

/** Where the time of a fetch went; a socket that was open already has no `connectMs`. */
type DryTimes = {
  wholeMs: number;
  connectMs: number | undefined;
  /** From the request to the first line of the answer. */
  answerMs: number | undefined;
  bodyMs: number | undefined;
};

type DryAnswer = {
  url: string;
  outcome: VisitOutcome;
  status: number | undefined;
  /** Why no page came, as a sentence. */
  message: string | undefined;
  contentType: string | undefined;
  wireBytes: number | undefined;
  /** After decompression. */
  bytes: number | undefined;
  etag: string | undefined;
  lastModified: string | undefined;
  /** The X-Robots-Tag header. */
  robotsTag: string | undefined;
  times: DryTimes;
};

/** Whether validators are honoured: `ignored` came back with the same bytes, `changed` with others. */
type DryRepeat =
  | { kind: "honoured" | "ignored" | "changed"; status: number; times: DryTimes }
  | { kind: "failed"; status: number | undefined; message: string }
  | { kind: "no-validators" };

/** The first look at the page, by the same reader as a crawl's. */
type DryLook = {
  verdict: Skim["verdict"];
  verdictReason: string | undefined;
  title: string | undefined;
  textLength: number;
  links: { sameHost: number; elsewhere: number; nofollow: number };
  feeds: string[];
  canonical: string | undefined;
  refresh: string | undefined;
  noindex: boolean;
  nofollow: boolean;
  tookMs: number;
};

/** Whether a browser would have to show the page before it can be read. */
type DryRender = { needed: "yes" | "perhaps" | "no"; reason: string };

/** What the visit's row would say. */
type DryCrawl = {
  outcome: VisitOutcome;
  /** Why it is no page that can be kept, as a sentence. */
  because: string | undefined;
  /** Where the page itself says its real address is; that one is visited in its place. */
  movedTo: string | undefined;
  /** How many links it would follow in a source whose scope is the host. */
  links: number;
  againAt: string;
};

type DryFetchOptions = {
  version: string;
  contact: string;
  connectTo?: { host: string; port: number } | undefined;
  now: Date;
  /** Validators of an earlier visit. */
  etag?: string | undefined;
  lastModified?: string | undefined;
  /** Leaves the second, conditional request out. */
  once?: boolean | undefined;
  signal?: AbortSignal | undefined;
};

const redirectsMax = 5;
/** The pace of a source that says nothing else, and the most that a crawl-delay makes of it. */
const delayMs = 1000;
const crawlDelayMaxMs = 30_000;
/** Where a crawl's intervals begin, and within which bounds. */
const firstHours = 24;
const bounds = { minHours: 20, maxHours: 24 * 28 };

/**
 * Makes one visit under the guards of a crawl and tells of every step. Writes nothing and needs no database,
 * so it knows of no source. Throws only when the signal is raised.
 */
export async function fetchDry(url: string, options: DryFetchOptions): Promise<DryFetch> {
  const resolve = rememberAddresses(createResolver());
  const { connectTo } = options;
  const fetcher = createFetcher({ userAgent: userAgentOf(options), connectTo, resolve });
  const robots = new Map<string, Promise<AskedRobots>>();
  const dry: DryFetch = {
    url,
    connectTo: connectTo && `${connectTo.host}:${connectTo.port}`,
    stops: [],
    answer: undefined,
    again: undefined,
    look: undefined,
    render: undefined,
    crawl: crawlOf("refused", checkUrl(url), options.now),
  };
  if (dry.crawl.because) return dry;
  try {
    await walk({ ...options, fetcher, resolve, robots }, dry);
    return dry;
  } finally {
    await fetcher.close();
  }
}

type Context = DryFetchOptions & {
  fetcher: Fetcher;
  resolve: ResolveHost;
  robots: Map<string, Promise<AskedRobots>>;
};

/** Goes from address to address until one answers with something else than a redirect. */
async function walk(ctx: Context, dry: DryFetch): Promise<void> {
  const end = (outcome: VisitOutcome, because: string): void => {
    dry.crawl = crawlOf(outcome, because, ctx.now);
  };
  for (let next = canonicalAddress(dry.url)!; ; ) {
    const stop = await arrive(ctx, next);
    dry.stops.push(stop);
    if (dry.stops.length > 1 && stop.notFollowed) {
      return end("moved", `it leads to ${stop.url}, which is not followed: ${stop.notFollowed}`);
    }
    stop.robots = await askRobots(ctx, stop.url);
    const { allowed, outcome, reason, rule } = stop.robots;
    if (reason) return end(outcome === "no-address" ? outcome : "refused", reason);
    if (!allowed) return end("refused", `the robots.txt of ${stop.host} says "${rule}"`);

    if (dry.stops.at(-2)?.host === stop.host) await keepPace(ctx, stop, 0);
    const { etag, lastModified, signal } = ctx;
    const asked = { url: stop.url, etag, lastModified, signal, beforeHop: () => false };
    const { value: fetched, times } = await timed(() => ctx.fetcher.fetchPage(asked));
    if (fetched.kind !== "moved") return settle(ctx, dry, stop, { fetched, times });

    const { location, hops } = fetched;
    stop.redirect = { status: hops.at(-1)?.status ?? 302, location };
    next = canonicalAddress(location, stop.url) ?? location;
    if (dry.stops.some(({ url }) => url === next)) {
      return end("broken", `it redirects in a circle, by ${next}`);
    }
    if (dry.stops.length > redirectsMax) {
      return end("broken", `it redirects more than ${redirectsMax} times`);
    }
    const problem = checkUrl(next);
    if (problem) return end("refused", `it redirects to ${next}: ${problem}`);
  }
}

/** Looks an address up. Whether it is gone to is for the connector alone to decide, which gets the same answer. */
async function arrive(ctx: Context, url: string): Promise<DryStop> {
  const { hostname, host, port, protocol } = new URL(url);
  const trap = isTrap(url, ctx.now);
  const stop: DryStop = {
    url,
    host,
    port: Number(port) || (protocol === "https:" ? 443 : 80),
    addresses: [],
    lookupMs: undefined,
    lookupError: undefined,
    notFollowed: trap
      ? `it looks like a trap, ${trap}`
      : worthVisiting(url)
        ? undefined
        : "by its name it is a file or a side door, and no page",
    robots: undefined,
    redirect: undefined,
  };
  if (ctx.connectTo) return stop;
  const name = hostname.replace(/^\[|\]$/g, "");
  const began = performance.now();
  try {
    const found = isIP(name) ? [name] : await ctx.resolve(name);
    stop.addresses = found.map((address) => ({ address, isPublic: isPublicAddress(address) }));
  } catch (error) {
    stop.lookupError = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
  }
  if (!isIP(name)) stop.lookupMs = Math.round(performance.now() - began);
  return stop;
}

type AskedRobots = { fetched: FetchOutcome; times: DryTimes };

async function askRobots(ctx: Context, pageUrl: string): Promise<DryRobots> {
  const { signal } = ctx;
  const url = new URL("/robots.txt", pageUrl).href;
  const ask = async (): Promise<AskedRobots> => {
    const { value, times } = await timed(() => fetchRobots(ctx.fetcher, { url, signal }));
    return { fetched: value, times };
  };
  const asking = ctx.robots.get(url) ?? ask();
  ctx.robots.set(url, asking);
  const { fetched, times } = await asking;
  const { outcome, status } = observedOutcomeOf(fetched, { url, at: ctx.now });
  const policy = robotsPolicy(fetched);
  const bytes = fetched.kind === "fetched" ? fetched.bytes.length : undefined;
  const told = { url, outcome, status, bytes, times };
  if (policy.kind !== "rules") {
    const reason =
      policy.kind === "unchanged"
        ? "its robots.txt is called unchanged, though nothing was asked before"
        : policy.reason;
    const none = { group: undefined, rule: undefined, crawlDelayMs: undefined, sitemaps: [] };
    return { ...told, ...none, allowed: false, reason };
  }
  const { allowed, rule, crawlDelayMs } = robotsVerdict(policy.robots, productToken, pageUrl);
  const sitemaps = sitemapsOf(policy.robots);
  const group = groupOf(policy.robots);
  return { ...told, group, allowed, rule, reason: undefined, crawlDelayMs, sitemaps };
}

const groupOf = ({ groups }: Robots): string | undefined =>
  [productToken.toLowerCase(), "*"].find((name) =>
    groups.some(({ agents }) => agents.includes(name)),
  );

/** What the answer is worth: validators tried, page looked at, and what a crawl would make of it. */
async function settle(
  ctx: Context,
  dry: DryFetch,
  stop: DryStop,
  { fetched, times }: { fetched: Exclude<FetchOutcome, { kind: "moved" }>; times: DryTimes },
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
  await lookAt(dry, page, ctx.now);
}

type FetchedPage = Extract<FetchOutcome, { kind: "fetched" }>;

async function askAgain(ctx: Context, stop: DryStop, page: FetchedPage): Promise<DryRepeat> {
  const { etag, lastModified } = page;
  if (!etag && !lastModified) return { kind: "no-validators" };
  await keepPace(ctx, stop, delayMs);
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

/** A host that names a pace gets it between its pages, also from somebody who only looks. */
async function keepPace(ctx: Context, { robots }: DryStop, leastMs: number): Promise<void> {
  await pause(Math.max(leastMs, Math.min(robots?.crawlDelayMs ?? 0, crawlDelayMaxMs)), ctx.signal);
}

async function lookAt(dry: DryFetch, page: FetchedPage, now: Date): Promise<void> {
  const { url, bytes, contentType } = page;
  const reader = new ReaderPool(1);
  const began = performance.now();
  let skim: Skim;
  try {
    skim = await reader.skim({ url, bytes, contentType });
  } catch (error) {
    if (!(error instanceof ReaderDied)) throw error;
    dry.crawl = crawlOf("broken", error.message, now);
    return;
  } finally {
    await reader.close();
  }
  dry.look = describeSkim(url, skim, performance.now() - began);
  dry.render = renderVerdict(skim);
  const isPage = skim.verdict === "page";
  const movedTo = isPage ? realAddress(url, skim) : undefined;
  const because = isPage ? undefined : (skim.verdictReason ?? `it is ${skim.verdict}`);
  const outcome = movedTo ? "moved" : skim.verdict === "page" ? "fetched" : skim.verdict;
  const links = isPage && !movedTo ? countFollowed(page, skim, now) : 0;
  dry.crawl = { ...crawlOf(outcome, because, now), movedTo, links };
}

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

const hostScope = (url: string): string[] => [new URL("/", url).href];

/** Whether the page needs a browser, by its own signs: the one place that says so. */
function renderVerdict({ verdict, verdictReason, browser }: Skim): DryRender {
  if (browser) return { needed: browser.sure ? "yes" : "perhaps", reason: browser.reason };
  if (verdict !== "shell") return { needed: "no", reason: "it has its text in the HTML itself" };
  return { needed: "yes", reason: verdictReason ?? "it is a shell for a script" };
}

/** Where a page says its real self is, by the rule of the crawl: a template's root is no statement. */
function realAddress(url: string, skim: Skim): string | undefined {
  const named = skim.refresh ?? skim.canonical;
  const to = named && canonicalAddress(named, url);
  if (!to || sameAddress(to, url)) return undefined;
  const isRoot = new URL(to).pathname === "/" && new URL(url).pathname !== "/";
  return !skim.refresh && isRoot ? undefined : to;
}

function countFollowed({ url, robotsTag }: FetchedPage, skim: Skim, now: Date): number {
  if (skim.nofollow || /\b(nofollow|none)\b/i.test(robotsTag ?? "")) return 0;
  const named = skim.links.filter((link) => !link.nofollow).map((link) => link.url);
  const followed = [...named, ...skim.feeds]
    .flatMap((link) => canonicalAddress(link, url) ?? [])
    .filter((link) => inScope(hostScope(url), link) && worthVisiting(link) && !isTrap(link, now));
  return new Set(followed).size;
}

function crawlOf(outcome: VisitOutcome, because: string | undefined, now: Date): DryCrawl {
  // As after a first visit, with which nothing of the page's changes is known yet.
  const watch = { changesSeen: 0, daysWatched: 0 };
  const hours = nextInterval({ outcome, watch, intervalHours: firstHours, bounds });
  const againAt = new Date(now.getTime() + hours * 3_600_000).toISOString();
  return { outcome, because, movedTo: undefined, links: 0, againAt };
}

/** Why a fetch brought no page, as words that follow "cannot be visited". */
function describeOutcome(
  outcome: Exclude<FetchOutcome, { kind: "fetched" | "unchanged" | "moved" }>,
): string {
  switch (outcome.kind) {
    case "gone":
      return `the server answered ${outcome.status}`;
    case "refused":
    case "busy": {
      const { status, retryAfterMs } = outcome;
      const pace = retryAfterMs ? ` and asks for ${Math.ceil(retryAfterMs / 1000)} s of rest` : "";
      return `the server answered ${status}${pace}`;
    }
    case "broken":
      return outcome.message;
    case "no-address":
      return `the host has no address (${outcome.error})`;
    case "forbidden-address":
      return outcome.reason;
    case "too-large":
      return `it has more than ${outcome.bytes} bytes`;
    case "wrong-type":
      return `it is ${outcome.contentType}, which is not read`;
  }
}

/** Every name is looked up once, so that what is shown is what the connector is given. */
function rememberAddresses(resolve: ResolveHost): ResolveHost {
  const known = new Map<string, Promise<string[]>>();
  return (hostname) => {
    const addresses = known.get(hostname) ?? resolve(hostname);
    known.set(hostname, addresses);
    return addresses;
  };
}

/** What the HTTP client tells of its steps on Node's own channels; they are for whoever listens. */
const channels = {
  connecting: "undici:client:beforeConnect",
  connected: "undici:client:connected",
  asked: "undici:client:sendHeaders",
  answered: "undici:request:headers",
  ended: "undici:request:trailers",
};
type Moment = keyof typeof channels;

/** Runs the work and tells where its time went. Listens to the whole process: nothing else may fetch meanwhile. */
async function timed<T>(work: () => Promise<T>): Promise<{ value: T; times: DryTimes }> {
  const at: { [moment in Moment]?: number } = {};
  const listeners = Object.entries(channels).map(([moment, channel]) => {
    const listener = (): void => {
      at[moment as Moment] = performance.now();
    };
    subscribe(channel, listener);
    return { channel, listener };
  });
  const began = performance.now();
  const between = (from: Moment, to: Moment): number | undefined =>
    at[from] === undefined || at[to] === undefined
      ? undefined
      : Math.round((at[to] - at[from]) * 10) / 10;
  try {
    const value = await work();
    const times = {
      wholeMs: Math.round((performance.now() - began) * 10) / 10,
      connectMs: between("connecting", "connected"),
      answerMs: between("asked", "answered"),
      bodyMs: between("answered", "ended"),
    };
    return { value, times };
  } finally {
    for (const { channel, listener } of listeners) unsubscribe(channel, listener);
  }
}
