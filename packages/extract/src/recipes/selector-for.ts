import { type Element, isTag, type ParentNode } from "domhandler";
import { findAll } from "./select.ts";

/** Classes that a selector can name as they are written. */
const writtenClasses = ({ attribs }: Element): string[] =>
  (attribs.class ?? "").split(/\s+/).filter((word) => /^[a-z][\w-]{0,59}$/i.test(word));

/**
 * Classes that people named, and that will still be there tomorrow: none with digits, as programs make
 * them, and none that says what an element is doing just now.
 */
function stableClasses(element: Element): string[] {
  return writtenClasses(element).filter(
    (word) =>
      /^[a-z_-]{2,40}$/i.test(word) &&
      !/^(?:css|sc|jsx|svelte|emotion|tw)-/.test(word) &&
      !/^(?:is|has|js|active|open|current|selected|hidden|show|fade|first|last|odd|even)(?:-|$)/i.test(
        word,
      ),
  );
}

/**
 * Selectors of one element by itself: its tag with each of its classes, then its tag alone; last, where nothing
 * else tells it from others, with classes that may not last.
 */
function simpleSelectors(element: Element): string[] {
  const stable = stableClasses(element);
  const others = writtenClasses(element).filter((word) => !stable.includes(word));
  const named = (word: string) => `${element.name}.${word}`;
  return [...stable.map(named), element.name, ...others.map(named)];
}

const parentOf = ({ parent }: Element): Element | undefined =>
  parent && isTag(parent) && parent.name !== "html" ? parent : undefined;

/** Selectors that could find elements like this one, the plainest first; with what it stands in where that helps. */
export function selectorsFor(element: Element, within?: ReadonlySet<ParentNode>): string[] {
  const own = simpleSelectors(element);
  const parent = parentOf(element);
  const isInside = parent && !within?.has(element);
  const around = isInside ? simpleSelectors(parent).slice(0, 3) : [];
  const above =
    isInside && parentOf(parent) && !within?.has(parent)
      ? simpleSelectors(parentOf(parent)!).slice(0, 2)
      : [];
  const nth =
    within && isInside ? [`${element.name}:nth-of-type(${1 + placeAmongKind(element)})`] : [];
  const joined = around.flatMap((outer) => [...own, ...nth].map((inner) => `${outer} > ${inner}`));
  return [
    ...own,
    ...nth,
    ...joined,
    ...above.map((outer) => `${outer} > ${parent!.name} > ${element.name}`),
  ];
}

/**
 * How soon a selector may fail, the least first: what people named lasts longer than where it stands, and that
 * longer than its tag or which of its kind it is.
 */
export function rankOf(selector: string): number {
  if (/:nth|\.[\w-]*\d/.test(selector)) return 3;
  return selector.includes(".") ? 0 : selector.includes(">") ? 1 : 2;
}

/** Which of its kind an element is among its siblings, from 0. */
export function placeAmongKind(element: Element): number {
  let place = 0;
  for (let before = element.previousSibling; before; before = before.previousSibling)
    if (isTag(before) && before.name === element.name) place++;
  return place;
}

/** The selector that finds most of some elements and least else, with how well it does: 1 is exactly them. */
export function selectorOfAll(
  root: ParentNode,
  elements: readonly Element[],
): { selector: string; fit: number } | undefined {
  const wanted = new Set(elements);
  const plain = elements.slice(0, 5).flatMap((element) => selectorsFor(element));
  // The first of its kind is often the head of the list.
  const candidates = new Set([...plain, ...plain.map((one) => `${one}:not(:first-child)`)]);
  let best: { selector: string; fit: number } | undefined;
  for (const selector of candidates) {
    const found = findAll(selector, root.children);
    const right = found.filter((element) => wanted.has(element)).length;
    const fit = (2 * right) / (found.length + wanted.size);
    const isBetter = !best || fit > best.fit + 0.001;
    const isAsGood = best && fit > best.fit - 0.001 && rankOf(selector) < rankOf(best.selector);
    if (isBetter || isAsGood) best = { selector, fit };
  }
  return best;
}
