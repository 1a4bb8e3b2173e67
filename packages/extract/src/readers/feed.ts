import type { FeedEntry, FeedPiece, TypedDate } from "@waymark/domain";
import { findDates } from "@waymark/normalize";
import { PageRefused } from "../page/guarded-parse.ts";
import { parsePage } from "../page/page.ts";
import { quoteOf } from "../page/quote.ts";

/** What a feed says: its title, its entries, and their dates as dates of the page. */
export type FeedReading = {
  title: string | undefined;
  entries: FeedEntry[];
  dates: TypedDate[];
  text: string;
};

const entriesMax = 500;

/** Reads RSS, Atom or RDF feeds; undefined when it is none that can be read. */
export async function readFeed(source: string): Promise<FeedReading | undefined> {
  // Three hundred files that whoever reads pages needs none of.
  const { parseFeed } = await import("feedsmith");
  let parsed: ReturnType<typeof parseFeed>;
  try {
    parsed = parseFeed(source);
  } catch {
    return undefined;
  }
  const feed = parsed.feed as { title?: unknown; items?: unknown[]; entries?: unknown[] };
  const written = (feed.items ?? feed.entries ?? []) as Written[];
  const places = findEntries(source);
  // The library tells no offsets; where it counts entries otherwise than we do, none are told.
  const isPlaced = places.length === written.length;
  const entries = written
    .slice(0, entriesMax)
    .map((entry, index) => readEntry(entry, source, isPlaced ? places[index] : undefined));
  return {
    title: textValue(feed.title) || undefined,
    entries,
    dates: entries.flatMap(({ published, updated }) =>
      [published, updated].filter((date) => date !== undefined),
    ),
    text: entries
      .flatMap(({ title, text }) => [title?.value ?? "", text])
      .filter((line) => line !== "")
      .join("\n"),
  };
}

/** An entry as the library gives it, whatever the format. */
type Written = Record<string, unknown>;
type Place = { start: number; end: number };

function readEntry(entry: Written, source: string, place: Place | undefined): FeedEntry {
  const part = (name: string) => (entry[name] ?? {}) as Written;
  const piece = (elements: string[], value: string | undefined): FeedPiece | undefined =>
    value ? { value: quoteOf(value), ...findWithin(source, place, elements, value) } : undefined;
  const date = (kind: "published" | "modified", elements: string[], values: unknown[]) => {
    const value = values.flat().find((one) => typeof one === "string");
    return value === undefined ? undefined : dateOf(kind, piece(elements, value.trim()));
  };
  return present({
    guid: piece(["guid", "id"], textValue(entry.guid) || textValue(entry.id)),
    link: piece(["link"], linkValue(entry)),
    title: piece(["title"], writtenValue(entry.title)),
    published: date(
      "published",
      ["pubDate", "published", "date"],
      [entry.pubDate, entry.published, part("dc").dates],
    ),
    updated: date(
      "modified",
      ["updated", "modified"],
      [entry.updated, part("atom").updated, part("dcterms").modified],
    ),
    text: tellingText(
      writtenValue(entry.description) || writtenValue(entry.summary),
      writtenValue(part("content").encoded) || writtenValue(entry.content),
    ),
  });
}

/** What an entry tells: its whole text where the feed holds more of it than the lead. */
function tellingText(lead: string, whole: string): string {
  const [short, long] = [readableText(lead), readableText(whole)];
  return long.length > short.length ? long : short;
}

/** The words of a piece of HTML; what is no page we would read has none. */
function readableText(html: string): string {
  if (!html.includes("<")) return quoteOf(html);
  try {
    return parsePage("", `<div>${html}</div>`)
      .blocks.map(({ text }) => text)
      .join(" ");
  } catch (error) {
    if (error instanceof PageRefused) return "";
    throw error;
  }
}

/** A date, where it can be read and stands in the source. */
function dateOf(
  kind: "published" | "modified",
  written: FeedPiece | undefined,
): TypedDate | undefined {
  const { value: quote = "", start, end } = written ?? {};
  const found = findDates(quote)[0];
  if (!found || start === undefined || end === undefined) return undefined;
  return { kind, date: found.date, quote, start, end };
}

/** Where the entries of a feed stand, in order. */
function findEntries(source: string): Place[] {
  const opening = /<!\[CDATA\[|<!--|<(?:\w{1,20}:)?(?:item|entry)[\s>]/g;
  const starts: number[] = [];
  for (let match = opening.exec(source); match; match = opening.exec(source)) {
    const close = match[0] === "<!--" ? "-->" : match[0] === "<![CDATA[" ? "]]>" : undefined;
    if (!close) starts.push(match.index);
    else {
      const end = source.indexOf(close, opening.lastIndex);
      if (end < 0) break;
      opening.lastIndex = end;
    }
  }
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? source.length }));
}

/** An entry that has more elements of one name is not looked through. */
const elementsMax = 20;

/** Where a value stands in one of the elements that may hold it, as text or in an attribute. */
function findWithin(
  source: string,
  place: Place | undefined,
  elements: readonly string[],
  value: string,
): Place | undefined {
  if (!place) return undefined;
  const entry = source.slice(place.start, place.end);
  const opening = new RegExp(`<(?:\\w{1,20}:)?(?:${elements.join("|")})[\\s>]`, "g");
  const writings = [value, value.replaceAll("&", "&amp;")];
  for (const { 0: tag, index } of [...entry.matchAll(opening)].slice(0, elementsMax)) {
    const close = entry.indexOf(`</${tag.slice(1, -1)}`, index);
    const to = close < 0 ? entry.indexOf(">", index) : close;
    const element = entry.slice(index + tag.length, Math.max(index + tag.length, to));
    for (const writing of writings) {
      const at = element.indexOf(writing);
      if (at < 0 || quoteOf(writing) !== quoteOf(value)) continue;
      const start = place.start + index + tag.length + at;
      return { start, end: start + writing.length };
    }
  }
  return undefined;
}

/** A text as the feed writes it, with the markup it may hold. */
const writtenValue = (value: unknown): string =>
  typeof value === "string"
    ? value.trim()
    : value !== null && typeof value === "object" && "value" in value
      ? String(value.value).trim()
      : "";

const textValue = (value: unknown): string => quoteOf(writtenValue(value));

function linkValue(entry: Written): string | undefined {
  const link = entry.link ?? entry.url;
  if (typeof link === "string") return link;
  const links = entry.links as { href?: string; rel?: string }[] | undefined;
  return (
    links?.find(({ rel }) => rel === undefined || rel === "alternate")?.href ?? links?.[0]?.href
  );
}

/** An entry without the keys of what it does not tell. */
const present = (entry: { [Key in keyof FeedEntry]: FeedEntry[Key] | undefined }): FeedEntry =>
  Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== undefined)) as FeedEntry;
