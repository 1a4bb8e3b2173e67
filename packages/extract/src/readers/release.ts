import type { Copy, TypedDate } from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { sourceRange } from "../page/quote.ts";
import { type Context, copiedFrom } from "../page/site.ts";

/**
 * The day of a release: that of its dateline, which copies repeat wherever they appear, else the day the page
 * was published.
 */
export function dayOfRelease(
  blocks: readonly Block[],
  dates: readonly TypedDate[],
): TypedDate | undefined {
  const published = dates.filter(({ kind }) => kind === "published");
  return published.find((date) => isDateline(blocks, date)) ?? published[0];
}

/** Only datelines are dates that open a paragraph. */
const isDateline = (blocks: readonly Block[], { start, end }: TypedDate): boolean =>
  blocks.some((block) => {
    if (block.text.length < 100) return false;
    const range = sourceRange(block, 0, block.text.length);
    return start >= range.start && end <= range.end;
  });

const wires =
  /(?:\/|\()\s*(PR ?Newswire|Business Wire|Globe ?Newswire|EIN Presswire|PRWeb|Newsfile|Accesswire)\b|\b(?:distributed|provided)\s+by\s+(PR ?Newswire|Business Wire|Globe ?Newswire|EIN Presswire|PRWeb)\b/i;
const sourceLine = /^SOURCE:?\s+(\p{Lu}[^.]{2,120}?)\s*\.?$/u;
const originally =
  /^(?:this\s+(?:release|article|story|post|announcement)\s+)?(?:was\s+)?(?:originally|first)\s+(?:published|posted|appeared|released)\b/i;

/** What shows that a page repeats a release: its canonical address, wire and "SOURCE" lines, a link to the original. */
export function copyOf(ctx: Context, blocks: readonly Block[]): Copy | undefined {
  const source = blocks
    .slice(-12)
    .map(({ text }) => sourceLine.exec(text)?.[1])
    .find((found) => found !== undefined);
  const wire = blocks
    .map(({ text }) => wires.exec(text))
    .map((found) => found?.[1] ?? found?.[2])
    .find((found) => found !== undefined);
  const link = blocks.find(({ text }) => originally.test(text))?.spans.find(({ href }) => href);
  const of = copiedFrom(ctx) ?? (link?.href && canonicalAddress(link.href, ctx.page.url));
  if (!of && !source && !wire) return undefined;
  return { ...(of && { of }), ...(source && { source }), ...(wire && { wire }) };
}
