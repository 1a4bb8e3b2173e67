import type { TypedDate } from "@waymark/domain";
import { findDates } from "@waymark/normalize";
import { isHeadline } from "../names/effort-name.ts";
import { rangeOfValue } from "../page/head.ts";
import type { Block, Page } from "../page/page.ts";
import { sourceRange } from "../page/quote.ts";
import type { StructuredThing } from "../readers/structured.ts";
import { type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { meaningOf } from "../values/label-meaning.ts";

type DateKind = TypedDate["kind"];

/**
 * The dates a page bears, each with what it is the date of: from meta and structured data, time elements,
 * date lines, "last updated", dated entries of news and event lists, and the copyright line. A date that
 * nothing types is left out, so none is invented.
 */
export function pageDates(page: Page, things: readonly StructuredThing[]): TypedDate[] {
  const dates: TypedDate[] = [];
  for (const [name, kind] of metaKinds) {
    const placed = page.head.meta.get(name);
    const range = placed && rangeOfValue(page.source, placed);
    if (placed && range) add(dates, kind, placed.value, range, placed.value);
  }
  for (const thing of things) {
    const isEvent = /Event$/.test(thing.type);
    for (const [placed, kind] of [
      [thing.published, "published"],
      [thing.modified, "modified"],
      [isEvent ? thing.starts : undefined, "event"],
    ] as const) {
      if (placed) add(dates, kind, placed.value, placed, placed.value);
    }
  }
  const timed = timeBlocks(page);
  for (const block of page.blocks) addBlockDates(dates, page, block, timed);
  return dates
    .sort((a, b) => a.start - b.start || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0))
    .filter(
      (one, index, all) =>
        index === 0 || one.start !== all[index - 1]!.start || one.kind !== all[index - 1]!.kind,
    )
    .slice(0, 200);
}

const metaKinds: readonly [string, DateKind][] = [
  ["article:published_time", "published"],
  ["og:published_time", "published"],
  ["datepublished", "published"],
  ["date", "published"],
  ["dc.date", "published"],
  ["dcterms.created", "published"],
  ["dc.date.issued", "published"],
  ["dcterms.issued", "published"],
  ["pubdate", "published"],
  ["publish-date", "published"],
  ["parsely-pub-date", "published"],
  ["publish_date", "published"],
  ["publication_date", "published"],
  ["article.published", "published"],
  ["og:article:published_time", "published"],
  ["citation_publication_date", "published"],
  ["citation_online_date", "published"],
  ["sailthru.date", "published"],
  ["article:modified_time", "modified"],
  ["og:updated_time", "modified"],
  ["datemodified", "modified"],
  ["last-modified", "modified"],
  ["dcterms.modified", "modified"],
  ["dc.date.modified", "modified"],
];

function add(
  dates: TypedDate[],
  kind: DateKind,
  text: string,
  range: { start: number; end: number },
  quote: string,
): void {
  const date = findDates(text)[0];
  if (date) dates.push({ kind, date: date.date, quote, start: range.start, end: range.end });
}

const updatedCue =
  /\b(?:last\s+)?(?:updated|modified|reviewed|revised|edited|changed)(?:\s+on)?\s*:?\s*$/i;
const publishedCue =
  /\b(?:posted|published|released?|issued|date|created|added|press release|for immediate release)(?:\s+(?:on|date))?\s*:?\s*$/i;
const eventCue =
  /\b(?:event|webinar|conference|meeting|when|date (?:and|&) time|register by|deadline|due|takes place|held|join us)\b[^.]{0,30}$/i;

const mayHoldDate = /\d{4}|\d{1,2}\/\d{1,2}/;

function addBlockDates(
  dates: TypedDate[],
  page: Page,
  block: Block,
  timed: ReadonlySet<Block>,
): void {
  const { text } = block;
  if (!mayHoldDate.test(text)) return;
  const mark = copyrightOf(block);
  if (mark) {
    push(dates, "copyright", mark.date, mark.stretch);
    return;
  }
  if (block.place === "navigation" || block.place === "cookie" || isLabelValue(page, block)) return;
  for (const date of findDates(text)) {
    const before = text.slice(0, date.start);
    const stretch = within(whole(block), date.start, date.end);
    // The day that something begins on is no day of the page.
    const isDay = date.date.length === 10 && date.kind !== "start";
    const posted = () => (isEventPlace(page, block) ? "event" : "published");
    if (updatedCue.test(before)) push(dates, "modified", date.date, stretch);
    else if (
      (publishedCue.test(before) || isUnderLabel(page, block, before)) &&
      date.date.length >= 7
    )
      push(dates, "published", date.date, stretch);
    else if (isDay && isDateLine(block, date.quote)) push(dates, posted(), date.date, stretch);
    else if (isDay && isByline(page, block)) push(dates, "published", date.date, stretch);
    else if (isDay && isDateline(block, date.end)) push(dates, "published", date.date, stretch);
    else if (isDay && timed.has(block)) push(dates, posted(), date.date, stretch);
    else if (isDay && isListed(block, date.start, date.end))
      push(dates, posted(), date.date, stretch);
    else if (date.date.length >= 7 && eventCue.test(before))
      push(dates, "event", date.date, stretch);
  }
}

/** "By Ann Lee, March 3, 2026", right under the heading of the page. */
const isByline = (page: Page, { index, text, place }: Block): boolean =>
  place === "main" &&
  text.length < 90 &&
  /(?:^|\s)by:?\s/i.test(text) &&
  page.blocks.slice(Math.max(0, index - 3), index).some(({ level }) => level === 1);

/** "Published" stands on the line before, and the date begins this one. */
const isUnderLabel = (page: Page, block: Block, before: string): boolean =>
  /^\W*$/.test(before) &&
  /^(?:date )?(?:published|posted|publish(?:ed)? date|publication date|release date|date of publication)(?: on)?\s*:?$/i.test(
    page.blocks[block.index - 1]?.text ?? "",
  );

/** A date behind "Funded through" or "Started" is the effort's, not the page's. */
function isLabelValue(page: Page, block: Block): boolean {
  const own = ownLabel.exec(block.text)?.[1];
  const meaning = (own && meaningOf(own)) ?? meaningOf(page.blocks[block.index - 1]?.text ?? "");
  return meaning !== undefined && ofEffort.has(meaning);
}

const ownLabel = /^([^:]{2,40})(?::|\.{3,})\s*\S/;

const ofEffort: ReadonlySet<string> = new Set([
  "start",
  "end",
  "period",
  "awarded",
  "duration",
  "amount",
]);

function push(dates: TypedDate[], kind: DateKind, date: string, stretch: Stretch): void {
  dates.push({
    kind,
    date,
    quote: wordsOf(stretch),
    ...sourceRange(stretch.of, stretch.from, stretch.to),
  });
}

/** The last year of a copyright line: never a sign of life, and typed so that nobody takes it for one. */
function copyrightOf(block: Block): { date: string; stretch: Stretch } | undefined {
  const match = block.text.length > 400 ? null : copyright.exec(block.text);
  if (!match) return undefined;
  const year = match[2] ?? match[1]!;
  const from = match.index + match[0].lastIndexOf(year);
  return { date: year, stretch: within(whole(block), from, from + year.length) };
}

const copyright =
  /(?:\u00a9|\(c\)|\bcopyright\b)[^\d]{0,60}((?:19|20)\d{2})(?:\s*[-\u2013]\s*((?:19|20)\d{2}))?/i;

/** A line that is a date and hardly more. */
const isDateLine = ({ text, tag }: Block, quote: string): boolean =>
  tag !== "td" &&
  text.length - quote.length <= 28 &&
  !/\b(?:since|until|through|by|deadline|due|from|ends?|starts?|begins?|launched|established|founded|expires?|closes?)\b/i.test(
    text,
  );

/** "COLUMBUS, Ohio, March 3, 2026 – The …": the place and day a release begins with. */
const isDateline = ({ text, place }: Block, end: number): boolean =>
  place === "main" &&
  end < 80 &&
  /^\s*(?:\([^)]*\))?\s*(?:[-\u2013\u2014]{1,2}|\/PRNewswire|\|)/.test(text.slice(end)) &&
  /^[\p{Lu}][\p{L}.,\s()]*$/u.test(text.slice(0, Math.max(0, end - 18)).replace(/[\d,]/g, ""));

/** An entry of a news or event list: a title that is a link, with a date beside it. */
function isListed({ text, spans, place }: Block, start: number, end: number): boolean {
  const link = spans.find((span) => span.kind === "link");
  if (!link || place === "navigation" || text.length > 300) return false;
  const outside = start >= link.to || end <= link.from;
  return outside && Math.abs(start - link.to) + Math.abs(end - link.from) < text.length + 60;
}

function isEventPlace(page: Page, block: Block): boolean {
  const path = URL.canParse(page.url) ? new URL(page.url).pathname : "";
  if (/\/(?:events?|calendar|webinars?|meetings?)(?:[/.]|$)/i.test(path)) return true;
  for (let at = block.index; at >= 0 && at > block.index - 40; at--) {
    const heading = page.blocks[at]!;
    if (heading.level > 0 && heading.level < 7) {
      if (/\b(?:events?|calendar|webinars?|meetings?|conferences?)\b/i.test(heading.text))
        return true;
      if (!isHeadline(heading.text)) return false;
    }
  }
  return false;
}

/** Lines that hold a `time` element: their date is meant as one. */
function timeBlocks(page: Page): Set<Block> {
  const { blocks } = page;
  const found = new Set<Block>();
  const endsBehind = ({ segments }: Block, start: number) => {
    const last = segments.at(-1);
    return last !== undefined && last.source + last.sourceLength > start;
  };
  let at = 0;
  // The elements stand in the order of the source, so that each search goes on where the last one ended.
  for (const { startIndex: start } of page.elements.named("time")) {
    if (start === null) continue;
    while (at < blocks.length && !endsBehind(blocks[at]!, start)) at++;
    if (at < blocks.length) found.add(blocks[at]!);
  }
  return found;
}
