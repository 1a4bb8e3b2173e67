import type { Element, ParentNode } from "domhandler";
import { isTag } from "domhandler";
import type { Block, Page } from "../page/page.ts";
import { withoutAdornments } from "./adornments.ts";
import { lengthOf, linkedLength } from "./text-measure.ts";
import { toldBlocks } from "./told-place.ts";

/**
 * The text a page is there for, as blocks: what is told by its place, without adornments, furniture and
 * lists of short links, unless the page is little else. On article pages only the cluster around the
 * paragraphs stays.
 */
export function mainBlocks(page: Page): Block[] {
  const kept = withoutAdornments(page, toldBlocks(page)).filter(
    (block) => !isFurniture(block.text),
  );
  const pruned = dropLinkLists(kept);
  return keepCluster(lengthOf(pruned) > lengthOf(kept) / 2 ? pruned : kept);
}

/** The main text: blocks joined by newlines. */
export const mainText = (blocks: readonly Block[]): string =>
  blocks.map((block) => block.text).join("\n");

/** Lines that stand around any content and say nothing of it. */
const isFurniture = (text: string): boolean => text.length < 60 && furniture.test(text.trim());

const furniture =
  /^(skip to (main )?content|share( this)?( page| article| on \w+)?:?|tweet|print( this page)?|e?mail( this page)?|(read|learn|see|view|show|load) (more|less|all)( .{0,20})?[\u00bb\u203a>\u2192.]*|back to (top|all .{1,20})|previous|next|menu|close|search|home|(\d+ )?comments?|leave a (comment|reply)|advertisement|loading\.*|follow us|subscribe|sign (in|up)|log ?in|[|\u00bb\u203a>\u2192\u2022\u00b7/-]+)$/i;

/** Runs of four or more lines that are only links are menus, unless their links are long as titles are. */
function dropLinkLists(blocks: readonly Block[]): Block[] {
  const kept: Block[] = [];
  let run: Block[] = [];
  const settle = () => {
    const length = run.reduce((sum, block) => sum + block.text.length, 0) / (run.length || 1);
    if (run.length < 4 || length >= 25) kept.push(...run);
    run = [];
  };
  for (const block of blocks) {
    if (block.level === 0 && isLink(block) && block.tag !== "td") run.push(block);
    else {
      settle();
      kept.push(block);
    }
  }
  settle();
  return kept;
}

/** Whether a block is nothing but links. */
export function isLink({ spans, text }: Block): boolean {
  const linked = linkedLength(spans);
  return linked > 0 && text.length - linked <= 3;
}

/**
 * Where one element holds most of a page's long paragraphs, the page is an article, and what stands
 * outside that element and its title is not part of it.
 */
function keepCluster(blocks: Block[]): Block[] {
  const paragraphs = blocks.filter((block) => block.text.length >= 120 && !isLink(block));
  if (paragraphs.length < 4) return blocks;
  const total = paragraphs.reduce((sum, block) => sum + block.text.length, 0);
  const weights = new Map<Element, number>();
  for (const block of paragraphs) {
    for (let up: ParentNode | null = block.element.parent; up && isTag(up); up = up.parent) {
      weights.set(up, (weights.get(up) ?? 0) + block.text.length);
    }
  }
  // The deepest element that still holds nearly all of them: ancestors weigh at least as much.
  let cluster: Element | undefined;
  let depth = -1;
  for (const [element, weight] of weights) {
    const elementDepth = depthOf(element);
    if (weight / total >= 0.9 && elementDepth > depth) {
      cluster = element;
      depth = elementDepth;
    }
  }
  if (!cluster) return blocks;
  const inside = new Set(blocks.filter((block) => holds(cluster, block.element)));
  const insideLength = lengthOf([...inside]);
  if (insideLength / lengthOf(blocks) < 0.7) return blocks;
  const first = blocks.findIndex((block) => inside.has(block));
  return blocks.filter((block, index) => inside.has(block) || (index < first && block.level === 1));
}

function depthOf(element: Element): number {
  let depth = 0;
  for (let up = element.parent; up; up = up.parent) depth++;
  return depth;
}

function holds(element: Element, inner: Element): boolean {
  for (let up: ParentNode | null = inner; up; up = up.parent) if (up === element) return true;
  return false;
}
