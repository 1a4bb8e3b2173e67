import { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import zlib from "node:zlib";
import type { Issue } from "@waymark/domain";
import { SaxesParser } from "saxes";
import { z } from "zod";
import { checkUrl } from "./url-policy.ts";

/** What a sitemap lists: pages with the day they last changed, and further sitemaps. */
export type SitemapReading = {
  pages: { url: string; lastModified?: Date }[];
  sitemaps: string[];
  /** Whether the days tell the pages apart, are one day for all of them, or are missing. */
  listsDates: "told" | "uniform" | "none";
  issues: Issue[];
};

/** How much of a sitemap is read at most. */
export type SitemapLimits = { urlsMax: number; bytesMax: number; depthMax: number };

/** The first two are the sitemap protocol's own; honest sitemaps are four elements deep. */
export const sitemapLimits: SitemapLimits = { urlsMax: 50_000, bytesMax: 50_000_000, depthMax: 32 };

/**
 * Reads a sitemap, a sitemap index, a list in plain text, or a feed (RSS, Atom, JSON) that was given as a
 * sitemap, compressed or not. What is broken is passed over with an issue; what could be read before and after
 * counts. With `now`, days that lie ahead are no days.
 */
export async function readSitemap(
  bytes: Uint8Array,
  { base, limits = sitemapLimits, now }: { base: string; limits?: SitemapLimits; now?: Date },
): Promise<SitemapReading> {
  const list = new List(base, limits, now);
  let reader: Reader | undefined;
  let seen = 0;
  try {
    for await (const text of textOf(bytes)) {
      seen += text.length;
      if (seen > limits.bytesMax) {
        list.issue("sitemap-too-large", `stopped after ${limits.bytesMax} characters`);
        break;
      }
      if (!reader && /^\s*<(!doctype html|html)\b/i.test(text)) {
        list.issue("sitemap-unknown", "the document is a page of HTML, neither sitemap nor feed");
        break;
      }
      reader ??= readerOf(text, list, limits);
      if (!reader.write(text)) break;
    }
  } catch (error) {
    list.issue("sitemap-cut", `the end could not be unpacked: ${(error as Error).message}`);
  }
  reader?.end();
  list.reading.listsDates = judgeDates(list.reading.pages);
  return list.reading;
}

function readerOf(text: string, list: List, limits: SitemapLimits): Reader {
  if (/^\s*</.test(text)) return new XmlReader(list, limits);
  return /^\s*[[{]/.test(text) ? new JsonReader(list) : new LineReader(list);
}

/** A system that stamps every page with the day it wrote the sitemap says nothing of any of them. */
function judgeDates(pages: SitemapReading["pages"]): SitemapReading["listsDates"] {
  const days = pages.flatMap(({ lastModified }) => lastModified?.toISOString().slice(0, 10) ?? []);
  if (days.length === 0) return "none";
  // One or two pages may well have been written on one day.
  return days.length >= 3 && new Set(days).size === 1 ? "uniform" : "told";
}

/** What has been found so far, each address once. */
class List {
  readonly reading: SitemapReading = { pages: [], sitemaps: [], listsDates: "none", issues: [] };
  private readonly seen = new Set<string>();
  private readonly base: string;
  private readonly limits: SitemapLimits;
  /** Clocks and zones differ: tomorrow is not yet ahead. */
  private readonly lastDay: number;
  constructor(base: string, limits: SitemapLimits, now: Date | undefined) {
    this.base = base;
    this.limits = limits;
    this.lastDay = now ? now.getTime() + 24 * 3_600_000 : Number.POSITIVE_INFINITY;
  }

  get isFull(): boolean {
    return this.seen.size >= this.limits.urlsMax;
  }

  add(kind: "page" | "sitemap", address: string, dates: string[] = []): void {
    const text = address.trim();
    if (!text || this.isFull) return;
    const url = URL.canParse(text, this.base) ? new URL(text, this.base).href : text;
    const problem = checkUrl(url);
    if (problem) {
      this.issue("sitemap-bad-address", problem);
      return;
    }
    if (this.seen.has(url)) return;
    this.seen.add(url);
    if (this.isFull)
      this.issue("sitemap-too-long", `only the first ${this.seen.size} addresses were taken`);
    const lastModified = this.latest(dates);
    if (kind === "sitemap") this.reading.sitemaps.push(url);
    else this.reading.pages.push(lastModified ? { url, lastModified } : { url });
  }

  /** An entry was published once and updated later: the later day is when it last changed. */
  private latest(written: string[]): Date | undefined {
    const times = written.flatMap((date) => dateOf(date)?.getTime() ?? []);
    if (times.length === 0) return undefined;
    const time = Math.max(...times);
    if (time <= this.lastDay) return new Date(time);
    this.issue(
      "sitemap-future-date",
      `a page is said to change on ${new Date(time).toISOString()}`,
    );
    return undefined;
  }

  /** A hostile file could hold a fault in every line: the first of a kind stand for all. */
  issue(code: string, message: string): void {
    const { issues } = this.reading;
    if (issues.filter((issue) => issue.code === code).length < 5) issues.push({ code, message });
  }
}

type Reader = {
  /** Takes the next piece; false when no more is wanted. */
  write(text: string): boolean;
  end(): void;
};

/** One address a line. */
class LineReader implements Reader {
  private rest = "";
  private readonly list: List;
  constructor(list: List) {
    this.list = list;
  }

  write(text: string): boolean {
    const lines = (this.rest + text).split(/\r\n|\r|\n/);
    // A line longer than any address is none, and must not be kept growing.
    this.rest = lines.pop()!.slice(0, 10_000);
    for (const line of lines) this.take(line);
    return !this.list.isFull;
  }

  end(): void {
    this.take(this.rest);
  }

  private take(line: string): void {
    if (/^\s*https?:\/\//i.test(line)) this.list.add("page", line);
    else if (line.trim())
      this.list.issue("sitemap-odd-line", `not an address: ${line.slice(0, 80)}`);
  }
}

/** A JSON Feed, of any version: it must be whole to be read. */
class JsonReader implements Reader {
  private text = "";
  private readonly list: List;
  constructor(list: List) {
    this.list = list;
  }

  write(text: string): boolean {
    this.text += text;
    if (this.text.length <= jsonLengthMax) return true;
    this.list.issue("sitemap-too-large", `a feed of more than ${jsonLengthMax} characters`);
    this.text = "";
    return false;
  }

  end(): void {
    if (this.text === "") return;
    const feed = JsonFeed.safeParse(parseJson(this.text));
    if (!feed.success) {
      this.list.issue("sitemap-unknown", "the document is JSON, but no JSON Feed");
      return;
    }
    for (const { url, external_url, id, date_published, date_modified } of feed.data.items) {
      // An id is often the address itself; a page elsewhere is what the entry is about.
      const address = url ?? (/^https?:/i.test(id ?? "") ? id : external_url);
      if (address === undefined) continue;
      this.list.add("page", address, [date_published ?? "", date_modified ?? ""]);
    }
    if (feed.data.next_url) this.list.add("sitemap", feed.data.next_url);
  }
}

const jsonLengthMax = 10_000_000;

const Text = z.string().optional().catch(undefined);
const FeedItem = z.object({
  url: Text,
  external_url: Text,
  id: Text,
  date_published: Text,
  date_modified: Text,
});
const JsonFeed = z.object({
  version: z.string().regex(/^https?:\/\/(www\.)?jsonfeed\.org\/version\//),
  items: z.array(FeedItem.catch({})),
  next_url: Text,
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What an entry's element is called, and where its address and its date stand in it. */
const entries: Record<string, { kind: "page" | "sitemap"; address: string; dates: string[] }> = {
  url: { kind: "page", address: "loc", dates: ["lastmod"] },
  sitemap: { kind: "sitemap", address: "loc", dates: ["lastmod"] },
  item: { kind: "page", address: "link", dates: ["pubdate", "date", "updated", "modified"] },
  entry: { kind: "page", address: "link", dates: ["updated", "published", "modified", "issued"] },
};
const roots = new Set(["urlset", "sitemapindex", "rss", "feed", "rdf"]);

type Entry = { name: string; depth: number; address: string; dates: string[] };

/** Streams XML through saxes, which resolves no entity but the five and the numeric ones. */
class XmlReader implements Reader {
  private readonly list: List;
  private readonly limits: SitemapLimits;
  private readonly parser = new SaxesParser({ position: true });
  private readonly path: string[] = [];
  private entry: Entry | undefined;
  private text = "";
  private isBegun = false;
  private held = "";
  private isDone = false;

  constructor(list: List, limits: SitemapLimits) {
    this.list = list;
    this.limits = limits;
    // With a handler that does not throw, the parser goes on after an error.
    this.parser.on("error", (error) => list.issue("sitemap-broken-xml", error.message));
    this.parser.on("opentag", ({ name, attributes }) => this.open(localName(name), attributes));
    this.parser.on("closetag", ({ name }) => this.close(localName(name)));
    this.parser.on("text", (text) => this.take(text));
    this.parser.on("cdata", (text) => this.take(text.replaceAll("&amp;", "&")));
  }

  write(text: string): boolean {
    // White space before the declaration is the commonest fault of all.
    const whole = this.held + (this.isBegun ? text : text.trimStart());
    this.isBegun = true;
    // An entity that the pieces cut in two is held back until the next piece.
    this.held = /&[#\w]{0,10}$/.exec(whole)?.[0] ?? "";
    if (!this.isDone)
      this.parser.write(escapeBare(whole.slice(0, whole.length - this.held.length)));
    return !this.isDone && !this.list.isFull;
  }

  end(): void {
    if (this.isDone || this.list.isFull) return;
    this.parser.write(escapeBare(this.held));
    this.parser.close();
  }

  private open(name: string, attributes: Record<string, unknown>): void {
    if (this.isDone) return;
    if (this.path.length === 0 && !roots.has(name)) {
      this.stop("sitemap-unknown", `the document is a <${name}>, neither sitemap nor feed`);
      return;
    }
    this.path.push(name);
    if (this.path.length > this.limits.depthMax) {
      this.stop("sitemap-too-deep", `elements nest deeper than ${this.limits.depthMax}`);
      return;
    }
    this.text = "";
    if (!this.entry && entries[name]) {
      this.entry = { name, depth: this.path.length, address: "", dates: [] };
    } else if (this.entry?.name === "entry" && name === "link" && !this.entry.address) {
      const { href, rel = "alternate" } = attributes;
      if (rel === "alternate" && typeof href === "string") this.entry.address = href;
    } else if (!this.entry && name === "link" && attributes.rel === "next") {
      // Feeds in pages (RFC 5005) say where the older entries are.
      this.list.add("sitemap", String(attributes.href ?? ""));
    }
  }

  private close(name: string): void {
    if (this.isDone) return;
    const { entry } = this;
    if (entry && this.path.length === entry.depth) {
      const { kind } = entries[entry.name]!;
      this.list.add(kind, entry.address, entry.dates);
      this.entry = undefined;
    } else if (entry && this.path.length === entry.depth + 1) {
      // Only direct children: an image's or a video's address is not the page's.
      const { address, dates } = entries[entry.name]!;
      if (name === address && !entry.address) entry.address = this.text;
      if (dates.includes(name) && entry.dates.length < 4) entry.dates.push(this.text);
      if (name === "guid" && !entry.address && /^\s*https?:/i.test(this.text))
        entry.address = this.text;
    } else if (
      entry?.name === "url" &&
      name === "publication_date" &&
      this.path.at(-2) === "news"
    ) {
      // A sitemap of news tells each story's day inside its news element.
      if (entry.dates.length < 4) entry.dates.push(this.text);
    }
    this.path.pop();
    this.text = "";
  }

  private take(text: string): void {
    if (this.entry && this.text.length < 5000) this.text += text;
  }

  private stop(code: string, message: string): void {
    this.isDone = true;
    this.list.issue(code, message);
  }
}

/** A bare `&`, as addresses with parameters hold, would swallow the document up to the next semicolon. */
const escapeBare = (text: string): string =>
  text.replace(/&(?!(#\d+|#x[\da-f]+|\w{1,10});)/gi, "&amp;");

const localName = (name: string): string => name.slice(name.indexOf(":") + 1).toLowerCase();

/** The text in pieces, unpacked where it is packed, so that no bomb stands in memory whole. */
async function* textOf(bytes: Uint8Array): AsyncGenerator<string> {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  let decoder: TextDecoder | undefined;
  for await (const chunk of isPacked ? unpack(bytes) : slices(bytes)) {
    decoder ??= decoderOf(chunk);
    yield decoder.decode(chunk, { stream: true });
  }
  if (decoder) yield decoder.decode();
}

function* slices(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

function unpack(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  return Readable.from([bytes]).pipe(zlib.createGunzip());
}

function decoderOf(head: Uint8Array): TextDecoder {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder("utf-16le");
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder("utf-16be");
  const declared = /^\s*<\?xml[^>]*encoding=["']([\w-]+)/i.exec(
    Buffer.from(head.subarray(0, 300)).toString("latin1"),
  )?.[1];
  try {
    return new TextDecoder(declared ?? "utf-8");
  } catch {
    // An encoding nobody knows: addresses are plain letters in nearly all of them.
    return new TextDecoder("utf-8");
  }
}

/** Dates as sitemaps (`2026-03-01`, with or without a time) and feeds (`Sun, 01 Mar 2026 …`) write them. */
export function dateOf(text: string | undefined): Date | undefined {
  const trimmed = text?.trim() ?? "";
  const iso =
    /^(\d{4}(?:-\d\d(?:-\d\d)?)?)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/i.exec(
      trimmed,
    );
  let time = Number.NaN;
  if (iso) {
    const [, day, clock, zone = "Z"] = iso;
    // Without a zone the machine's own would be taken, and every machine would read another day.
    time = Date.parse(
      clock ? `${day}T${clock}${zone.toUpperCase().replace(/(\d\d)(\d\d)$/, "$1:$2")}` : day!,
    );
  } else if (/^([a-z]{3},\s*)?\d{1,2} [a-z]{3} \d{4}/i.test(trimmed)) {
    time = Date.parse(/([A-Z]{2,4}|[+-]\d{4})$/.test(trimmed) ? trimmed : `${trimmed} GMT`);
  }
  return Number.isNaN(time) ? undefined : new Date(time);
}
