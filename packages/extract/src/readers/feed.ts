import type { TypedDate } from "@waymark/domain";
import { findDates } from "@waymark/normalize";
import { parseFeed } from "feedsmith";
import { quoteOf } from "../quote.ts";

/** An entry of a feed: what it links to and when it was published. */
export type FeedEntry = { title: string; link: string | undefined; date: string | undefined };

/** What a feed says: its title, its entries, and their dates as dates of the page. */
export type FeedReading = {
  title: string | undefined;
  entries: FeedEntry[];
  dates: TypedDate[];
  text: string;
};

/** Reads RSS, Atom, RDF or JSON feeds; undefined when it is none that can be read. */
export function readFeed(source: string): FeedReading | undefined {
  let parsed: ReturnType<typeof parseFeed>;
  try {
    parsed = parseFeed(source);
  } catch {
    return undefined;
  }
  const feed = parsed.feed as { title?: unknown; items?: unknown[]; entries?: unknown[] };
  const raw = (feed.items ?? feed.entries ?? []) as Record<string, unknown>[];
  const entries = raw.slice(0, 500).map((entry) => ({
    title: textValue(entry.title),
    link: linkValue(entry),
    date: [
      entry.pubDate,
      entry.published,
      entry.updated,
      entry.date_published,
      (entry.dc as Record<string, unknown> | undefined)?.date,
    ].find((one) => typeof one === "string") as string | undefined,
  }));
  const title = textValue(feed.title) || undefined;
  return {
    title,
    entries,
    dates: datesOf(source, entries),
    text: entries.map((entry) => entry.title).join("\n"),
  };
}

/** Each entry's date where the feed writes it, in order. */
function datesOf(source: string, entries: readonly FeedEntry[]): TypedDate[] {
  let from = 0;
  return entries.flatMap(({ date }) => {
    const written = date?.trim();
    const at = written ? source.indexOf(written, from) : -1;
    const found = written ? findDates(written)[0] : undefined;
    if (!written || at < 0 || !found) return [];
    from = at + written.length;
    return [
      {
        kind: "published" as const,
        date: found.date,
        quote: quoteOf(written),
        start: at,
        end: from,
      },
    ];
  });
}

function textValue(value: unknown): string {
  const text =
    typeof value === "string"
      ? value
      : value !== null && typeof value === "object" && "value" in value
        ? String(value.value)
        : "";
  return quoteOf(text);
}

function linkValue(entry: Record<string, unknown>): string | undefined {
  const link = entry.link ?? entry.url;
  if (typeof link === "string") return link;
  const links = entry.links as { href?: string; rel?: string }[] | undefined;
  return (
    links?.find(({ rel }) => rel === undefined || rel === "alternate")?.href ?? links?.[0]?.href
  );
}
