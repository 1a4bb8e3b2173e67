import { isLevel, joinLines, type PdfItem, type PdfLine } from "./pdf-lines.ts";
import { findTables, type PdfTable } from "./pdf-tables.ts";

/** Where a piece of a PDF's text stands: on which page, and there in points from the lower left corner. */
export type PdfPlace = { page: number; x: number; y: number; width: number; height: number };

/** A line of a PDF's text: where it stands in the text and on the paper; its height is its letters' size. */
export type PlacedLine = PdfPlace & { from: number; to: number };

/** A table as ranges of the text: rows of cells, the header first. */
export type TextTable = { rows: { from: number; to: number }[][] };

/** Writes the text of a PDF page by page, and keeps where each line of it came from. */
export class PdfTextWriter {
  readonly lines: PlacedLine[] = [];
  readonly tables: TextTable[] = [];
  length = 0;
  /** Joined when it is asked for: looking into a text that still grows would copy it each time. */
  readonly #pieces: string[] = [];
  #page = 0;

  get text(): string {
    return this.#pieces.join("");
  }

  /** Adds a page: lines in the order of the PDF, tables row by row, numbers of pages left out. */
  add(items: readonly PdfItem[]): void {
    this.#page += 1;
    if (this.#page > 1) this.#put("\n\f\n");
    const lines = withoutPageNumber(joinLines(items));
    const tableOf = new Map(
      findTables(lines).flatMap((table) => [...table.lines].map((line) => [line, table] as const)),
    );
    const written = new Set<PdfTable>();
    let before: PdfLine | undefined;
    for (const line of lines) {
      const table = tableOf.get(line);
      if (!table) {
        if (before) this.#goOn(before, line);
        this.#write(line);
        before = line;
      } else if (!written.has(table)) {
        if (before) this.#put("\n\n");
        this.#writeTable(table);
        written.add(table);
        before = undefined;
      }
    }
  }

  #put(piece: string): void {
    this.#pieces.push(piece);
    this.length += piece.length;
  }

  /** What stands between two lines: nothing where a word was broken, an empty line between paragraphs. */
  #goOn(before: PdfLine, line: PdfLine): void {
    if (/\p{Ll}-$/u.test(before.text) && /^\p{Ll}/u.test(line.text)) {
      this.#pieces.push(this.#pieces.pop()!.slice(0, -1));
      this.length -= 1;
      this.lines.at(-1)!.to -= 1;
    } else if (isLevel(before, line) && line.x > before.x) {
      this.#put("\t");
    } else {
      const isFar = before.y - line.y > Math.max(before.size, line.size) * paragraphGap;
      this.#put(isFar ? "\n\n" : "\n");
    }
  }

  #write({ text, x, y, width, size }: PdfLine): void {
    const from = this.length;
    this.#put(text);
    this.lines.push({ page: this.#page, x, y, width, height: size, from, to: this.length });
  }

  #writeTable({ rows }: PdfTable): void {
    const table: TextTable = { rows: [] };
    for (const row of rows) {
      const cells = row.map((cell) => {
        const from = this.length;
        for (const [index, line] of cell.entries()) {
          if (index > 0) this.#put(" ");
          this.#write(line);
        }
        const range = { from, to: this.length };
        this.#put("\t");
        return range;
      });
      table.rows.push(cells);
      this.#put("\n");
    }
    this.#put("\n");
    this.tables.push(table);
  }
}

/** Lines of one paragraph stand no further apart than this many times their letters. */
const paragraphGap = 2.2;

function withoutPageNumber(lines: readonly PdfLine[]): PdfLine[] {
  const heights = lines.map(({ y }) => y);
  const ends = [
    heights.reduce((a, b) => Math.max(a, b), 0),
    heights.reduce((a, b) => Math.min(a, b), 1e9),
  ];
  return lines.filter(
    ({ text, y }) =>
      text !== "" && !(ends.includes(y) && /^(?:page\s+)?\d{1,4}(?:\s+of\s+\d{1,4})?$/i.test(text)),
  );
}

/** How high the headings of a PDF stand: by the size of their letters, where most of the text is smaller. */
export function headingLevels(text: string, lines: readonly PlacedLine[]): Map<number, number> {
  const lengths = new Map<number, number>();
  for (const { height, from, to } of lines)
    lengths.set(sizeKey(height), (lengths.get(sizeKey(height)) ?? 0) + to - from);
  const total = lines.reduce((sum, { from, to }) => sum + to - from, 0);
  const body = [...lengths].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
  // Letters that a tenth of the text is written in are not for headings.
  const large = [...lengths]
    .filter(([size, length]) => size >= body * 1.15 && length < total / 10)
    .map(([size]) => size)
    .sort((a, b) => b - a);
  const levels = new Map<number, number>();
  for (const { from, to, height } of lines) {
    const rank = large.indexOf(sizeKey(height));
    const line = text.slice(from, to);
    if (rank >= 0 && to - from < headingMax && !/[.,;]$/.test(line) && /\p{L}{2}/u.test(line))
      levels.set(from, Math.min(2 + rank, 6));
  }
  return levels;
}

const headingMax = 120;
const sizeKey = (size: number): number => Math.round(size * 2) / 2;
