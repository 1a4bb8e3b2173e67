import { matchesOf } from "@waymark/normalize";
import { type Element, isTag } from "domhandler";
import type { Block, Page } from "../page/page.ts";
import type { Stretch } from "./finding.ts";
import { whole, within } from "./finding.ts";
import { type LabelMeaning, meaningOf } from "./label-meaning.ts";

/** A label with the values it stands before. */
export type LabelledValue = { meaning: LabelMeaning; label: Block; values: Stretch[] };

/**
 * Labels and their values among some blocks, in order: "Label: value" in one line, a label in a cell,
 * term, line or heading of its own with the value after it. The blocks that labels and values take up
 * come back too, so that nobody reads them as prose.
 */
export function findLabelled(
  page: Page,
  blocks: readonly Block[],
): { labelled: LabelledValue[]; used: Set<Block> } {
  const labelled: LabelledValue[] = [];
  const used = new Set<Block>();
  const inScope = new Set(blocks);
  for (const block of blocks) {
    if (used.has(block)) continue;
    const inline = readInline(block);
    const apart = inline.length > 0 ? undefined : readApart(page, block, inScope, used);
    // Labels that follow a sentence leave the sentence to be read as prose.
    if (inline.length === 0 && !apart) labelled.push(...labelsInProse(block));
    for (const found of apart ? [apart] : inline) {
      labelled.push(found);
      used.add(block);
      for (const value of found.values) used.add(value.of as Block);
    }
  }
  return { labelled, used };
}

/** "Lead organization: X", "Steward........ X", "<b>Partners</b> X" in one line, also several of them. */
function readInline(block: Block): LabelledValue[] {
  const { text } = block;
  const cut = inlineLabel.exec(text) ?? boldLead(block);
  const meaning = cut && meaningOf(cut[1]!);
  if (!cut || !meaning || meaning === "name") return [];
  const labels = [{ meaning, from: 0, to: cut[0].length }, ...laterLabels(text, cut[0].length)];
  return labels.map(({ meaning, to }, index) => {
    const end = endOfValue(block, to, labels[index + 1]?.from ?? text.length);
    return { meaning, label: block, values: [within(whole(block), to, end)] };
  });
}

const inlineLabel = /^([^:.]{2,48}?)\s*(?::|\.{3,}|\u2026+)\s*(?=\S)/;

/** Labels that stand behind a sentence: "Short courses for adults. Lead organization: X. Site: Y". */
function labelsInProse(block: Block): LabelledValue[] {
  if (block.level > 0 || !block.text.includes(": ")) return [];
  const labels = laterLabels(block.text, 1).filter(
    ({ from, meaning }) =>
      proseLabels.has(meaning) && /[.;)\]]\s+$/.test(block.text.slice(0, from)),
  );
  return labels.map(({ meaning, to }, index) => {
    const value = block.text.slice(to, labels[index + 1]?.from);
    const end =
      /(?<!\b(?:\p{Lu}|Inc|St|Co|Corp))\.(?=\s+\p{Lu}|$)/u.exec(value)?.index ?? value.length;
    return { meaning, label: block, values: [within(whole(block), to, to + end)] };
  });
}

const proseLabels: ReadonlySet<LabelMeaning> = new Set([
  "lead",
  "grantee",
  "funders",
  "partners",
  "states",
  "start",
  "end",
  "period",
  "website",
] as const);

/** Further labels in the same line: "Amount: $2 million Awarded: May 2023". */
function laterLabels(
  text: string,
  from: number,
): { meaning: LabelMeaning; from: number; to: number }[] {
  const found: { meaning: LabelMeaning; from: number; to: number }[] = [];
  for (const match of matchesOf(text, laterLabel)) {
    const meaning = match.index >= from ? meaningOf(match[1]!) : undefined;
    if (meaning) found.push({ meaning, from: match.index, to: match.index + match[0].length });
  }
  return found;
}

const laterLabel =
  /(?<=[\s|\u00b7\u2022;,.)]|\p{Ll}(?=\p{Lu}))(\p{Lu}\p{Ll}+(?:\s[\p{Ll}&]+){0,3}):\s+/gu;

/** A value ends before a link such as "Details" that only leads on. */
function endOfValue(block: Block, from: number, to: number): number {
  const more = block.spans.find(
    ({ kind, from: start, to: end }) =>
      kind === "link" &&
      start > from &&
      start < to &&
      /^(?:details|(?:read|learn|see|view)\b.*|more\b.*|visit\b.*)$/i.test(
        block.text.slice(start, end).trim(),
      ),
  );
  return more ? more.from : to;
}

function boldLead({ text, spans }: Block): [string, string] | undefined {
  const bold = spans.find((span) => span.kind === "bold" && span.from === 0);
  if (!bold || bold.to >= text.length - 1) return undefined;
  const label = text.slice(0, bold.to);
  const gap = /^[\s:\u2013\u2014-]*/.exec(text.slice(bold.to))![0];
  return [label + gap, label];
}

/** A label that has its line to itself: the value stands in the next cell, term, line or list. */
function readApart(
  page: Page,
  block: Block,
  inScope: ReadonlySet<Block>,
  used: ReadonlySet<Block>,
): LabelledValue | undefined {
  const meaning = meaningOf(block.text);
  if (!meaning || meaning === "name") return undefined;
  const isHeading = block.level > 0 && block.level < 7;
  const values = isHeading ? sectionAfter(page, block) : valueAfter(page, block);
  const usable = values.filter(
    (value) => inScope.has(value) && !used.has(value) && value.place === block.place,
  );
  const isLogos = usable.length === 0 && (meaning === "partners" || meaning === "funders");
  if (usable.length === 0 && !(isLogos && hasLogosBelow(page, block))) return undefined;
  return { meaning, label: block, values: usable.map(whole) };
}

/** Whether pictures stand right below a heading, in its own section. */
const hasLogosBelow = (page: Page, heading: Block): boolean =>
  page.images.some(
    ({ blockIndex, place }) => blockIndex === heading.index + 1 && place === heading.place,
  );

/** The blocks under a heading, up to the next heading or label. A section of pictures alone has none. */
function sectionAfter(page: Page, heading: Block): Block[] {
  const { parent } = heading.element;
  const isAlone = parent && isTag(parent) && page.extent(parent).to === heading.index + 1;
  if (isAlone && hasLogosBelow(page, heading)) return [];
  const values: Block[] = [];
  for (let at = heading.index + 1; at < page.blocks.length && values.length < 60; at++) {
    const block = page.blocks[at]!;
    if (block.level > 0 && (block.level <= heading.level || meaningOf(block.text))) break;
    // A line with a label of its own is told by that label, not by the heading far above it.
    if (readInline(block).length > 0 || (block.level === 7 && meaningOf(block.text))) break;
    values.push(block);
  }
  return values;
}

/** The blocks of the element that follows the label's, or the next line of the same element. */
function valueAfter(page: Page, label: Block): Block[] {
  let element = label.element;
  while (element.parent && isTag(element.parent)) {
    const { from, to } = page.extent(element.parent);
    if (from !== label.index || to !== label.index + 1) break;
    element = element.parent;
  }
  const { to } = page.extent(element);
  if (to > label.index + 1) return followingLines(page, label, to);
  for (let next = element.nextSibling; next; next = next.nextSibling) {
    if (!isTag(next)) continue;
    const extent = page.extent(next);
    if (extent.to <= extent.from) continue;
    if (next.name === "dt" || next.name === "th" || next.name === "tr") return [];
    const values = page.blocks.slice(extent.from, Math.min(extent.to, extent.from + 60));
    if (isPair(page, element)) return values;
    // What begins with a label of its own is not this label's value.
    return values[0] && (meaningOf(values[0].text) || (values[0].level > 0 && values[0].level < 7))
      ? []
      : values;
  }
  return [];
}

/** Two cells, or two boxes, that have a row to themselves: the second is the first one's value, whatever it says. */
function isPair(page: Page, { name, parent }: Element): boolean {
  if (name === "dt") return true;
  if (!parent || !isTag(parent)) return false;
  const held = parent.children.filter((child) => {
    const { from, to } = isTag(child) ? page.extent(child) : { from: 0, to: 0 };
    return to > from;
  });
  const { from, to } = page.extent(parent);
  return held.length === 2 && to - from <= 3 && (parent.name === "tr" || parent.name === "div");
}

function followingLines(page: Page, label: Block, to: number): Block[] {
  const values: Block[] = [];
  for (let at = label.index + 1; at < to && values.length < 20; at++) {
    const block = page.blocks[at]!;
    if (block.level > 0 || meaningOf(block.text) || readInline(block).length > 0) break;
    values.push(block);
  }
  return values;
}
