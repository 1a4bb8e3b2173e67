import { readFileSync } from "node:fs";
import {
  exampleCatalogPath,
  exampleNights,
  exampleSourcesPath,
  type Night,
} from "@waymark/example-web";
import { importCatalog, importSources } from "@waymark/pipeline";
import {
  listInitiatives,
  listRuns,
  listSources,
  type Pool,
  type StoredSource,
} from "@waymark/store";
import { parseCatalog } from "./catalog-csv.ts";
import { parseSources } from "./sources-file.ts";

/** The instant that the example's clock shows on a night. */
export const nightAt = (night: Night): Date => new Date(exampleNights[night]);

/** Brings the example catalog and sources into an empty installation; false when it is not empty. */
export async function importExample(db: Pool): Promise<boolean> {
  if ((await listInitiatives(db)).length > 0 || (await listSources(db)).length > 0) return false;
  await importCatalog(db, readExampleCatalog(), nightAt(1));
  await importSources(db, readExampleSources(), nightAt(1));
  return true;
}

/** Whether all that is watched here is the example web: real sites and a made-up web do not mix. */
export async function isExample(db: Pool): Promise<boolean> {
  const listed = (await listSources(db)).filter((source) => source.origin === "operator");
  return listed.length > 0 && listExampleSources(listed).length === listed.length;
}

/** Those of some sources that came with the example. */
export function listExampleSources(sources: StoredSource[]): StoredSource[] {
  const seeds = new Map(readExampleSources().map((source) => [source.id as string, source.seeds]));
  return sources.filter((source) => String(seeds.get(source.id)) === String(source.seeds));
}

/** The last night that every source of the example was crawled on; undefined before the first is done. */
export async function nightReached(db: Pool): Promise<Night | undefined> {
  const runs = await listRuns(db, { limit: 1_000_000 });
  const sources = (await listSources(db)).filter(
    (source) => source.origin === "operator" && !source.paused,
  );
  const isDone = (night: Night): boolean => {
    const finished = new Set(
      runs
        .filter((run) => run.state === "finished")
        .filter((run) => run.startedAt.getTime() === nightAt(night).getTime())
        .map((run) => run.sourceId),
    );
    return sources.every((source) => finished.has(source.id));
  };
  return isDone(2) ? 2 : isDone(1) ? 1 : undefined;
}

const readExampleCatalog = () =>
  parseCatalog(readFileSync(exampleCatalogPath, "utf8"), exampleCatalogPath);

const readExampleSources = () =>
  parseSources(readFileSync(exampleSourcesPath, "utf8"), exampleSourcesPath);
