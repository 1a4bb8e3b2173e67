import { meaningOf } from "../values/label-meaning.ts";
import { cutLine, isLevel, type PdfLine } from "./pdf-lines.ts";

/** A table on a page: its rows of cells, the header first; a cell is the lines that stand in it. */
export type PdfTable = { rows: PdfLine[][][]; lines: ReadonlySet<PdfLine> };

/**
 * Finds tables by their header: labels that stand beside each other, of which we know at least one, and below
 * them lines that begin where the labels do. Each line belongs to the column it begins in.
 */
export function findTables(lines: readonly PdfLine[]): PdfTable[] {
  const tables: PdfTable[] = [];
  const used = new Set<PdfLine>();
  for (const line of lines) {
    if (used.has(line)) continue;
    const header = headerAt(lines, line, used);
    const table = header && readTable(lines, header, used);
    if (!table) continue;
    tables.push(table);
    for (const one of table.lines) used.add(one);
  }
  return tables;
}

function headerAt(
  lines: readonly PdfLine[],
  line: PdfLine,
  used: ReadonlySet<PdfLine>,
): PdfLine[] | undefined {
  if (line.text.length > labelMax || !meaningOf(line.text)) return undefined;
  const header = lines
    .filter((one) => !used.has(one) && isLevel(one, line))
    .sort((a, b) => a.x - b.x);
  return header.length >= 2 && header.every(({ text }) => text.length <= labelMax)
    ? header
    : undefined;
}

const labelMax = 48;

function readTable(
  lines: readonly PdfLine[],
  header: readonly PdfLine[],
  used: ReadonlySet<PdfLine>,
): PdfTable | undefined {
  const top = header[0]!;
  const places = header.map(({ x }) => x);
  const below = lines
    .filter((line) => !used.has(line) && line.y < top.y && !isLevel(line, top))
    .flatMap((line) => cutLine(line, places).map((part) => ({ part, line })))
    .sort((a, b) => b.part.y - a.part.y || a.part.x - b.part.x);
  const columnOf = (line: PdfLine) =>
    header.findLastIndex((label) => line.x >= label.x - label.size);
  const levels: PdfLine[][] = [];
  const taken = new Set<PdfLine>(header);
  let last = top;
  for (const { part: line, line: whole } of below) {
    const column = columnOf(line);
    const next = header[column + 1];
    // What begins left of the table, runs across its columns or stands far below is no part of it.
    if (column < 0 || last.y - line.y > line.size * gapMax) break;
    if (next && line.x + line.width > next.x + line.size * 2) break;
    if (isLevel(last, line) && levels.length > 0) levels.at(-1)!.push(line);
    else levels.push([line]);
    taken.add(whole);
    last = line;
  }
  const rows: PdfLine[][][] = [];
  for (const level of levelsOfRows(levels, columnOf)) {
    const row = header.map(() => [] as PdfLine[]);
    for (const line of level) row[columnOf(line)]!.push(line);
    rows.push(row);
  }
  if (rows.filter((row) => row.filter((cell) => cell.length > 0).length >= 2).length < 2)
    return undefined;
  return { rows: [header.map((label) => [label]), ...rows], lines: taken };
}

const sum = /^(?:[A-Z]{0,3}\s?[$\u20ac\u00a3]|[A-Z]{1,3}\s)?\s?\d[\d,. ]*$/;

/** Rows stand no further apart than this many times their letters. */
const gapMax = 5;

/**
 * Gathers baselines into rows. Where some stand further apart than others, the wide gaps part rows; where all
 * are alike, each that begins in the first column and goes on in another is a row of its own. So is each that
 * holds a sum.
 */
function levelsOfRows(levels: PdfLine[][], columnOf: (line: PdfLine) => number): PdfLine[][] {
  const gaps = levels.slice(1).map((level, index) => levels[index]![0]!.y - level[0]!.y);
  const least = Math.min(...gaps.slice(0, 10_000));
  const hasWide = gaps.some((gap) => gap > least * 1.3);
  const rows: PdfLine[][] = [];
  for (const [index, level] of levels.entries()) {
    const columns = new Set(level.map(columnOf));
    const isFar = hasWide && index > 0 && gaps[index - 1]! > least * 1.3;
    const isWhole = !hasWide && columns.has(0) && columns.size >= 2;
    // Sums stand in one line, whatever breaks beside them.
    const hasSum = columns.size >= 2 && level.some(({ text }) => sum.test(text));
    if (isFar || isWhole || hasSum || rows.length === 0) rows.push([...level]);
    else rows.at(-1)!.push(...level);
  }
  return rows;
}
