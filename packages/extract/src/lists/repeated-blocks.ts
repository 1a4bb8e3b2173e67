import { type Element, isTag } from "domhandler";
import type { Block, Page } from "../page/page.ts";

/** The blocks of one of several elements that are built alike. */
export type Entry = { first: Block; blocks: Block[] };

/** Fewer look alike by accident. */
const entriesMin = 3;
const namesMax = 120;

/**
 * Elements that stand side by side and are built alike, each a short line and what tells of it: cards, rows
 * and entries that no heading, bold name or header row marks. Likeness is that of their tags, counted
 * (after Liu, Grossman and Zhai, "Mining Data Records in Web Pages", 2003, without the alignment of trees).
 */
export function repeatedBlocks(page: Page, used: ReadonlySet<Block>): Entry[][] {
  const found: Entry[][] = [];
  const looked = new Set<Element>();
  for (const block of page.blocks) {
    if (used.has(block) || (block.place !== "main" && block.place !== "carousel")) continue;
    for (let up: Element | null = block.element; up; up = parentOf(up)) {
      const parent = parentOf(up);
      if (!parent || looked.has(parent)) break;
      looked.add(parent);
      const entries = entriesIn(page, parent, used);
      if (entries.length >= entriesMin) found.push(entries);
    }
  }
  // What is found within an entry of a wider list is a part of it.
  return found.filter(
    (entries) => !found.some((other) => other !== entries && isWithin(entries, other)),
  );
}

const parentOf = ({ parent }: Element): Element | null => (parent && isTag(parent) ? parent : null);

function entriesIn(page: Page, parent: Element, used: ReadonlySet<Block>): Entry[] {
  const children = parent.children.filter(isTag).filter((child) => {
    const { from, to } = page.extent(child);
    return to > from;
  });
  if (children.length < entriesMin) return [];
  const shape = shapeOf(children[Math.floor(children.length / 2)]!);
  const alike = children.filter((child) => likeness(shape, shapeOf(child)) >= 0.6);
  if (alike.length < entriesMin || alike.length < children.length * 0.6) return [];
  const entries = alike.flatMap((child): Entry[] => {
    const { from, to } = page.extent(child);
    const blocks = page.blocks.slice(from, to).filter((one) => !isIdle(one));
    const first = blocks.find(({ text }) => /\p{L}/u.test(text));
    const isEntry =
      first && !used.has(first) && blocks.length >= 2 && first.text.length <= namesMax;
    return isEntry ? [{ first, blocks: blocks.slice(blocks.indexOf(first)) }] : [];
  });
  return entries.length >= alike.length * 0.8 ? entries : [];
}

const isIdle = ({ place }: Block): boolean => place !== "main" && place !== "carousel";

/** The tags an element holds, each as often as it stands there, down to a depth at which cards differ. */
function shapeOf(element: Element): Map<string, number> {
  const shape = new Map<string, number>();
  const count = (node: Element, depth: number): void => {
    shape.set(node.name, (shape.get(node.name) ?? 0) + 1);
    if (depth < 6) for (const child of node.children) if (isTag(child)) count(child, depth + 1);
  };
  count(element, 0);
  return shape;
}

/** Dice's coefficient of two bags of tags. */
function likeness(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let shared = 0;
  let all = 0;
  for (const [tag, count] of one) {
    shared += Math.min(count, other.get(tag) ?? 0);
    all += count;
  }
  for (const count of other.values()) all += count;
  return (2 * shared) / all;
}

const isWithin = (inner: readonly Entry[], outer: readonly Entry[]): boolean =>
  outer.some(
    ({ blocks }) => blocks.includes(inner[0]!.first) && blocks.includes(inner.at(-1)!.first),
  );
