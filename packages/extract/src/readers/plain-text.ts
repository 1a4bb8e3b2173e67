import { Element, Document as Root } from "domhandler";
import { ElementIndex } from "../page/element-index.ts";
import type { Block, Page } from "../page/page.ts";
import { TextCollector } from "../page/quote.ts";
import type { TextTable } from "./pdf-text.ts";

/** What paper tells of a text besides its letters: how high its headings stand, and its tables. */
export type PaperLayout = { levels: ReadonlyMap<number, number>; tables: readonly TextTable[] };

/**
 * A text without markup as a page of blocks: paragraphs are joined over the line breaks of the paper,
 * labels with dots or colons stay lines of their own, numbered or capital lines are headings. Every block
 * has an element of its own, so that the readers of lists and labels work as they do on web pages.
 */
export function layOutText(
  url: string,
  source: string,
  paper: PaperLayout = { levels: new Map(), tables: [] },
): Page {
  const root = new Root([]);
  const body = new Element("body", {}, []);
  root.children.push(body);
  body.parent = root;
  const blocks: Block[] = [];
  const extents = new Map<Element, { from: number; to: number }>();
  const addBlock = (parent: Element, { from, to }: Range, tagFor: (text: string) => string) => {
    const collector = new TextCollector();
    collector.add(source.slice(from, to), from);
    const { text, segments } = collector;
    if (text === "" && parent === body) return;
    const element = addElement(parent, tagFor(text));
    extents.set(element, { from: blocks.length, to: blocks.length + (text === "" ? 0 : 1) });
    if (text === "") return;
    blocks.push({
      text,
      segments,
      index: blocks.length,
      element,
      tag: element.name,
      level: Number(/^h(\d)$/.exec(element.name)?.[1] ?? 0),
      place: "main",
      placedBy: undefined,
      spans: [],
      bold: false,
    });
  };
  const addTable = ({ rows }: TextTable) => {
    const table = addElement(body, "table");
    const from = blocks.length;
    for (const [index, cells] of rows.entries()) {
      const row = addElement(table, "tr");
      const rowFrom = blocks.length;
      for (const cell of cells) addBlock(row, cell, () => (index === 0 ? "th" : "td"));
      extents.set(row, { from: rowFrom, to: blocks.length });
    }
    extents.set(table, { from, to: blocks.length });
  };
  let tables = [...paper.tables];
  for (const { from, to, level } of paragraphsOf(source, paper)) {
    for (; tables[0] && startOf(tables[0]) < from; tables = tables.slice(1)) addTable(tables[0]);
    addBlock(body, { from, to }, (text) => {
      const height =
        level === undefined ? levelOf(text, blocks.length === 0) : text.length > 140 ? 0 : level;
      return height > 0 ? `h${height}` : "p";
    });
  }
  for (const table of tables) addTable(table);
  extents.set(body, { from: 0, to: blocks.length });
  return {
    url,
    source,
    root,
    elements: ElementIndex.within(root),
    head: {
      title: undefined,
      meta: new Map(),
      links: [],
      jsonLd: [],
      base: undefined,
      language: undefined,
      refresh: undefined,
    },
    bulk: { titled: new Set(), most: new Set() },
    opened: new Set(),
    blocks,
    images: [],
    extent: (element) => extents.get(element) ?? { from: 0, to: 0 },
  };
}

type Range = { from: number; to: number };

const startOf = ({ rows }: TextTable): number => rows[0]?.[0]?.from ?? 0;
const endOf = ({ rows }: TextTable): number => rows.at(-1)?.at(-1)?.to ?? 0;

function addElement(parent: Element, name: string): Element {
  const element = new Element(name, {}, []);
  const last = parent.children.at(-1);
  if (last) {
    last.next = element;
    element.prev = last;
  }
  element.parent = parent;
  parent.children.push(element);
  return element;
}

const isLabelLine = (line: string): boolean =>
  /^\s*[^:.]{2,40}(?:\.{3,}|:)\s*\S/.test(line) && line.length < 160;
const isHeadingLine = (line: string): boolean =>
  line.trim().length < 100 &&
  ((/^\s*(?:\d{1,2}[.)]\s+\p{Lu}|[IVX]+\.\s+\p{Lu}|[A-Z]\.\s+\p{Lu})/u.test(line) &&
    !/[a-z]\.\s*$/.test(line)) ||
    (/\p{Lu}{3}/u.test(line) && !/\p{Ll}/u.test(line)));

/** A short line in capitals between two paragraphs, where the paper had a heading. */
function isTitleLine(line: string, before: string, after: string): boolean {
  const text = line.trim();
  if (text.length < 3 || text.length > 60 || /[.,;:!?]$/.test(text) || /^\d/.test(text))
    return false;
  if (before.trim() !== "" && !/[.!?"\u201d\f]\s*$/.test(before)) return false;
  if (!/^\s*["\u201c]?\p{Lu}/u.test(after) || after.trim().length < 30) return false;
  const words = text
    .split(/\s+/)
    .filter((word) => /\p{L}{3}/u.test(word) && !/^(?:and|for|the|with|from)$/.test(word));
  return words.length > 0 && words.every((word) => /^["(\u201c]?\p{Lu}|^\p{Ll}+\p{Lu}/u.test(word));
}

const withoutNumbers = (line: string): string => line.replace(/\d+/g, "").trim();

/** Lines that come again on page after page: its head and foot, whatever number they bear. */
function runningLines(lines: readonly string[]): ReadonlySet<string> {
  const pages = lines.filter((line) => line.includes("\f")).length + 1;
  if (pages < 4) return new Set();
  const counts = new Map<string, number>();
  for (const line of lines) {
    const key = withoutNumbers(line);
    if (key.length > 8 && key.length < 100) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count >= pages / 3).map(([key]) => key));
}

type Paragraph = Range & { level?: number };

/** Where paragraphs begin and end: at empty lines, label lines, headings and list marks; tables are left out. */
function paragraphsOf(source: string, { levels, tables }: PaperLayout): Paragraph[] {
  const found: Paragraph[] = [];
  const lines = source.split(/(?<=[\n\f])/);
  const running = runningLines(lines);
  const isRunning = (line: string | undefined) => running.has(withoutNumbers(line ?? ""));
  let open: Paragraph | undefined;
  let at = 0;
  const close = () => {
    if (open) found.push(open);
    open = undefined;
  };
  let nextTable = 0;
  for (const [index, line] of lines.entries()) {
    const end = at + line.length;
    const level = levels.get(at);
    while (tables[nextTable] && endOf(tables[nextTable]!) <= at) nextTable += 1;
    const table = tables[nextTable];
    if (table && at >= startOf(table) && at < endOf(table)) {
      close();
      at = end;
      continue;
    }
    const before = isRunning(lines[index - 1]) ? "" : (lines[index - 1] ?? "");
    // The head of every page belongs to no paragraph.
    if (line.trim() === "" || isRunning(line)) close();
    else if (level !== undefined) {
      // A heading may run over two lines of the paper.
      const above = open ?? found.at(-1);
      if (above?.level === level && above.to === at) above.to = end;
      else {
        close();
        found.push({ from: at, to: end, level });
      }
    } else if (isLabelLine(line) || isHeadingLine(line)) {
      close();
      found.push({ from: at, to: end });
    } else if (isTitleLine(line, before, lines[index + 1] ?? "")) {
      close();
      found.push({ from: at, to: end, level: 3 });
    } else {
      if (/^\s*[\u2022\u25cf*\u2013-]\s+\S/.test(line)) close();
      open = { from: open?.from ?? at, to: end };
    }
    at = end;
  }
  close();
  return found;
}

const levelOf = (text: string, isFirst: boolean): number => {
  if (isFirst && text.length < 120) return 1;
  return isHeadingLine(text) && !isLabelLine(text) ? 2 : 0;
};
