import { type ChildNode, type Element, isTag, type ParentNode } from "domhandler";
import type { Block, Page } from "../page/page.ts";
import { untilNext } from "./select.ts";

/** One entry of a list in the page's code: its element, and all nodes that belong to it. */
export type Entry = { element: Element; nodes: ChildNode[] };

/**
 * The elements that entries stand in, each the largest that holds the name of no other. Where names stand
 * flat beside their texts, an entry goes on up to the next.
 */
export function entriesAround(
  page: Page,
  names: readonly Block[],
  endOf: (name: Block) => number = () => 0,
): { entries: Entry[]; isFlat: boolean } {
  const indexes = names.map(({ index }) => index).sort((a, b) => a - b);
  const elements = names.map((name) => containerOf(page, name, indexes));
  const all = new Set(elements);
  const isFlat = names.some((name, index) => endOf(name) > page.extent(elements[index]!).to);
  return {
    isFlat,
    entries: elements.map((element) => ({
      element,
      nodes: isFlat ? untilNext(element, all) : [element],
    })),
  };
}

function containerOf(page: Page, name: Block, indexes: readonly number[]): Element {
  let container = name.element;
  for (let up: ParentNode | null = container.parent; up && isTag(up); up = up.parent) {
    if (up.name === "body" || up.name === "main" || up.name === "html") break;
    const { from, to } = page.extent(up);
    if (indexes.some((index) => index !== name.index && index >= from && index < to)) break;
    container = up;
  }
  return container;
}
