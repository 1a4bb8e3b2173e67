import { BadInput } from "@waymark/domain";
import type { Table } from "@waymark/pipeline";
import type { Config } from "./config.ts";
import { type FileRecord, listProblems, readRecords } from "./csv-file.ts";
import { readText } from "./file.ts";

export type TableFile = {
  file: string;
  table: Table;
  /** The column that the rows' ids came from; undefined where they are the numbers of the rows. */
  idColumn: string | undefined;
};

/**
 * Reads a CSV file of any columns, with commas, semicolons, tabs or bars between its cells. Rows are named by
 * the column `id`; by default by the one of that name, else by the first column where it numbers them, else by
 * their place. A BadInput tells what is wrong with a file and on which line.
 */
export function readTableFile(
  config: Config,
  file: string,
  { id, columns: wanted }: { id?: string | undefined; columns?: string[] | undefined },
): TableFile {
  const text = readText(config, file);
  const [head, ...records] = readRecords(text, file, delimiterOf(text));
  if (!head) throw new BadInput(`${file} is empty; its first line names the columns`);
  const columns = head.cells.map((cell) => cell.trim());
  checkHeading(columns, file);
  checkWidths(records, columns.length, file);
  if (records.length === 0) throw new BadInput(`${file} has a heading and no row below it`);
  const idColumn =
    id ??
    columns.find((column) => column.toLowerCase() === "id") ??
    numberedColumn(columns, records);
  for (const column of [...(id ? [id] : []), ...(wanted ?? [])]) {
    if (columns.includes(column)) continue;
    throw new BadInput(`${file} has no column "${column}"; its columns are ${columns.join(", ")}`);
  }
  const compared = (wanted ?? columns).filter((column) => column !== idColumn);
  if (compared.length === 0) {
    throw new BadInput(`${file} has no column to compare beside "${idColumn}"`);
  }
  const idAt = idColumn === undefined ? -1 : columns.indexOf(idColumn);
  const places = compared.map((column) => columns.indexOf(column));
  const rows = records.map(({ cells }, index) => ({
    id: idAt < 0 ? String(index + 1) : cells[idAt]!.trim(),
    cells: places.map((place) => cells[place]!.trim()),
  }));
  checkIds(
    rows.map((row, index) => ({ id: row.id, line: records[index]!.line })),
    { file, column: idColumn },
  );
  return { file, table: { columns: compared, rows }, idColumn };
}

/** The first column, where each of its cells is another code or number. */
function numberedColumn(columns: string[], records: FileRecord[]): string | undefined {
  const cells = records.map((record) => record.cells[0]?.trim() ?? "");
  const areCodes = cells.every((cell) => /^[\p{L}\d_./-]*\d[\p{L}\d_./-]*$/u.test(cell));
  return areCodes && columns.length > 1 && new Set(cells).size === cells.length
    ? columns[0]
    : undefined;
}

/** The sign that the first line has most of; a comma where it has none. */
function delimiterOf(text: string): string {
  const [line = ""] = text.split(/\r?\n/, 1);
  const unquoted = line.replace(/"[^"]*"/g, "");
  const counted = [",", ";", "\t", "|"].map((sign) => ({ sign, n: unquoted.split(sign).length }));
  return counted.reduce((best, one) => (one.n > best.n ? one : best)).sign;
}

/** A first line of data would be taken for names, and its row be lost. */
function checkHeading(columns: string[], file: string): void {
  const twice = columns.find((column, index) => columns.indexOf(column) !== index && column !== "");
  const number = columns.find((column) => /^[\d.,]+$/.test(column));
  const problem =
    twice !== undefined
      ? `names the column "${twice}" twice`
      : columns.includes("")
        ? `leaves the name of column ${columns.indexOf("") + 1} empty`
        : number !== undefined
          ? `has "${number}" where the name of a column belongs`
          : undefined;
  if (!problem) return;
  throw new BadInput(
    `${file} line 1 ${problem}: the first line gives every column a name of its own`,
  );
}

function checkWidths(records: FileRecord[], width: number, file: string): void {
  const problems = records
    .filter(({ cells }) => cells.length !== width)
    .map(
      ({ cells, line }) =>
        `${file} line ${line} has ${cells.length} cells where the first line names ${width} columns; a cell that holds the sign between cells stands in double quotes`,
    );
  if (problems.length > 0) throw new BadInput(listProblems(problems));
}

function checkIds(
  rows: { id: string; line: number }[],
  { file, column }: { file: string; column: string | undefined },
): void {
  const lineOf = new Map<string, number>();
  const problems: string[] = [];
  for (const { id, line } of rows) {
    const where = `${file} line ${line}, column ${column}`;
    if (id === "") problems.push(`${where}: the id is empty`);
    else if (lineOf.has(id)) {
      problems.push(`${where}: the id "${id}" stands on line ${lineOf.get(id)} already`);
    } else lineOf.set(id, line);
  }
  if (problems.length === 0) return;
  throw new BadInput(
    `${listProblems(problems)}\n--id names another column whose cells are all different`,
  );
}
