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
  const children: Element[] = [];
  for (const child of parent.children) {
    if (!isTag(child)) continue;
    const { from, to } = page.extent(child);
    if (to > from) children.push(child);
  }
  if (children.length < entriesMin) return [];
  // Elements are dear to compare: where too few can be entries, none needs to be.
  const openings = children.map((child) => openingOf(page, child, used));
  const possible = openings.filter((first) => first !== undefined).length;
  if (possible < entriesMin || possible < children.length * alikeShare * entriesShare) return [];
  const shape = shapeOf(children[Math.floor(children.length / 2)]!);
  const alike = children.map((child) => likeness(shape, shapeOf(child)) >= 0.6);
  const alikeCount = alike.filter((isAlike) => isAlike).length;
  if (alikeCount < entriesMin || alikeCount < children.length * alikeShare) return [];
  const entries = children.flatMap((child, index): Entry[] => {
    const first = openings[index];
    if (!alike[index] || !first) return [];
    const blocks = page.blocks.slice(first.index, page.extent(child).to);
    return [{ first, blocks: blocks.filter((one) => !isIdle(one)) }];
  });
  return entries.length >= alikeCount * entriesShare ? entries : [];
}

/** Which part of the elements that stand together must be alike, and which part of those must be entries. */
const alikeShare = 0.6;
const entriesShare = 0.8;

/** The first line of an element that may be an entry: a short one with more beside it. */
function openingOf(page: Page, element: Element, used: ReadonlySet<Block>): Block | undefined {
  const { from, to } = page.extent(element);
  let first: Block | undefined;
  let count = 0;
  for (let at = from; at < to && !(first && count >= 2); at++) {
    const block = page.blocks[at]!;
    if (isIdle(block)) continue;
    count++;
    if (!first && /\p{L}/u.test(block.text)) first = block;
  }
  return first && count >= 2 && !used.has(first) && first.text.length <= namesMax
    ? first
    : undefined;
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
