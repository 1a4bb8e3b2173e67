import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BadInput } from "@waymark/domain";
import { createDatabaseServer } from "./crawl-database.ts";
import type { Figure } from "./figure.ts";
import { resolveOnMade } from "./resolve-made.ts";
import { recallOnSets } from "./resolve-recall.ts";

export type ResolveRequest = {
  /** Entries of the made-up catalog; without it none is made. */
  catalog?: number | undefined;
  mentions: number;
  /** A set, or a folder of sets, on which the recall of candidates is measured. */
  data?: string | undefined;
  say: (text: string) => void;
};

/**
 * One mention resolved against a large catalog in a real database, scoring included: time, processors' time
 * and what was found, beside trigrams in the same run; and the recall of candidates on given sets.
 */
export async function benchResolve({
  catalog,
  mentions,
  data,
  say,
}: ResolveRequest): Promise<{ figures: Figure[]; details: string[] }> {
  if (catalog === undefined && data === undefined)
    throw new BadInput("say --catalog NUMBER, --data FOLDER, or both");
  if (catalog !== undefined && (catalog < 100 || catalog > 5_000_000))
    throw new BadInput(`--catalog ${catalog}: give a number from 100 to 5000000`);
  if (mentions < 50) throw new BadInput(`--mentions ${mentions}: give 50 or more`);
  const folder = mkdtempSync(join(tmpdir(), "waymark-resolve-"));
  const server = createDatabaseServer(folder);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  const create = async () => {
    const database = await server.create();
    // After whatever stops the server at an exit: gigabytes must not stay behind an interrupted run.
    process.removeListener("exit", remove).once("exit", remove);
    return database;
  };
  const stage = { folder, say, create };
  try {
    const parts = [
      ...(data === undefined ? [] : [await recallOnSets(data, stage)]),
      ...(catalog === undefined ? [] : [await resolveOnMade(catalog, mentions, stage)]),
    ];
    return {
      figures: parts.flatMap(({ figures }) => figures),
      details: parts.flatMap(({ details }) => details),
    };
  } finally {
    await server.stop();
    process.removeListener("exit", remove);
    remove();
  }
}
