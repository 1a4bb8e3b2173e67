import {
  BadInput,
  columnOf,
  type Field,
  fieldOf,
  fields,
  InitiativeValues,
  isSetField,
} from "@waymark/domain";
import { CsvError, parse } from "csv-parse/sync";
import { z } from "zod";
import type { Config } from "./config.ts";
import { membersOf } from "./csv-file.ts";
import { readText } from "./file.ts";
import { count } from "./terminal.ts";

/** What else a mention's JSON holds, as `waymark read --json` prints it; comparisons do without. */
const besideFields = new Set([
  "id",
  "key",
  "role",
  "evidence",
  "contacts",
  "relations",
  "events",
  "grants",
  "signs",
]);

/** Whether an argument gives an effort's values rather than an id or a name. */
export const isGivenEffort = (text: string): boolean =>
  text === "-" || text.startsWith("{") || filePattern.test(text);

const filePattern = /\.(?:json|jsonl|csv)(?::\d+)?$/i;

/**
 * The values of an effort given as JSON, as `FILE.json`, `FILE.jsonl:3` or `FILE.csv:3` (the third one of the
 * file), or as `-` for JSON on stdin. A BadInput names what cannot be used.
 */
export function readGivenEffort(config: Config, text: string): InitiativeValues {
  if (text.startsWith("{")) return parseJson(text, "the JSON object");
  if (text === "-") return parseJson(readText(config, "/dev/stdin"), "stdin");
  const [, file = "", number] = /^(.*?)(?::(\d+))?$/.exec(text) ?? [];
  const wanted = number === undefined ? undefined : Number(number);
  const whole = readText(config, file);
  if (/csv$/i.test(file)) return valuesOf(nth(readCsv(whole, file), wanted, file), `${text}`);
  if (/jsonl$/i.test(file)) {
    const lines = whole.split("\n").filter((line) => line.trim() !== "");
    return parseJson(nth(lines, wanted, file), text);
  }
  return parseJson(whole, text);
}

/** The effort of a number from 1; without one the file must hold a single effort. */
function nth<T>(all: T[], number: number | undefined, file: string): T {
  if (all.length === 0) throw new BadInput(`${file} holds no effort`);
  if (number === undefined && all.length > 1) {
    throw new BadInput(`${file} holds ${all.length} efforts: say which, as in ${file}:1`);
  }
  const found = all[(number ?? 1) - 1];
  if (found === undefined) {
    throw new BadInput(
      `${file} holds ${count(all.length, "effort")}, so there is no ${file}:${number}`,
    );
  }
  return found;
}

function readCsv(text: string, file: string): { [column: string]: string }[] {
  try {
    return parse(text, { bom: true, columns: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new BadInput(`${file} is not CSV: ${error.message}`, { cause: error });
  }
}

function parseJson(text: string, where: string): InitiativeValues {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch (error) {
    throw new BadInput(`${where} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  if (typeof told !== "object" || told === null || Array.isArray(told)) {
    throw new BadInput(`${where} is not a JSON object such as {"name":"Lantern"}`);
  }
  return valuesOf(told as { [key: string]: unknown }, where);
}

/** Keys are the catalog's columns or fields; empty cells are "we do not know". */
export function valuesOf(told: { [key: string]: unknown }, where: string): InitiativeValues {
  const values: { [field: string]: unknown } = {};
  for (const [key, value] of Object.entries(told)) {
    const field = fieldOf(key) ?? fields.find((known) => known === key);
    if (field === undefined) {
      if (besideFields.has(key)) continue;
      throw new BadInput(
        `${where} has an unknown field "${key}"; the fields are ${fields.map(columnOf).join(", ")}`,
      );
    }
    if (value !== "" && value !== undefined) values[field] = inForm(field, value);
  }
  if (values.name === undefined) throw new BadInput(`${where} has no name: give it a "name"`);
  const parsed = InitiativeValues.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue!.path[0]) as Field;
  throw new BadInput(
    `${where}, ${columnOf(field)}: ${JSON.stringify(values[field])} cannot be used: ${z.prettifyError(parsed.error).split("\n")[0]!.replace(/^✖ /, "")}`,
    { cause: parsed.error },
  );
}

const inForm = (field: Field, value: unknown): unknown =>
  isSetField(field) && typeof value === "string" ? membersOf(value) : value;
