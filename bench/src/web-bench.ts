import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importCatalog, importSources } from "@waymark/pipeline";
import { migrate, openPool, startEmbeddedPostgres } from "@waymark/store";
import type { Figure } from "./figure.ts";
import { recordLog } from "./record-log.ts";
import { familyFigures } from "./web-families.ts";
import { figuresOf, formatNight } from "./web-figures.ts";
import { liveNight, type Night } from "./web-night.ts";
import { reportAll, reportNeverReported, reportNight } from "./web-report.ts";
import { type QueueLine, scoreQueue } from "./web-score.ts";
import { startWorldServer } from "./web-server.ts";
import { openWorld } from "./web-world.ts";

export type WebRequest = {
  world: string;
  tools?: string | undefined;
  nights?: number | undefined;
  keep?: string | undefined;
  delayMs: number;
  nightMinutesMax: number;
  say(text: string): void;
};

/**
 * Lives through the nights of a simulated web with a fresh database, an oracle deciding in between, and
 * has the world's scorer judge every queue. With `keep`, all that a person needs to see why stays there.
 */
export async function benchWeb(request: WebRequest): Promise<Figure[]> {
  const world = openWorld(request.world, request.tools);
  const temporary = mkdtempSync(join(tmpdir(), "waymark-bench-"));
  const folder = request.keep ?? join(temporary, "kept");
  // What an earlier run kept would mix with ours.
  for (const file of ["requests.jsonl", "log.jsonl"]) rmSync(join(folder, file), { force: true });
  mkdirSync(folder, { recursive: true });
  const requestLog = join(folder, "requests.jsonl");
  writeFileSync(requestLog, "");
  const dates = world.nights.slice(0, request.nights ?? world.nights.length);
  const database = await startEmbeddedPostgres({ home: join(temporary, "home"), durable: false });
  try {
    await migrate(database.url);
    const db = openPool(database.url, { max: 16, applicationName: "waymark-bench" });
    const server = await startWorldServer(world, { night: 1, log: requestLog });
    try {
      const began = new Date(`${dates[0]!.date}T01:00:00Z`);
      await importCatalog(db, world.catalog, began);
      await importSources(db, world.sources, began);
      const stage = {
        ...{ world, folder, db, server, requestLog, databaseUrl: database.url },
        ...{ delayMs: request.delayMs, nightMinutesMax: request.nightMinutesMax, say: request.say },
        recorded: recordLog(join(folder, "log.jsonl")),
      };
      const nights: Night[] = [];
      const lines: QueueLine[] = [];
      for (const date of dates) {
        const night = await liveNight(stage, date, lines);
        nights.push(night);
        lines.push(...night.lines);
        writeFileSync(join(folder, `night-${date.night}.txt`), reportNight(world, night));
        request.say(formatNight(night));
      }
      const { night } = dates.at(-1)!;
      const given = { name: "all", night, lines, earlier: [], requestLog, upto: true };
      const { score } = await scoreQueue(world, folder, given);
      const summary = reportAll(world, nights, score);
      writeFileSync(join(folder, "summary.txt"), summary);
      writeFileSync(join(folder, "never-reported.txt"), reportNeverReported(world, nights, score));
      request.say(summary);
      return [...figuresOf(world.name, nights, score), ...familyFigures(world, nights)];
    } finally {
      await server.stop();
      await db.end();
    }
  } finally {
    await database.release();
    rmSync(temporary, { recursive: true, force: true });
  }
}
