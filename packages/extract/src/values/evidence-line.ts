import type { Evidence } from "@waymark/domain";
import type { Block, Page } from "../page/page.ts";
import { mapSource, quoteOf, sourceRange } from "../page/quote.ts";
import { type Stretch, whole, within } from "./finding.ts";
import { meaningOf } from "./label-meaning.ts";
import { sentencesOf } from "./sentence.ts";

/** What a curator can take in at a glance. */
const quoteMax = 240;

/**
 * A proof as a curator wants to read it: the whole line, list entry or sentence that the value stands in,
 * with its label in front of it where that is a line of its own. Names and descriptions are their own proof.
 */
export function widenEvidence(page: Page, evidence: Evidence): Evidence {
  if (ownProof.has(evidence.field) || !widened.has(evidence.method)) return evidence;
  const block = blockAt(page, evidence.start);
  if (!block) return evidence;
  const wide = withLabel(page, block, evidence) ?? withinLine(block, evidence);
  return wide && quoteOf(page.source.slice(wide.start, wide.end)) === wide.quote ? wide : evidence;
}

const ownProof: ReadonlySet<string> = new Set([
  "name",
  "description",
  "topics",
  "sign",
  "relation",
]);
const widened: ReadonlySet<string> = new Set(["label", "heading", "sentence", "link"]);

/** The text that an evidence covers, block by block; what stands in the head or in data is read as it is written. */
export function stretchesOf(
  page: Page,
  { start, end }: Pick<Evidence, "start" | "end">,
): Stretch[] {
  const stretches: Stretch[] = [];
  const first = blockAt(page, start)?.index ?? page.blocks.length;
  for (let at = first; at < page.blocks.length; at++) {
    const block = page.blocks[at]!;
    const { start: from, end: to } = sourceRange(block, 0, block.text.length);
    if (from >= end) break;
    const cut = to <= end ? block.text.length : textBefore(block, end);
    stretches.push(within(whole(block), from >= start ? 0 : textBefore(block, start), cut));
  }
  return stretches.length > 0 ? stretches : [whole(mapSource(page.source, start, end))];
}

/** How much of a block's text stands before a place of the source. */
function textBefore({ text, segments }: Block, place: number): number {
  const next = segments.find(({ source, sourceLength }) => source + sourceLength > place);
  if (!next) return text.length;
  const into = next.length === next.sourceLength ? Math.max(0, place - next.source) : 0;
  return next.at + into;
}

/** The block that holds a place of the source: blocks stand in its order. */
function blockAt({ blocks }: Page, at: number): Block | undefined {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle]!.segments[0]?.source ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  const block = blocks[low];
  const last = block?.segments.at(-1);
  return last && at < last.source + last.sourceLength ? block : undefined;
}

/** "Lead organization" in the line before and its value: both are the quote, if nothing else stands between. */
function withLabel(page: Page, block: Block, evidence: Evidence): Evidence | undefined {
  const label = page.blocks[block.index - 1];
  if (!label || label.place !== block.place || !meaningOf(label.text)) return undefined;
  // An entry of a list stands for itself, like those after it.
  if (block.tag === "li") return undefined;
  const { start } = sourceRange(label, 0, label.text.length);
  const end = Math.max(evidence.end, sourceRange(block, 0, block.text.length).end);
  if (end - start > 2000) return undefined;
  const quote = quoteOf(page.source.slice(start, end));
  // Where the source has no blank between the two, they would run together.
  return quote.length <= quoteMax && quote === `${label.text} ${block.text}`
    ? { ...evidence, quote, start, end }
    : undefined;
}

/** The line when it is short, else the sentences that the value stands in. */
function withinLine(block: Block, evidence: Evidence): Evidence | undefined {
  const line = { from: 0, to: block.text.length };
  // What running text says is proved by its sentence; a line that opens with a label is taken whole.
  const label = /^([^:.]{2,48}?)\s*:/.exec(block.text)?.[1];
  const isLabelled = label !== undefined && meaningOf(label) !== undefined;
  const stretches = isLabelled ? [line, ...sentencesOf(block)] : [...sentencesOf(block), line];
  for (const { from, to } of stretches) {
    if (to - from > quoteMax || to <= from) continue;
    const { start, end } = sourceRange(block, from, to);
    if (start > evidence.start || end < evidence.end) continue;
    return { ...evidence, quote: block.text.slice(from, to), start, end };
  }
  return undefined;
}
