import {
  BadInput,
  columnOf,
  type Field,
  fieldOf,
  fields,
  HttpUrl,
  InitiativeId,
  InitiativeKind,
  InitiativeStatus,
  type InitiativeValues,
  isSetField,
  PartialDate,
} from "@waymark/domain";
import type { CatalogRow } from "@waymark/pipeline";
import { CsvError, parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";

/** The columns of a catalog file, in the order in which it is written. */
export const catalogColumns = ["id", ...fields.map(columnOf)];

/** Between the members of a set. */
const separator = " | ";

/** A sentence for each problem is enough to mend a file; a broken one has thousands. */
const problemsMax = 20;

/**
 * The rows of a catalog file. Columns may stand in any order; an empty cell is "we do not know". A
 * BadInput names line, column and value of everything that cannot be used.
 */
export function parseCatalog(text: string, file: string): CatalogRow[] {
  const [head, ...records] = readRecords(text, file);
  if (!head)
    throw new BadInput(`${file} is empty; its first line names ${catalogColumns.join(",")}`);
  const columns = head.cells.map((cell) => cell.trim());
  checkColumns(columns, file);
  const problems: string[] = [];
  const lineOf = new Map<string, number>();
  const rows: CatalogRow[] = [];
  for (const { cells, line } of records) {
    const say = (column: string, value: string, words: string): void => {
      problems.push(`${file} line ${line}, column ${column}: "${value}" ${words}`);
    };
    if (cells.length !== columns.length) {
      problems.push(
        `${file} line ${line} has ${cells.length} cells where the first line names ${columns.length} columns; a cell that holds a comma or a line break stands in double quotes`,
      );
      continue;
    }
    const cellOf = (column: string): string => cells[columns.indexOf(column)]!.trim();
    const id = cellOf("id");
    if (!InitiativeId.safeParse(id).success) say("id", id, "is not an id of 1 to 100 characters");
    else if (lineOf.has(id)) say("id", id, `stands on line ${lineOf.get(id)} already`);
    else lineOf.set(id, line);
    const values = readValues(cellOf, say);
    rows.push({ id, ...values } as CatalogRow);
  }
  if (problems.length > 0) throw new BadInput(listProblems(problems));
  return rows;
}

/** A catalog as a file, by the same columns. */
export function writeCatalog(entries: { id: string; values: InitiativeValues }[]): string {
  return stringify(
    entries.map(({ id, values }) => [
      id,
      ...fields.map((field) => {
        const value = values[field];
        return Array.isArray(value) ? value.join(separator) : (value ?? "");
      }),
    ]),
    { header: true, columns: catalogColumns },
  );
}

/** Problems as one message, the first of many only. */
export const listProblems = (problems: string[]): string =>
  problems.length <= problemsMax
    ? problems.join("\n")
    : `${problems.slice(0, problemsMax).join("\n")}\n… and ${problems.length - problemsMax} more`;

type FileRecord = { cells: string[]; line: number };

function readRecords(text: string, file: string): FileRecord[] {
  try {
    const records = parse<{ record: string[]; info: { lines: number } }>(text, {
      bom: true,
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

function checkColumns(columns: string[], file: string): void {
  const missing = catalogColumns.filter((column) => !columns.includes(column));
  const problems = [
    ...columns
      .filter((column) => !catalogColumns.includes(column))
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
    `${file} line 1 ${problems.join(", and ")}; the columns are ${catalogColumns.join(",")}`,
  );
}

/** What a cell of a column must be, and how to say that it is not. */
const rules: { [field in Field]?: { schema: z.ZodType; words: string } } = {
  name: { schema: z.string().min(1).max(400), words: "is not a name of 1 to 400 characters" },
  url: { schema: HttpUrl, words: "is not an http or https address" },
  kind: { schema: InitiativeKind, words: `is not one of ${InitiativeKind.options.join(", ")}` },
  status: {
    schema: InitiativeStatus,
    words: `is not one of ${InitiativeStatus.options.join(", ")}`,
  },
  start: { schema: PartialDate, words: "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD" },
  end: { schema: PartialDate, words: "is not a date; write YYYY, YYYY-MM or YYYY-MM-DD" },
};

function readValues(
  cellOf: (column: string) => string,
  say: (column: string, value: string, words: string) => void,
): Partial<InitiativeValues> {
  const values: { [field: string]: string | string[] } = {};
  for (const column of catalogColumns) {
    const field = fieldOf(column);
    if (!field) continue;
    const cell = cellOf(column);
    const rule = rules[field];
    if (cell === "" && field !== "name") continue;
    if (rule && !rule.schema.safeParse(cell).success) say(column, cell, rule.words);
    values[field] = isSetField(field)
      ? cell.split(separator.trim()).flatMap((member) => member.trim() || [])
      : cell;
  }
  return values;
}
