import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { BadInput, type InitiativeValues } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import { listCandidates } from "@waymark/pipeline";
import type { Figure } from "./figure.ts";
import { readOwnPairs } from "./match-own-pairs.ts";
import { findPairSets, toValues } from "./match-tables.ts";
import { readCsv } from "./read-csv.ts";
import { readText } from "./read-lines.ts";
import { candidatesMax, type Stage, withCatalog } from "./resolve-stage.ts";

const batchSize = 50;

/** Rows that are in the catalog, rows that are looked up, and which of the former each should bring. */
type Sought = {
  name: string;
  entries: Map<string, InitiativeValues>;
  sought: { values: InitiativeValues; id: string }[];
};

/**
 * The share of true pairs whose entry is among the twenty candidates that the database brings: on published
 * sets (table B is the catalog, rows of table A are looked up, with all true pairs of its splits and of
 * `gt.csv`), and on our own pairs, with and without the address of the page that wrote a name.
 */
export async function recallOnSets(
  folder: string,
  stage: Stage,
): Promise<{ figures: Figure[]; details: string[] }> {
  const sets = readSets(folder);
  const figures: Figure[] = [];
  const details: string[] = [];
  for (const { name, entries, sought } of sets) {
    const missed = await lookUp(entries, sought, stage);
    const value = (sought.length - missed.length) / sought.length;
    const unit = `share of ${sought.length}`;
    const figure = `recall at ${candidatesMax} from Postgres`;
    figures.push({ bench: "resolve", figure, value, unit, data: name });
    details.push(
      ...missed.map(
        ({ values, id }) => `${name}: “${values.name}” does not bring “${entries.get(id)?.name}”`,
      ),
    );
  }
  return { figures, details };
}

async function lookUp(
  entries: Sought["entries"],
  sought: Sought["sought"],
  stage: Stage,
): Promise<Sought["sought"]> {
  const ids = [...entries.keys()];
  const made = {
    size: ids.length,
    id: (n: number) => ids[n]!,
    values: (n: number) => entries.get(ids[n]!)!,
  };
  return withCatalog(stage, made, async ({ pool, knowledge }) => {
    const missed: Sought["sought"] = [];
    for (let from = 0; from < sought.length; from += batchSize) {
      const some = sought.slice(from, from + batchSize);
      const records = some.map(({ values }) => toRecord(values, knowledge));
      const lists = await listCandidates(pool, records, knowledge, candidatesMax);
      missed.push(...some.filter(({ id }, index) => !lists[index]!.some((near) => near.id === id)));
    }
    return missed;
  });
}

function readSets(folder: string): Sought[] {
  const own = existsSync(join(folder, "initiatives.jsonl")) ? readOwnSets(folder) : [];
  const sets = [...findPairSets(folder).map(readPublishedSet), ...own];
  if (sets.length > 0) return sets;
  throw new BadInput(
    `${folder} holds neither tableA.csv nor initiatives.jsonl, nor do its folders`,
  );
}

function readPublishedSet(folder: string): Sought {
  const rows = (file: string) =>
    existsSync(join(folder, file)) ? readCsv(readText(join(folder, file))) : [];
  const table = (file: string) => new Map(rows(file).map((row) => [row.id!, toValues(row)]));
  const [left, entries] = [table("tableA.csv"), table("tableB.csv")];
  const labelled = ["train.csv", "valid.csv", "test.csv"]
    .flatMap(rows)
    .filter(({ label }) => label === "1")
    .map(({ ltable_id, rtable_id }) => `${ltable_id}%${rtable_id}`);
  // "every true pair of the whole tables": one a line, under a line of titles.
  const whole = existsSync(join(folder, "gt.csv"))
    ? readText(join(folder, "gt.csv")).trim().split(/\r?\n/).slice(1)
    : [];
  const sought = [...new Set([...labelled, ...whole])].map((pair) => {
    const [leftId = "", id = ""] = pair.split("%");
    const values = left.get(leftId);
    if (!values || !entries.has(id))
      throw new BadInput(`${folder}: there is no pair of rows ${pair}`);
    return { values, id };
  });
  return { name: basename(folder), entries, sought };
}

function readOwnSets(folder: string): Sought[] {
  const { entries, variants } = readOwnPairs(folder);
  const named = (hasAddress: boolean) =>
    variants.map(({ id, name, url }) => ({
      id,
      values: { name, ...(hasAddress && url && { url }) },
    }));
  return [
    { name: "own pairs, page's address", entries, sought: named(true) },
    { name: "own pairs, name alone", entries, sought: named(false) },
  ];
}
