import { isIP } from "node:net";
import {
  checkUrl,
  createFetcher,
  createResolver,
  type Fetcher,
  isPublicAddress,
  isTrap,
  type ResolveHost,
  userAgentOf,
  worthVisiting,
} from "@waymark/crawl";
import type { VisitOutcome } from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";
import type { DryFetch, DryStop } from "./fetch-dry-steps.ts";
import { crawlOf, settleDry } from "./look-dry.ts";
import { askRobots, keepPace, type RobotsAsked } from "./robots-dry.ts";
import type { BrowserPlaces } from "./show-dry.ts";
import { timed } from "./time-fetch.ts";

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
  /** Where to look for a browser that shows the page; undefined where none is asked for. */
  browser?: BrowserPlaces | undefined;
  signal?: AbortSignal | undefined;
};

/**
 * Makes one visit under the guards of a crawl and tells of every step. Writes nothing and needs no database,
 * so it knows of no source. Throws only when the signal is raised.
 */
export async function fetchDry(url: string, options: DryFetchOptions): Promise<DryFetch> {
  const resolve = rememberAddresses(createResolver());
  const { connectTo } = options;
  const fetcher = createFetcher({ userAgent: userAgentOf(options), connectTo, resolve });
  const robots: RobotsAsked = new Map();
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

/** What the steps of a dry fetch share. */
export type DryContext = DryFetchOptions & {
  fetcher: Fetcher;
  resolve: ResolveHost;
  robots: RobotsAsked;
};

/** Goes from address to address until one answers with something else than a redirect. */
async function walk(ctx: DryContext, dry: DryFetch): Promise<void> {
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

    if (dry.stops.at(-2)?.host === stop.host) await keepPace(ctx, stop.robots, 0);
    const { etag, lastModified, signal } = ctx;
    const asked = { url: stop.url, etag, lastModified, signal, beforeHop: () => false };
    const { value: fetched, times } = await timed(() => ctx.fetcher.fetchPage(asked));
    if (fetched.kind !== "moved") return settleDry(ctx, dry, stop, { fetched, times });

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

const redirectsMax = 5;

/** Looks an address up. Whether it is gone to is for the connector alone to decide, which gets the same answer. */
async function arrive(ctx: DryContext, url: string): Promise<DryStop> {
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

/** Every name is looked up once, so that what is shown is what the connector is given. */
function rememberAddresses(resolve: ResolveHost): ResolveHost {
  const known = new Map<string, Promise<string[]>>();
  return (hostname) => {
    const addresses = known.get(hostname) ?? resolve(hostname);
    known.set(hostname, addresses);
    return addresses;
  };
}
