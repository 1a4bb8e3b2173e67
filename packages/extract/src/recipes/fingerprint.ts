import type { Fingerprint } from "@waymark/domain";
import { foldName } from "@waymark/normalize";
import { type ChildNode, type Element, isTag } from "domhandler";
import type { Page } from "../page/page.ts";
import { classWords } from "../page/place.ts";
import { wordsOf } from "../values/finding.ts";
import { meaningOf } from "../values/label-meaning.ts";
import { stretchesOf } from "./element-text.ts";
import { placeAmongKind } from "./selector-for.ts";

const textMax = 80;
const kept = { texts: 24, ancestors: 4, children: 12, siblings: 3 };

/** An element with the words that were read out of it. */
export type Told = { element: Element; words: string };

/** What the elements that one selector finds are like; undefined where it finds none. */
export function fingerprintOf(page: Page, told: readonly Told[]): Fingerprint | undefined {
  const first = told[0]?.element;
  if (!first) return undefined;
  const label = labelOf(page, first);
  return {
    tag: first.name,
    stems: stemsOf(first),
    ancestors: ancestorsOf(first),
    children: tagsInside(first),
    ...(label && { label }),
    siblings: siblingTexts(page, first),
    position: placeAmongKind(first),
    texts: [...new Set(told.map(({ words }) => words.slice(0, textMax)))].slice(0, kept.texts),
    textLength: Math.round(told.reduce((sum, { words }) => sum + words.length, 0) / told.length),
    found: told.length,
  };
}

/** What an element is like, weighed: its text says most, and its classes least, since they change first. */
const weights = {
  text: 0.46,
  tag: 0.1,
  stems: 0.1,
  ancestors: 0.1,
  children: 0.1,
  label: 0.06,
  siblings: 0.04,
  position: 0.04,
};

/** How like an element is to what a selector used to find: 1 is the very same. */
export function likeness(page: Page, { element, words }: Told, print: Fingerprint): number {
  const label = print.label === undefined ? 1 : Number(labelOf(page, element) === print.label);
  const siblings =
    print.siblings.length === 0 ? 1 : overlap(siblingTexts(page, element), print.siblings);
  const ancestors = ancestorsOf(element);
  return (
    weights.text * textLikeness(words, print) +
    weights.tag * Number(element.name === print.tag) +
    weights.stems *
      (print.stems.length === 0
        ? Number(stemsOf(element).length === 0)
        : overlap(stemsOf(element), print.stems)) +
    weights.ancestors *
      overlap(
        ancestors.map(({ tag }) => tag),
        print.ancestors.map(({ tag }) => tag),
      ) +
    weights.children * overlap(tagsInside(element), print.children) +
    weights.label * label +
    weights.siblings * siblings +
    weights.position * (1 / (1 + Math.abs(placeAmongKind(element) - print.position)))
  );
}

/** The text of an element, line by line. */
export const textOf = (page: Page, element: Element): string =>
  stretchesOf(page, [element]).map(wordsOf).join(" ");

/** Whether a text was seen under the selector before. */
export function isKnownText(text: string, { texts }: Fingerprint): boolean {
  const folded = foldName(text.slice(0, textMax));
  return folded !== "" && texts.some((known) => foldName(known) === folded);
}

/** A text that was seen before is worth all; one of like length is worth something. */
function textLikeness(text: string, print: Fingerprint): number {
  if (text === "") return 0;
  const length =
    Math.min(text.length, print.textLength) / Math.max(text.length, print.textLength, 1);
  return isKnownText(text, print) ? 0.8 + 0.2 * length : 0.5 * length;
}

const stemsOf = (element: Element): string[] =>
  classWords(element)
    .split(/[\s|]+/)
    .filter((word) => /^[a-z]{2,}$/.test(word));

function ancestorsOf(element: Element): Fingerprint["ancestors"] {
  const found: Fingerprint["ancestors"] = [];
  for (let up = element.parent; up && isTag(up) && found.length < kept.ancestors; up = up.parent)
    found.push({ tag: up.name, stems: stemsOf(up) });
  return found;
}

function tagsInside(element: Element): string[] {
  const tags: string[] = [];
  const walk = (nodes: readonly ChildNode[]): void => {
    for (const node of nodes) {
      if (tags.length >= kept.children) return;
      if (!isTag(node)) continue;
      tags.push(node.name);
      walk(node.children);
    }
  };
  walk(element.children);
  return tags;
}

/** Short texts beside an element, such as the labels of a row. */
function siblingTexts(page: Page, element: Element): string[] {
  return (element.parent?.children ?? [])
    .filter((node): node is Element => isTag(node) && node !== element)
    .slice(0, 8)
    .map((sibling) => textOf(page, sibling))
    .filter((text) => text !== "" && text.length <= 40)
    .slice(0, kept.siblings);
}

/** The label that an element's text begins with. */
export function inlineLabel(page: Page, element: Element): string | undefined {
  const label = /^([^:]{2,40}):/.exec(textOf(page, element))?.[1];
  return label && meaningOf(label) ? label : undefined;
}

/** The label in or before an element. */
function labelOf(page: Page, element: Element): string | undefined {
  const own = inlineLabel(page, element);
  if (own) return own;
  let before = element.previousSibling;
  while (before && !isTag(before)) before = before.previousSibling;
  const text = before ? textOf(page, before).replace(/:$/, "") : "";
  return text !== "" && meaningOf(text) ? text : undefined;
}

/** What two lists share, of what either holds; each thing as often as it stands there. */
function overlap(some: readonly string[], others: readonly string[]): number {
  if (some.length === 0 && others.length === 0) return 1;
  const left = [...others];
  let shared = 0;
  for (const one of some) {
    const at = left.indexOf(one);
    if (at < 0) continue;
    left.splice(at, 1);
    shared++;
  }
  return (2 * shared) / (some.length + others.length);
}
