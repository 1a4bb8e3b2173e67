import type { TypedDate } from "@waymark/domain";
import type { Block, Page } from "../page/page.ts";
import type { Place } from "../page/place.ts";
import type { StructuredThing } from "../readers/structured.ts";
import { mainPart } from "./main-part.ts";
import { proseOf } from "./text-measure.ts";

/**
 * When the page itself was published, of all dates of publication it bears: the date that stands by its
 * title and is followed by text, else what its head or structured data say of it as a piece of writing, else
 * the only such date it shows. The dates of entries that a page lists are not its own, nor is the day on
 * which a shop or a service set up a page.
 */
export function ownPublication(
  page: Page,
  things: readonly StructuredThing[],
  dates: readonly TypedDate[],
  titleBlock: Block | undefined,
): TypedDate | undefined {
  const published = dates.filter(({ kind, date }) => kind === "published" && date.length === 10);
  if (published.length === 0 || isForSale(page, things)) return undefined;
  const shown = shownDates(page, published);
  return (
    besideTitle(page, shown, titleBlock) ??
    saidOfWriting(page, things, published) ??
    onlyOne(page, shown)
  );
}

/** The page of a thing for sale is dated by what is written of the thing. */
const isForSale = ({ head }: Page, things: readonly StructuredThing[]): boolean =>
  /^(?:og:)?product/.test(head.meta.get("og:type")?.value ?? "") ||
  things.some(({ type }) => type === "Product" || type === "ProductGroup");

/** A date that a reader sees, with the line it stands in. */
type Shown = { date: TypedDate; block: Block };

function shownDates({ blocks }: Page, published: readonly TypedDate[]): Shown[] {
  const shown: Shown[] = [];
  let at = 0;
  for (const date of [...published].sort((a, b) => a.start - b.start)) {
    while (at < blocks.length && endOf(blocks[at]!) < date.end) at++;
    const block = blocks[at];
    if (block && (block.segments[0]?.source ?? 0) <= date.start) shown.push({ date, block });
  }
  return shown;
}

function endOf({ segments }: Block): number {
  const last = segments.at(-1);
  return last ? last.source + last.sourceLength : 0;
}

function besideTitle(
  { blocks }: Page,
  shown: readonly Shown[],
  titleBlock: Block | undefined,
): TypedDate | undefined {
  const title = titleBlock?.index ?? 0;
  // Where many dates stand, the first is its page's own only when a whole text follows.
  const toldMin = shown.length > 3 ? 2500 : 200;
  for (const [index, { date, block }] of shown.entries()) {
    if (block.index < title - 6 || block.index >= title + 14) continue;
    const next = shown.slice(index + 1).find((other) => other.block !== block)?.block.index;
    const told = blocks.slice(block.index + 1, next).filter(({ place }) => place === "main");
    if (proseOf(told) >= toldMin) return date;
  }
  return undefined;
}

function saidOfWriting(
  { head }: Page,
  things: readonly StructuredThing[],
  published: readonly TypedDate[],
): TypedDate | undefined {
  const metas = [...head.meta.values()];
  const inMeta = published.find((date) =>
    metas.some(({ start, end }) => start <= date.start && date.end <= end),
  );
  if (inMeta) return inMeta;
  const thing = things.find((one) => one.published && writing.test(one.type));
  return thing && published.find(({ start }) => start === thing.published?.start);
}

const writing =
  /^(?:\w*Article|BlogPosting|PressRelease|Report|DiscussionForumPosting|SocialMediaPosting|Question)$/;

/** A day that stands once, or always the same, on a page that is text. */
function onlyOne(page: Page, shown: readonly Shown[]): TypedDate | undefined {
  const own = shown.filter(({ block }) => ownPlaces.has(block.place)).map(({ date }) => date);
  const isOne = new Set(own.map(({ date }) => date)).size === 1;
  return isOne && proseOf(mainPart(page)) >= 4000 ? own[0] : undefined;
}

const ownPlaces: ReadonlySet<Place> = new Set<Place>(["main", "aside", "header"]);
