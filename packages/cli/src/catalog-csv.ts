import {
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
import type { CatalogRow, MatchedRow } from "@waymark/pipeline";
import { stringify } from "csv-stringify/sync";
import { z } from "zod";
import { type CsvRow, membersOf, readRows, separator } from "./csv-file.ts";

/** The columns of a catalog file, in the order in which it is written. */
export const catalogColumns = ["id", ...fields.map(columnOf)];

/**
 * The rows of a catalog file. Columns may stand in any order; an empty cell is "we do not know". A
 * BadInput names line, column and value of everything that cannot be used.
 */
export function parseCatalog(text: string, file: string): CatalogRow[] {
  const lineOf = new Map<string, number>();
  return readRows({ text, file, columns: catalogColumns }, (row) => {
    const id = row.cellOf("id");
    checkId(row, id, lineOf);
    return { id, ...readValues(row) } as CatalogRow;
  });
}

/**
 * The rows of a file that is matched with the catalog: only names are needed, ids may be missing or
 * somebody else's, and columns that the catalog does not have are passed over.
 */
export function parseMatchedRows(text: string, file: string): MatchedRow[] {
  const lineOf = new Map<string, number>();
  return readRows({ text, file, columns: catalogColumns, needed: ["name"] }, (row) => {
    const id = row.cellOf("id");
    if (id !== "") checkId(row, id, lineOf);
    return {
      line: row.line,
      id: id === "" ? undefined : id,
      values: readValues(row) as InitiativeValues,
    };
  });
}

function checkId({ line, say }: CsvRow, id: string, lineOf: Map<string, number>): void {
  if (!InitiativeId.safeParse(id).success) say("id", id, "is not an id of 1 to 100 characters");
  else if (lineOf.has(id)) say("id", id, `stands on line ${lineOf.get(id)} already`);
  else lineOf.set(id, line);
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

function readValues({ cellOf, say }: CsvRow): Partial<InitiativeValues> {
  const values: { [field: string]: string | string[] } = {};
  for (const column of catalogColumns) {
    const field = fieldOf(column);
    if (!field) continue;
    const cell = cellOf(column);
    const rule = rules[field];
    if (cell === "" && field !== "name") continue;
    if (rule && !rule.schema.safeParse(cell).success) say(column, cell, rule.words);
    values[field] = isSetField(field) ? membersOf(cell) : cell;
  }
  return values;
}
