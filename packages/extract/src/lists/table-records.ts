import { type Element, isTag, type ParentNode } from "domhandler";
import type { Page } from "../page/page.ts";
import type { Column } from "../values/describe.ts";
import { whole, wordsOf } from "../values/finding.ts";
import { type LabelMeaning, meaningOf } from "../values/label-meaning.ts";
import { hrefOf, nameOf } from "./record-name.ts";
import type { RecordGroup } from "./records.ts";

/** Tables with a header row: a record a row, its cells under what their column is called. */
export const tableGroups = (page: Page): RecordGroup[] =>
  page.elements.named("table").flatMap((table) => readTable(page, table) ?? []);

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

/** The rows of all tables with a header row, whatever they list, as cells under their columns' meanings. */
export function labelledRows(page: Page): Column[][] {
  return page.elements.named("table").flatMap((table) => {
    const header = readHeader(page, table);
    if (!header) return [];
    return header.rows.map((row) =>
      cellsOf(row).flatMap((cell, index): Column[] => {
        const meaning = header.meanings[index];
        const values = blocksOf(page, cell)
          .filter(({ place }) => place === "main")
          .map(whole);
        return meaning && values.length > 0 ? [{ meaning, values }] : [];
      }),
    );
  });
}

function blocksOf(page: Page, element: Element): Page["blocks"] {
  const { from, to } = page.extent(element);
  return page.blocks.slice(from, to);
}

type Header = {
  rows: Element[];
  width: number;
  labels: string[];
  meanings: (LabelMeaning | undefined)[];
};

/** What the columns of a table are called, and the rows below; undefined without a header row. */
function readHeader(page: Page, table: Element): Header | undefined {
  const [header, ...rows] = rowsOf(table);
  if (!header || rows.length === 0) return undefined;
  const headerCells = cellsOf(header);
  const blocksIn = (element: Element) => blocksOf(page, element);
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
  return isHeader
    ? { rows, width: headerCells.length, labels, meanings: labels.map(meaningOf) }
    : undefined;
}

function readTable(page: Page, table: Element): RecordGroup | undefined {
  const header = readHeader(page, table);
  if (!header) return undefined;
  const { labels, meanings } = header;
  const blocksIn = (element: Element) => blocksOf(page, element);
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
  const records = header.rows.flatMap((row) => {
    const cells = cellsOf(row);
    const nameCell = cells[nameColumn];
    if (!nameCell || cells.length < 2 || cells.length > header.width) return [];
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
