import { SaxesParser } from "saxes";
import type { SitemapLimits, SitemapList, SitemapReader } from "./sitemap-list.ts";

/** Streams XML through saxes, which resolves no entity but the five and the numeric ones. */
export class SitemapXmlReader implements SitemapReader {
  private readonly list: SitemapList;
  private readonly limits: SitemapLimits;
  private readonly parser = new SaxesParser({ position: true });
  private readonly path: string[] = [];
  private entry: Entry | undefined;
  private text = "";
  private isBegun = false;
  private held = "";
  private isDone = false;
  private faults = 0;
  private attributes = 0;

  constructor(list: SitemapList, limits: SitemapLimits) {
    this.list = list;
    this.limits = limits;
    // With a handler that does not throw, the parser goes on after an error.
    this.parser.on("error", (error) => this.fault(error.message));
    this.parser.on("attribute", () => this.countAttribute());
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

  private fault(message: string): void {
    if (this.isDone) return;
    this.faults += 1;
    this.list.issue("sitemap-broken-xml", message);
    if (this.faults > faultsMax)
      this.stop("sitemap-unknown", `more than ${faultsMax} faults: this is hardly XML`);
  }

  private countAttribute(): void {
    this.attributes += 1;
    if (this.attributes > attributesMax && !this.isDone)
      this.stop("sitemap-unknown", `an element with more than ${attributesMax} attributes`);
  }

  private open(name: string, attributes: Record<string, unknown>): void {
    this.attributes = 0;
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
    if (!this.entry && entries.has(name)) {
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
      const { kind } = entries.get(entry.name)!;
      this.list.add(kind, entry.address, entry.dates);
      this.entry = undefined;
    } else if (entry && this.path.length === entry.depth + 1) {
      // Only direct children: an image's or a video's address is not the page's.
      const { address, dates } = entries.get(entry.name)!;
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

/** A careless feed may have a fault in every entry, and more than one. */
const faultsMax = 10_000;
const attributesMax = 500;

/** A bare `&`, as addresses with parameters hold, would swallow the document up to the next semicolon. */
const escapeBare = (text: string): string =>
  text.replace(/&(?!(#\d+|#x[\da-f]+|\w{1,10});)/gi, "&amp;");

const localName = (name: string): string => name.slice(name.indexOf(":") + 1).toLowerCase();

/** What an entry's element is called, and where its address and its dates stand in it. */
const entries = new Map<string, { kind: "page" | "sitemap"; address: string; dates: string[] }>([
  ["url", { kind: "page", address: "loc", dates: ["lastmod"] }],
  ["sitemap", { kind: "sitemap", address: "loc", dates: ["lastmod"] }],
  ["item", { kind: "page", address: "link", dates: ["pubdate", "date", "updated", "modified"] }],
  [
    "entry",
    { kind: "page", address: "link", dates: ["updated", "published", "modified", "issued"] },
  ],
]);
const roots = new Set(["urlset", "sitemapindex", "rss", "feed", "rdf"]);

type Entry = { name: string; depth: number; address: string; dates: string[] };
