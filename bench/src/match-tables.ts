import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { BadInput, emptyKnowledge, InitiativeValues, type Knowledge } from "@waymark/domain";
import { countWords, type Table } from "@waymark/match";
import type { Record } from "@waymark/normalize";
import { readCsv } from "./read-csv.ts";
import { readText } from "./read-lines.ts";

/** Two rows by their places in both tables, those of the right one counted on from the left one's. */
type LabelledRows = { left: number; right: number; isSame: boolean };

/** A public matching set: two tables and labelled pairs of their rows, in the DeepMatcher layout. */
export type PairSet = {
  name: string;
  left: Table;
  right: Table;
  splits: { [split: string]: LabelledRows[] };
  /** Every true pair of the whole tables, where the set tells them (`gt.csv`). */
  truth: { left: number; right: number }[] | undefined;
};

/** The sets of a folder: the folder itself, or each folder in it that has two tables. */
export function findPairSets(folder: string): string[] {
  const isSet = (path: string) => existsSync(join(path, "tableA.csv"));
  if (isSet(folder)) return [folder];
  if (!existsSync(folder)) throw new BadInput(`there is no folder ${folder}`);
  return readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
    .filter(isSet);
}

/** Reads a set; `id` names the rows, and what the other columns hold is for the matcher to see. */
export function readPairSet(folder: string): PairSet {
  const [left, right] = [readTable(folder, "tableA.csv"), readTable(folder, "tableB.csv")];
  const placesOf = createPlaces(folder, left, right);
  const splits = Object.fromEntries(
    ["train", "valid", "test"]
      .filter((split) => existsSync(join(folder, `${split}.csv`)))
      .map((split) => [
        split,
        readCsv(readText(join(folder, `${split}.csv`))).map(({ ltable_id, rtable_id, label }) => ({
          ...placesOf(ltable_id!, rtable_id!),
          isSame: label === "1",
        })),
      ]),
  );
  const truthFile = join(folder, "gt.csv");
  const truth = existsSync(truthFile)
    ? readTruth(readText(truthFile)).map(([one, other]) => placesOf(one, other))
    : undefined;
  return { name: basename(folder), left, right, splits, truth };
}

function readTable(folder: string, file: string): Table {
  const rows = readCsv(readText(join(folder, file)));
  const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== "id");
  return {
    columns,
    rows: rows.map((row) => ({
      id: row.id!,
      cells: columns.map((column) => row[column]!.trim()),
    })),
  };
}

function createPlaces(folder: string, left: Table, right: Table) {
  const places = [left, right].map(({ rows }) => new Map(rows.map(({ id }, place) => [id, place])));
  return (one: string, other: string): { left: number; right: number } => {
    const [leftPlace, rightPlace] = [places[0]!.get(one), places[1]!.get(other)];
    if (leftPlace === undefined || rightPlace === undefined) {
      throw new BadInput(`${folder} names the pair ${one}, ${other}, which its tables do not have`);
    }
    return { left: leftPlace, right: left.rows.length + rightPlace };
  };
}

/** Pairs of ids under a heading; what stands between the two differs from set to set. */
export function readTruth(text: string): [string, string][] {
  const [head = "", ...lines] = text.trim().split(/\r?\n/);
  const between = /[%|#,;\t]/.exec(head)?.[0] ?? ",";
  return lines.map((line) => {
    const [one = "", other = ""] = line.split(between).map((id) => id.trim());
    return [one, other];
  });
}

/** What the matcher may know of a set without labels: how often its records hold each word. */
export function knowledgeOf(records: Record[]): Knowledge {
  return {
    ...emptyKnowledge,
    version: "bench",
    wordCounts: Object.fromEntries(countWords(records)),
    documentCount: records.length,
  };
}

/** One reading of columns for all sets: what a product, a paper and an initiative have in common. */
export function toValues(row: { [column: string]: string }): InitiativeValues {
  const told = (...columns: string[]) =>
    columns.map((column) => row[column]?.trim()).find((cell) => cell !== undefined && cell !== "");
  const [name, description, lead] = [
    told("name", "title"),
    told("description"),
    told("manufacturer", "brand"),
  ];
  const people = told("authors");
  const year = told("year")?.match(/^\d{4}$/)?.[0];
  return InitiativeValues.parse({
    name: (name ?? `row ${row.id}`).slice(0, 400),
    ...(description && { description }),
    ...(lead && { leadOrganization: lead }),
    ...(people && { partners: people.split(/\s*,\s*/).filter(Boolean) }),
    ...(year && { start: year }),
  });
}
