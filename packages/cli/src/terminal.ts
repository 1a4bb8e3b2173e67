import { styleText } from "node:util";

/** Prints a line of results. */
export function print(line = ""): void {
  process.stdout.write(`${line}\n`);
}

/** Prints what a person should know beside the results. */
export function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Prints something for a program to read: one line of JSON. */
export const printJson = (value: unknown): void => print(JSON.stringify(value));

/** A heading or name; plain where stdout has no colors or `NO_COLOR` is set. */
export const strong = (text: string): string => styleText("bold", text);

/** What may be read past. */
export const faint = (text: string): string => styleText("dim", text);

/** Prints rows in aligned columns under their headings; the last column takes what room there is. */
export function printTable(heads: string[], rows: string[][]): void {
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const room = process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY;
  const before = widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0);
  const align = (row: string[]): string =>
    row
      .map((cell, column) =>
        column < row.length - 1 ? cell.padEnd(widths[column]!) : cut(cell, room - before),
      )
      .join("  ")
      .trimEnd();
  print(strong(align(heads)));
  for (const row of rows) print(align(row));
}

/** A text on one line, cut where it would be longer than that. */
export function cut(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ");
  return line.length > length ? `${line.slice(0, Math.max(1, length - 1))}…` : line;
}

/** `1 page`, `3 pages`. */
export const count = (n: number, one: string, many = `${one}s`): string =>
  `${n} ${n === 1 ? one : many}`;

/** A moment as people write it, in this machine's time zone: `2026-03-01 02:00`. */
export function when(at: Date | undefined): string {
  if (!at) return "–";
  const two = (n: number): string => String(n).padStart(2, "0");
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}`;
}
