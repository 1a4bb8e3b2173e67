import { BadInput } from "@waymark/domain";
import { CsvError, parse } from "csv-parse/sync";

/** A sentence for each problem is enough to mend a file; a broken one has thousands. */
const problemsMax = 20;

/** One row of a file: its cells by column, and how to say what is wrong with one. */
export type CsvRow = {
  line: number;
  cellOf: (column: string) => string;
  say: (column: string, value: string, words: string) => void;
};

/**
 * Reads every row of a file whose first line names these columns, in any order: exactly these, or, where
 * some are said to be needed, at least those, and others that are passed over. What `read` says of cells is
 * gathered, and a BadInput names line, column and value of all that cannot be used.
 */
export function readRows<Row>(
  {
    text,
    file,
    columns: known,
    needed,
  }: { text: string; file: string; columns: readonly string[]; needed?: readonly string[] },
  read: (row: CsvRow) => Row,
): Row[] {
  const [head, ...records] = readRecords(text, file);
  if (!head) throw new BadInput(`${file} is empty; its first line names ${known.join(",")}`);
  const columns = head.cells.map((cell) => cell.trim());
  checkColumns(needed ? columns.filter((column) => known.includes(column)) : columns, {
    known,
    needed: needed ?? known,
    file,
  });
  const problems: string[] = [];
  const rows: Row[] = [];
  for (const { cells, line } of records) {
    if (cells.length !== columns.length) {
      problems.push(
        `${file} line ${line} has ${cells.length} cells where the first line names ${columns.length} columns; a cell that holds a comma or a line break stands in double quotes`,
      );
      continue;
    }
    const row: CsvRow = {
      line,
      cellOf: (column) => cells[columns.indexOf(column)]?.trim() ?? "",
      say: (column, value, words) => {
        problems.push(`${file} line ${line}, column ${column}: "${value}" ${words}`);
      },
    };
    rows.push(read(row));
  }
  if (problems.length > 0) throw new BadInput(listProblems(problems));
  return rows;
}

/** Between the members of a set in one cell. */
export const separator = " | ";

/** The members of a cell that holds a set. */
export const membersOf = (cell: string): string[] =>
  cell.split(separator.trim()).flatMap((member) => member.trim() || []);

/** Problems as one message, the first of many only. */
export const listProblems = (problems: string[]): string =>
  problems.length <= problemsMax
    ? problems.join("\n")
    : `${problems.slice(0, problemsMax).join("\n")}\n… and ${problems.length - problemsMax} more`;

/** The columns that the first line of a file names besides the known ones. */
export const otherColumns = (text: string, file: string, known: readonly string[]): string[] =>
  (readRecords(text, file)[0]?.cells ?? [])
    .map((cell) => cell.trim())
    .filter((column) => !known.includes(column));

/** The cells of one row, and the line that it begins on. */
export type FileRecord = { cells: string[]; line: number };

/** The rows of a CSV file as they are; a BadInput tells the line where it is none. */
export function readRecords(text: string, file: string, delimiter = ","): FileRecord[] {
  try {
    const records = parse<{ record: string[]; info: { lines: number } }>(text, {
      bom: true,
      delimiter,
      info: true,
      columns: false,
      relax_column_count: true,
      skip_empty_lines: true,
    } as never);
    // The library tells the line a record ends on; its cells may hold line breaks.
    return records.map(({ record, info }) => ({
      cells: record,
      line: info.lines - record.reduce((sum, cell) => sum + cell.split(/\r\n|\n|\r/).length - 1, 0),
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadInput(`${file} line ${error.lines} is not CSV: ${error.message}`, {
      cause: error,
    });
  }
}

function checkColumns(
  columns: string[],
  { known, needed, file }: { known: readonly string[]; needed: readonly string[]; file: string },
): void {
  const missing = needed.filter((column) => !columns.includes(column));
  const problems = [
    ...columns
      .filter((column) => !known.includes(column))
      .map((column) => `has an unknown column "${column}"`),
    ...(missing.length > 0
      ? [`lacks the column${missing.length > 1 ? "s" : ""} "${missing.join('", "')}"`]
      : []),
    ...columns
      .filter((column, index) => columns.indexOf(column) !== index)
      .map((column) => `names the column "${column}" twice`),
  ];
  if (problems.length === 0) return;
  throw new BadInput(
    `${file} line 1 ${problems.join(", and ")}; the columns are ${known.join(",")}`,
  );
}
