import { keptWith } from "@waymark/normalize";
import { type Element, isTag, type ParentNode } from "domhandler";
import { definedIn } from "../names/defined.ts";
import { judgeName } from "../names/effort-name.ts";
import type { Block, Page } from "../page/page.ts";
import { isLink } from "../text/main-text.ts";
import type { Column } from "../values/describe.ts";
import { type Stretch, whole, within } from "../values/finding.ts";
import { meaningOf } from "../values/label-meaning.ts";
import { hrefOf, nameOf } from "./record-name.ts";
import { type Entry, repeatedBlocks } from "./repeated-blocks.ts";
import { tableGroups } from "./table-records.ts";

/** One entry of a list of like things: its name, its link, and the blocks that tell of it. */
export type ListRecord = {
  name: Stretch;
  nameBlock: Block;
  href: string | undefined;
  blocks: Block[];
  columns: Column[];
};

/** Like records that stand together on a page. */
export type RecordGroup = {
  form: "table" | "headings" | "blocks" | "lead-ins" | "links";
  records: ListRecord[];
  /** Its lines stand in a section that is itself one of several: only the section's heading speaks for it. */
  isWithinSection?: true;
  /** The first column's or list's own words for what it holds, if any. */
  header?: string;
};

/** No list of efforts is longer; a page that has more is a dump of something else. */
export const recordsMax = 1000;

/**
 * Everything on a page that is told as a list of like things: tables with a header row, cards and
 * sections under headings of one rank, elements built alike, lines that begin with a bold or linked name, and bare link lists.
 * Whether they are efforts is not asked here.
 */
export const findGroups = keptWith((page: Page): readonly RecordGroup[] => {
  const used = new Set<Block>();
  const groups: RecordGroup[] = [];
  const take = (group: RecordGroup) => {
    groups.push(group);
    for (const record of group.records) for (const block of record.blocks) used.add(block);
  };
  for (const group of tableGroups(page)) take(group);
  // A section may itself be a list: what is headed or lined up in it is looked at too, and counts where the
  // section does not.
  const inTables = new Set(used);
  const headings = page.blocks.filter(
    (block) =>
      block.level > 0 &&
      (block.place === "main" || block.place === "carousel") &&
      !inTables.has(block),
  );
  for (let level = 2; level <= 7; level++) {
    for (const group of headingGroups(page, headings, level)) take(group);
  }
  for (const entries of repeatedBlocks(page, used)) {
    take({ form: "blocks", records: entries.map((entry) => recordOf(entry)) });
  }
  for (const group of lineGroups(page, inTables)) {
    const isWithin = group.records.some(({ nameBlock }) => used.has(nameBlock));
    groups.push(isWithin ? { ...group, isWithinSection: true } : group);
  }
  return groups;
});

// Headings

function headingGroups(page: Page, headings: readonly Block[], level: number): RecordGroup[] {
  const groups: RecordGroup[] = [];
  let run: Block[] = [];
  const settle = () => {
    if (run.length > 0) {
      const records = run.map((_, index) => sectionOf(page, run, index));
      groups.push({ form: "headings", records });
    }
    run = [];
  };
  for (const block of headings) {
    if (block.level < level) settle();
    else if (block.level === level && !isLabel(block)) run.push(block);
  }
  settle();
  return groups;
}

/** What belongs to one heading: the largest element that holds no other heading of the run, or what follows. */
function sectionOf(page: Page, run: readonly Block[], index: number): ListRecord {
  const heading = run[index]!;
  const next = run[index + 1];
  const before = run[index - 1];
  let container: Element | undefined;
  if (run.length > 1) {
    for (let up: ParentNode | null = heading.element; up && isTag(up); up = up.parent) {
      const { from, to } = page.extent(up);
      // Headings stand in the order of the page: the nearest on either side speak for all.
      const holdsOther = (before && before.index >= from) || (next && next.index < to);
      if (holdsOther || up.name === "body" || up.name === "main") break;
      container = up;
    }
  }
  const extent = container && page.extent(container);
  const isCard = extent !== undefined && extent.to - extent.from > 1;
  const { from, to } = isCard
    ? extent
    : { from: heading.index, to: endOfSection(page, heading, next) };
  const kept: Block[] = [];
  for (let at = from; at < to; at++) {
    const block = page.blocks[at]!;
    if (block.place === heading.place) kept.push(block);
  }
  return {
    name: nameOf(heading),
    nameBlock: heading,
    href: hrefOf(kept, heading),
    blocks: kept,
    columns: [],
  };
}

function endOfSection(page: Page, heading: Block, next: Block | undefined): number {
  const parent = heading.element.parent;
  const limit = parent && isTag(parent) ? page.extent(parent).to : page.blocks.length;
  let end = Math.min(next?.index ?? page.blocks.length, Math.max(limit, heading.index + 2));
  for (let at = heading.index + 1; at < end; at++) {
    const block = page.blocks[at]!;
    if (block.level > 0 && block.level <= heading.level && !isLabel(block)) end = at;
  }
  return Math.max(end, heading.index + 1);
}

/** "Partners", "Funded by": a heading within an entry, not of one. */
const isLabel = (block: Block): boolean => ![undefined, "name"].includes(meaningOf(block.text));

const recordOf = ({ first, blocks }: Entry): ListRecord => ({
  name: nameOf(first),
  nameBlock: first,
  href: hrefOf(blocks, first),
  blocks,
  columns: [],
});

// Lines

/** Lines that open with a bold or linked name, and lines that are only a link, list by list. */
function lineGroups(page: Page, used: ReadonlySet<Block>): RecordGroup[] {
  const lists = new Map<ParentNode, ParentNode>();
  const byForm = {
    "lead-ins": new Map<ParentNode, ListRecord[]>(),
    links: new Map<ParentNode, ListRecord[]>(),
  };
  for (const block of page.blocks) {
    if (used.has(block) || block.place !== "main" || (block.level > 0 && block.level < 7)) continue;
    const line = readLine(page, block);
    const list = line && listOf(block.element, lists);
    if (!list) continue;
    const { form, record } = line;
    const known = byForm[form].get(list);
    if (known) known.push(record);
    else byForm[form].set(list, [record]);
  }
  return (["lead-ins", "links"] as const).flatMap((form) =>
    [...byForm[form].values()].map((records) => ({ form, records })),
  );
}

function readLine(
  page: Page,
  block: Block,
): { form: "lead-ins" | "links"; record: ListRecord } | undefined {
  const lead = leadIn(block);
  const isShortLink = block.text.length < 120 && isLink(block);
  if (!lead && !isShortLink && block.tag !== "dt") return undefined;
  const end = Math.max(page.extent(block.element).to, block.index + 1);
  const blocks = page.blocks.slice(block.index, Math.min(end, block.index + 60));
  blocks.push(...definitionsOf(page, block));
  const isTerm = block.tag === "dt" && blocks.length > 1 && !isLabel(block);
  if (!lead && !isShortLink && !isTerm) return undefined;
  const name = lead && !isTerm ? lead : nameOf(block);
  return {
    form: lead || isTerm || blocks.length > 1 ? "lead-ins" : "links",
    record: { name, nameBlock: block, href: hrefOf(blocks), blocks, columns: [] },
  };
}

/** What a definition list says of a term: the entries up to the next term. */
function definitionsOf(page: Page, block: Block): Block[] {
  if (block.tag !== "dt") return [];
  const found: Block[] = [];
  for (let next = block.element.nextSibling; next; next = next.nextSibling) {
    if (!isTag(next)) continue;
    if (next.name !== "dd") break;
    const { from, to } = page.extent(next);
    found.push(...page.blocks.slice(from, to).filter(({ place }) => place === "main"));
  }
  return found.slice(0, 60);
}

function listOf(element: Element, lists: Map<ParentNode, ParentNode>): ParentNode | null {
  const parent = element.parent;
  if (!parent) return null;
  const known = lists.get(parent);
  if (known) return known;
  // Site builders wrap every paragraph in boxes of its own; the list is where the boxes stand together.
  let up: ParentNode = parent;
  while (isTag(up) && up.name !== "body" && up.parent && hasOneElement(up)) {
    up = up.parent;
  }
  lists.set(parent, up);
  return up;
}

function hasOneElement({ children }: ParentNode): boolean {
  const first = children.findIndex(isTag);
  return first >= 0 && !children.slice(first + 1, first + 20).some(isTag);
}

/** A bold or linked name at the beginning of a line that goes on to tell of it. */
function leadIn(block: Block): Stretch | undefined {
  const { text, spans, tag } = block;
  if (spans.length === 0 && tag !== "li") return undefined;
  // "The Lantern Project …", "Harbor's Lantern Project …": what stands before the name is no part of it.
  const article = beforeName.exec(text)?.[0].length ?? 0;
  const first = spans.find(
    (span) =>
      (span.from === 0 || span.from === article) &&
      (span.kind === "bold" || span.kind === "link") &&
      span.to < text.length,
  );
  const defined = tag === "li" && (first?.from ?? 1) > 0 ? definedIn(whole(block)) : undefined;
  if (!first || defined) return defined;
  const rest = text.slice(first.to);
  const named = text
    .slice(first.from, first.to)
    .replace(/(?<![\s:.\u2013\u2014,-])[\s:.\u2013\u2014,-]+$/, "");
  if (first.from > 0)
    return judgeName(named).isName
      ? within(whole(block), first.from, first.from + named.length)
      : undefined;
  if (rest.length < 15 || named.length < 3) return undefined;
  const isSetApart =
    /^\s*(?:[:\u2013\u2014,.|(]|-\s)/.test(rest) || /[:.]$/.test(text.slice(0, first.to));
  if (!isSetApart && !judgeName(named).isName) return undefined;
  return within(whole(block), 0, named.length);
}

const beforeName = /^(?:The|[\p{Lu}][\p{L}.&]*['\u2019]s)\s/u;
