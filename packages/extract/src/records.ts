import { type Element, isTag, type ParentNode } from "domhandler";
import { definedIn } from "./defined.ts";
import type { Column } from "./describe.ts";
import { judgeName } from "./effort-name.ts";
import { type Stretch, whole, within, wordsOf } from "./finding.ts";
import { type LabelMeaning, meaningOf } from "./label.ts";
import { isLink } from "./main-text.ts";
import type { Block, Page } from "./page.ts";

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
  form: "table" | "headings" | "lead-ins" | "links";
  records: ListRecord[];
  /** The first column's or list's own words for what it holds, if any. */
  header?: string;
};

/**
 * Everything on a page that is told as a list of like things: tables with a header row, cards and
 * sections under headings of one rank, lines that begin with a bold or linked name, and bare link lists.
 * Whether they are efforts is not asked here.
 */
export function findGroups(page: Page): RecordGroup[] {
  const used = new Set<Block>();
  const groups: RecordGroup[] = [];
  const take = (group: RecordGroup) => {
    groups.push(group);
    for (const record of group.records) for (const block of record.blocks) used.add(block);
  };
  for (const group of tableGroups(page)) take(group);
  for (let level = 2; level <= 7; level++) {
    for (const group of headingGroups(page, level, used)) take(group);
  }
  for (const group of lineGroups(page, used)) take(group);
  return groups;
}

// Tables

function tableGroups(page: Page): RecordGroup[] {
  const groups: RecordGroup[] = [];
  const walk = (node: ParentNode): void => {
    for (const child of node.children) {
      if (!isTag(child)) continue;
      if (child.name === "table") {
        const group = readTable(page, child);
        if (group) groups.push(group);
      }
      walk(child);
    }
  };
  walk(page.root);
  return groups;
}

function rowsOf(table: Element): Element[] {
  const rows: Element[] = [];
  const walk = (node: ParentNode): void => {
    for (const child of node.children) {
      if (!isTag(child) || child.name === "table") continue;
      if (child.name === "tr") rows.push(child);
      else walk(child);
    }
  };
  walk(table);
  return rows;
}

const cellsOf = (row: Element): Element[] =>
  row.children.filter(isTag).filter(({ name }) => name === "td" || name === "th");

function readTable(page: Page, table: Element): RecordGroup | undefined {
  const rows = rowsOf(table);
  const header = rows[0];
  if (!header || rows.length < 2) return undefined;
  const headerCells = cellsOf(header);
  const blocksIn = (element: Element) => {
    const { from, to } = page.extent(element);
    return page.blocks.slice(from, to);
  };
  const labels = headerCells.map((cell) =>
    blocksIn(cell)
      .map((block) => block.text)
      .join(" "),
  );
  const isHeader =
    headerCells.length >= 2 &&
    headerCells.every(
      (cell) => cell.name === "th" || blocksIn(cell).every((block) => block.bold),
    ) &&
    labels.filter((label) => label !== "").length >= 2;
  if (!isHeader) return undefined;
  const meanings = labels.map(meaningOf);
  const named = meanings.indexOf("name");
  // Without a column that is called so, the first is the name's, unless it is something else we know.
  const nameColumn =
    named >= 0
      ? named
      : meanings[0] === undefined || (meanings[0] === "lead" && meanings.slice(1).includes("lead"))
        ? 0
        : -1;
  if (nameColumn < 0 || (named < 0 && !meanings.some((meaning) => meaning !== undefined)))
    return undefined;
  const records = rows.slice(1).flatMap((row) => {
    const cells = cellsOf(row);
    const nameCell = cells[nameColumn];
    if (!nameCell || cells.length < 2 || cells.length > headerCells.length) return [];
    const blocks = blocksIn(row).filter((block) => block.place === "main");
    const nameBlock = blocksIn(nameCell).find((block) => block.place === "main");
    if (!nameBlock) return [];
    const columns = cells.flatMap((cell, index) => {
      const meaning: LabelMeaning | undefined = meanings[index];
      const values = blocksIn(cell).map(whole);
      return meaning &&
        meaning !== "name" &&
        meaning !== "description" &&
        index !== nameColumn &&
        values.length > 0
        ? [{ meaning, values }]
        : [];
    });
    // Cells headed "Details" carry labels of their own.
    const readable = columns.filter(
      ({ values }) => !values.some((value) => /^[^:]{2,40}:\s/.test(wordsOf(value))),
    );
    return [
      { name: nameOf(nameBlock), nameBlock, href: hrefOf([nameBlock]), blocks, columns: readable },
    ];
  });
  return records.length > 0 ? { form: "table", records, header: labels[nameColumn]! } : undefined;
}

// Headings

function headingGroups(page: Page, level: number, used: ReadonlySet<Block>): RecordGroup[] {
  const groups: RecordGroup[] = [];
  let run: Block[] = [];
  const settle = () => {
    if (run.length > 0) {
      const records = run.map((heading, index) => sectionOf(page, heading, run, run[index + 1]));
      groups.push({ form: "headings", records });
    }
    run = [];
  };
  for (const block of page.blocks) {
    if (block.place !== "main" && block.place !== "carousel") continue;
    if (block.level > 0 && block.level < level && !used.has(block)) settle();
    if (block.level === level && !used.has(block) && !isLabel(block)) run.push(block);
  }
  settle();
  return groups;
}

/** What belongs to one heading: the largest element that holds no other heading of the run, or what follows. */
function sectionOf(
  page: Page,
  heading: Block,
  run: readonly Block[],
  next: Block | undefined,
): ListRecord {
  let container: Element | undefined;
  if (run.length > 1) {
    for (let up: ParentNode | null = heading.element; up && isTag(up); up = up.parent) {
      const { from, to } = page.extent(up);
      const holdsOther = run.some(
        (other) => other !== heading && other.index >= from && other.index < to,
      );
      if (holdsOther || up.name === "body" || up.name === "main") break;
      container = up;
    }
  }
  const extent = container && page.extent(container);
  const isCard = extent !== undefined && extent.to - extent.from > 1;
  const blocks = isCard
    ? page.blocks.slice(extent.from, extent.to)
    : page.blocks.slice(heading.index, endOfSection(page, heading, next));
  const kept = blocks.filter((block) => block.place === heading.place);
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

// Lines

/** Lines that open with a bold or linked name, and lines that are only a link, list by list. */
function lineGroups(page: Page, used: ReadonlySet<Block>): RecordGroup[] {
  const lists = new Map<ParentNode, ParentNode>();
  const byList = new Map<ParentNode, ListRecord[]>();
  const linkLists = new Map<ParentNode, ListRecord[]>();
  for (const block of page.blocks) {
    if (used.has(block) || block.place !== "main" || (block.level > 0 && block.level < 7)) continue;
    const list = listOf(block.element, lists);
    if (!list) continue;
    const name = leadIn(block);
    const record = (stretch: Stretch, blocks: Block[]): ListRecord => ({
      name: stretch,
      nameBlock: block,
      href: hrefOf(blocks),
      blocks,
      columns: [],
    });
    const put = (lists: Map<ParentNode, ListRecord[]>, one: ListRecord) => {
      const known = lists.get(list);
      if (known) known.push(one);
      else lists.set(list, [one]);
    };
    const end = Math.max(page.extent(block.element).to, block.index + 1);
    const own = page.blocks.slice(block.index, Math.min(end, block.index + 60));
    if (name) put(byList, record(name, own));
    else if (isLink(block) && block.text.length < 120) {
      put(own.length > 1 ? byList : linkLists, record(nameOf(block), own));
    }
  }
  return [
    ...[...byList.values()].map((records) => ({ form: "lead-ins" as const, records })),
    ...[...linkLists.values()].map((records) => ({ form: "links" as const, records })),
  ];
}

function listOf(element: Element, lists: Map<ParentNode, ParentNode>): ParentNode | null {
  const parent = element.parent;
  if (!parent) return null;
  const known = lists.get(parent);
  if (known) return known;
  // Site builders wrap every paragraph in boxes of its own; the list is where the boxes stand together.
  let up: ParentNode = parent;
  while (isTag(up) && up.name !== "body" && up.parent && up.children.filter(isTag).length === 1) {
    up = up.parent;
  }
  lists.set(parent, up);
  return up;
}

/** A bold or linked name at the beginning of a line that goes on to tell of it. */
function leadIn(block: Block): Stretch | undefined {
  const { text, spans } = block;
  const article = /^The\s/.test(text) ? 4 : 0;
  const first = spans.find(
    (span) =>
      (span.from === 0 || span.from === article) &&
      (span.kind === "bold" || span.kind === "link") &&
      span.to < text.length,
  );
  if (!first) return block.tag === "li" ? definedIn(whole(block)) : undefined;
  const rest = text.slice(first.to);
  const named = text.slice(first.from, first.to).replace(/[\s:.\u2013\u2014,-]+$/, "");
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

/** The heading's text without what a site adds around a name. */
function nameOf(block: Block): Stretch {
  const { text, spans } = block;
  const link = spans.find((span) => span.kind === "link");
  // A cell may hold a link and more after it; the link is the name.
  if (
    link &&
    link.from === 0 &&
    text.length - link.to > 2 &&
    judgeName(text.slice(0, link.to)).isName &&
    !/^\s*[(:\u2013-]/.test(text.slice(link.to))
  ) {
    return within(whole(block), 0, link.to);
  }
  const lead = /^(?:\d{1,2}[.)]\s+|[\u2022\u00b7*\u25ba\u2013-]\s+)/.exec(text)?.[0].length ?? 0;
  const tail =
    /\s*(?:[\u00bb\u203a\u2192>:]+|\(link is external\)|\(opens? in .{3,20}\))$/i.exec(text)?.[0]
      .length ?? 0;
  return within(whole(block), lead, text.length - tail);
}

/** The link of the name, else the one that says "learn more", else the only one. */
function hrefOf(blocks: readonly Block[], heading?: Block): string | undefined {
  const linksOf = (block: Block) =>
    block.spans.filter(
      (span) =>
        span.kind === "link" && span.href && !/^(?:#|mailto:|tel:|javascript:)/i.test(span.href),
    );
  const own = heading ?? blocks[0];
  const first = own && linksOf(own)[0];
  if (first) return first.href;
  const all = blocks.flatMap((block) =>
    linksOf(block).map((span) => ({
      href: span.href!,
      text: block.text.slice(span.from, span.to),
    })),
  );
  const more = all.find(({ text }) =>
    /^(?:learn|read|find out|see|view|visit|more|explore|go to|website|details|program (?:page|website)|https?:|www\.)/i.test(
      text,
    ),
  );
  const distinct = new Set(all.map(({ href }) => href));
  return more?.href ?? (distinct.size === 1 ? all[0]!.href : undefined);
}
