import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { BadInput, fieldOf, InitiativeValues, isSetField, SourceFile } from "@waymark/domain";
import type { CatalogRow } from "@waymark/pipeline";
import { z } from "zod";
import { readCsv } from "./read-csv.ts";
import { readText } from "./read-lines.ts";

const TruthEvent = z.object({
  night: z.number(),
  kind: z.string(),
  type: z.string(),
  initiative: z.string(),
  catalogIds: z.array(z.string()),
  fields: z.record(z.string(), z.object({ old: z.unknown(), new: z.unknown() })),
  why: z.string(),
  evidence: z.array(z.string()),
});
export type TruthEvent = z.infer<typeof TruthEvent>;

const TruthInitiative = z.looseObject({
  id: z.string(),
  name: z.string(),
  names: z.array(z.string()),
  urls: z.array(z.string()),
  catalogIds: z.array(z.string()),
  /** Since which night some page tells a field in full. */
  tellable: z.record(z.string(), z.number()),
  history: z.array(z.looseObject({ night: z.number() })),
});
export type TruthInitiative = z.infer<typeof TruthInitiative>;

const Truth = z.object({
  world: z.string(),
  nights: z.array(z.object({ night: z.number(), date: z.string() })),
  initiatives: z.array(TruthInitiative),
  events: z.array(TruthEvent),
});

/** A simulated web as it lies in its folder: what an operator is given, and what the scorer knows. */
export type World = {
  name: string;
  folder: string;
  serve: string;
  score: string;
  catalog: CatalogRow[];
  sources: SourceFile;
  nights: { night: number; date: string }[];
  initiatives: TruthInitiative[];
  events: TruthEvent[];
};

/**
 * Opens the folder of a world. Its server and scorer stand beside it, or in the folder `tools`. The truth
 * is read for the report alone: nothing of it reaches the product.
 */
export function openWorld(folder: string, tools: string = dirname(folder)): World {
  for (const file of ["catalog.csv", "sources.json", "truth.json", "night-1.jsonl"]) {
    if (!existsSync(join(folder, file))) {
      throw new BadInput(`${folder} is not the folder of a world: it has no ${file}`);
    }
  }
  const [serve, score] = ["serve.mjs", "score.mjs"].map((name) => {
    const path = join(tools, name);
    if (existsSync(path)) return path;
    throw new BadInput(
      `there is no ${name} in ${tools}; name the folder that holds it: --tools FOLDER`,
    );
  }) as [string, string];
  const truth = Truth.parse(JSON.parse(readText(join(folder, "truth.json"))));
  return {
    name: truth.world,
    folder,
    serve,
    score,
    catalog: readCsv(readText(join(folder, "catalog.csv"))).map(toCatalogRow),
    sources: SourceFile.parse(JSON.parse(readText(join(folder, "sources.json")))),
    nights: truth.nights,
    initiatives: truth.initiatives,
    events: truth.events,
  };
}

/** A row of the catalog file: lists are joined by " | ", an empty cell says nothing. */
export function toCatalogRow(cells: { [column: string]: string }): CatalogRow {
  const values = Object.entries(cells).flatMap(([column, cell]) => {
    const field = fieldOf(column);
    if (!field || cell.trim() === "") return [];
    return [[field, isSetField(field) ? cell.split(/\s*\|\s*/).filter(Boolean) : cell.trim()]];
  });
  return { id: cells.id!, ...InitiativeValues.parse(Object.fromEntries(values)) };
}
