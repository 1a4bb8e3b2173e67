import { BadInput } from "@waymark/domain";
import type { Table } from "@waymark/pipeline";
import type { Config } from "./config.ts";
import { listProblems, readRecords } from "./csv-file.ts";
import { readText } from "./file.ts";

/** Two rows by their places counted through both tables, and what a person said of them. */
export type RowLabel = { left: number; right: number; isSame: boolean };

const same = new Set(["1", "same", "yes", "true", "match"]);
const different = new Set(["0", "different", "no", "false", "non-match"]);

/**
 * Reads labelled pairs: the first column has an id of the first table, the second one of the second (of a
 * single table both of it), the third says `same` or `different`, or 1 or 0. A BadInput names every line that cannot be used.
 */
export function readLabelFile(config: Config, file: string, tables: Table[]): RowLabel[] {
  const [head, ...records] = readRecords(readText(config, file), file);
  if (!head || records.length === 0) {
    throw new BadInput(`${file} holds no labelled pair; a line is left,right,same or different`);
  }
  const [first, second = first!] = tables;
  const placesOf = (table: Table, from: number) =>
    new Map(table.rows.map(({ id }, place) => [id, from + place]));
  const lefts = placesOf(first!, 0);
  const rights = placesOf(second, tables.length > 1 ? first!.rows.length : 0);
  const problems: string[] = [];
  const labels = records.flatMap(({ cells, line }): RowLabel[] => {
    const [one = "", other = "", label = ""] = cells.map((cell) => cell.trim());
    const [left, right] = [lefts.get(one), rights.get(other)];
    const say = (words: string) => problems.push(`${file} line ${line}: ${words}`);
    if (left === undefined) say(`no row of the first table has the id "${one}"`);
    if (right === undefined)
      say(`no row of the ${tables.length > 1 ? "second " : ""}table has the id "${other}"`);
    const isSame = same.has(label.toLowerCase());
    if (!isSame && !different.has(label.toLowerCase())) {
      say(`"${label}" is neither same (1) nor different (0)`);
    }
    if (left === undefined || right === undefined) return [];
    if (left === right) say(`the row "${one}" is held against itself`);
    return [{ left, right, isSame }];
  });
  if (problems.length > 0) throw new BadInput(listProblems(problems));
  return labels;
}
