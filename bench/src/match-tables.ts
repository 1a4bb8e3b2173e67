import { existsSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { BadInput, emptyKnowledge, InitiativeValues, type Knowledge } from "@waymark/domain";
import { countWords } from "@waymark/match";
import { type Record, toRecord } from "@waymark/normalize";
import { readCsv } from "./read-csv.ts";
import { readText } from "./read-lines.ts";

export type LabelledPair = { left: string; right: string; isSame: boolean };

/** A public matching set: two tables and labelled pairs of their rows, in the DeepMatcher layout. */
export type PairSet = {
  name: string;
  left: Map<string, Record>;
  right: Map<string, Record>;
  knowledge: Knowledge;
  splits: { [split: string]: LabelledPair[] };
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

/** Reads a set. The knowledge of both tables is all that the matcher is told. */
export function readPairSet(folder: string): PairSet {
  const rows = (file: string) => readCsv(readText(join(folder, file)));
  const [tableA, tableB] = [rows("tableA.csv"), rows("tableB.csv")];
  const plain = [...tableA, ...tableB].map((row) => toRecord(toValues(row), emptyKnowledge));
  const knowledge = knowledgeOf(plain);
  const records = (table: { [column: string]: string }[]) =>
    new Map(table.map((row) => [row.id!, toRecord(toValues(row), knowledge)]));
  const splits = Object.fromEntries(
    ["train", "valid", "test"]
      .filter((split) => existsSync(join(folder, `${split}.csv`)))
      .map((split) => [
        split,
        rows(`${split}.csv`).map(({ ltable_id, rtable_id, label }) => ({
          left: ltable_id!,
          right: rtable_id!,
          isSame: label === "1",
        })),
      ]),
  );
  return {
    name: basename(folder),
    left: records(tableA),
    right: records(tableB),
    knowledge,
    splits,
  };
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
