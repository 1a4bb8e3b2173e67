import { type Element, isTag, type ParentNode } from "domhandler";
import { findAll } from "./select.ts";

/**
 * Classes that people named, and that will still be there tomorrow: none with digits, as programs make
 * them, and none that says what an element is doing just now.
 */
export function stableClasses({ attribs }: Element): string[] {
  return (attribs.class ?? "")
    .split(/\s+/)
    .filter(
      (word) =>
        /^[a-z][a-z_-]{1,39}$/i.test(word) &&
        !/^(?:css|sc|jsx|svelte|emotion|tw)-/.test(word) &&
        !/^(?:is|has|js|active|open|current|selected|hidden|show|fade|first|last|odd|even)(?:-|$)/i.test(
          word,
        ),
    );
}

/** Selectors of one element by itself: its tag with each of its classes, then its tag alone. */
export const simpleSelectors = (element: Element): string[] => [
  ...stableClasses(element).map((word) => `${element.name}.${word}`),
  element.name,
];

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
    ...above.flatMap((outer) =>
      own.slice(-1).map((inner) => `${outer} > ${parent!.name} > ${inner}`),
    ),
  ];
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
  const candidates = new Set(elements.slice(0, 5).flatMap((element) => selectorsFor(element)));
  let best: { selector: string; fit: number } | undefined;
  for (const selector of candidates) {
    const found = findAll(selector, root.children);
    const right = found.filter((element) => wanted.has(element)).length;
    const fit = (2 * right) / (found.length + wanted.size);
    if (!best || fit > best.fit + 0.001) best = { selector, fit };
  }
  return best;
}
