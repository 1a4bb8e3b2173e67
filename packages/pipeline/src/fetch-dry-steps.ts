import type { Skim, VisitOutcome } from "@waymark/domain";
import type { FetchTimes } from "./time-fetch.ts";

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
export type DryStop = {
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
export type DryRobots = {
  url: string;
  outcome: VisitOutcome;
  status: number | undefined;
  bytes: number | undefined;
  times: FetchTimes;
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

/** What the last address on the way answered. */
export type DryAnswer = {
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
  times: FetchTimes;
};

/** Whether validators are honoured: `ignored` came back with the same bytes, `changed` with others. */
export type DryRepeat =
  | { kind: "honoured" | "ignored" | "changed"; status: number; times: FetchTimes }
  | { kind: "failed"; status: number | undefined; message: string }
  | { kind: "no-validators" };

/** The first look at the page, by the same reader as a crawl's. */
export type DryLook = {
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
export type DryRender = {
  needed: "yes" | "perhaps" | "no";
  reason: string;
  /** What a browser made of it; undefined where none was asked for. */
  shown: DryShown | undefined;
};

/** What a browser brought; `failed` where there is none, or it came to nothing. */
export type DryShown =
  | {
      kind: "shown";
      /** Characters of main text; `look` has those without a browser. */
      textLength: number;
      /** What went out for the page, and what was stopped on its way. */
      requests: number;
      denied: number;
      tookMs: number;
      /** Whether a crawl would read what the browser shows instead of the plain page. */
      used: boolean;
    }
  | { kind: "failed"; message: string };

/** What the visit's row would say. */
export type DryCrawl = {
  outcome: VisitOutcome;
  /** Why it is no page that can be kept, as a sentence. */
  because: string | undefined;
  /** Where the page itself says its real address is; that one is visited in its place. */
  movedTo: string | undefined;
  /** How many links it would follow in a source whose scope is the host. */
  links: number;
  againAt: string;
};
