import type { Issue } from "@waymark/domain";
import { dateOf } from "./listed-date.ts";
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

/** What has been found so far, each address once. */
export class SitemapList {
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

/** Reads a sitemap of one kind into a list. */
export type SitemapReader = {
  /** Takes the next piece; false when no more is wanted. */
  write(text: string): boolean;
  end(): void;
};
