import { type ChildNode, type Element, isTag } from "domhandler";
import type { Block, Page } from "../page/page.ts";
import { mapSource, quoteOf, type Segment } from "../page/quote.ts";
import { type Stretch, whole, within, wordsOf } from "../values/finding.ts";

/** The stretches of text that stand between the beginning of the first node and the end of the last, line by line. */
export function stretchesOf(page: Page, nodes: readonly ChildNode[]): Stretch[] {
  const start = nodes[0]?.startIndex ?? null;
  const end = nodes.at(-1)?.endIndex ?? null;
  if (start === null || end === null) return [];
  const found: Stretch[] = [];
  for (let at = firstBlockAfter(page.blocks, start); at < page.blocks.length; at++) {
    const block = page.blocks[at]!;
    if (block.segments[0]!.source > end) break;
    const stretch = cut(block, start, end + 1);
    if (stretch.to > stretch.from) found.push(stretch);
  }
  return found;
}

/** The blocks that stand, wholly or in part, in some nodes. */
export const blocksOf = (page: Page, nodes: readonly ChildNode[]): Block[] =>
  stretchesOf(page, nodes).map(({ of }) => of as Block);

/** Blocks stand in the order of the source: the first one that ends behind a place of it. */
function firstBlockAfter(blocks: readonly Block[], place: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const last = blocks[middle]!.segments.at(-1)!;
    if (last.source + last.sourceLength <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function cut(block: Block, start: number, end: number): Stretch {
  const isPlain = (one: Segment) => one.length === one.sourceLength;
  const first = block.segments.find((one) => one.source + one.sourceLength > start);
  const last = block.segments.findLast((one) => one.source < end);
  if (!first || !last) return { of: block, from: 0, to: 0 };
  const from = isPlain(first) ? first.at + Math.max(0, start - first.source) : first.at;
  const to = last.at + (isPlain(last) ? Math.min(last.length, end - last.source) : last.length);
  return within({ of: block, from, to: Math.max(from, to) }, 0, Math.max(0, to - from));
}

/** The value of an attribute as a stretch of the source, if the element has it and it can be quoted. */
export function attributeOf(page: Page, element: Element, name: string): Stretch | undefined {
  if (element.startIndex === null || !element.attribs[name]) return undefined;
  const { startIndex } = element;
  const inside = element.children[0]?.startIndex ?? element.endIndex;
  const tag = page.source.slice(startIndex, (inside ?? startIndex) + 1);
  const escaped = name.replace(/[.]/g, "\\.");
  const written = new RegExp(
    `[\\s"']${escaped}\\s*=\\s*("([^"]*)"|'([^']*)'|[^\\s"'>]+)`,
    "i",
  ).exec(tag);
  if (!written) return undefined;
  const raw = written[2] ?? written[3] ?? written[1]!;
  const quoted = written[2] ?? written[3];
  const start =
    startIndex + written.index + written[0].length - raw.length - (quoted === undefined ? 0 : 1);
  const text = mapSource(page.source, start, start + raw.length);
  const stretch = whole(text);
  return quoteOf(page.source.slice(start, start + raw.length)) === wordsOf(stretch)
    ? stretch
    : undefined;
}

/** The link that an element is, holds, or stands in. */
export function linkOf(element: Element): Element | undefined {
  if (element.name === "a" && element.attribs.href) return element;
  const inside = (node: Element): Element | undefined => {
    for (const child of node.children) {
      if (!isTag(child)) continue;
      if (child.name === "a" && child.attribs.href) return child;
      const found = inside(child);
      if (found) return found;
    }
    return undefined;
  };
  const found = inside(element);
  if (found) return found;
  for (let up = element.parent; up && isTag(up); up = up.parent)
    if (up.name === "a" && up.attribs.href) return up;
  return undefined;
}
