import { readFileSync } from "node:fs";
import { Conflict, type RunId } from "@waymark/domain";
import { decideChange, exportChange, startRuns, waitForRuns } from "@waymark/pipeline";
import { startWorker } from "@waymark/pipeline/worker";
import {
  listChanges,
  listDueClusters,
  listDueInitiatives,
  listSources,
  type Pool,
} from "@waymark/store";
import { cpuSeconds } from "./cpu-time.ts";
import type { RecordedLog } from "./record-log.ts";
import { type Known, loadKnown } from "./web-known.ts";
import { type QueueLine, type Ruling, type Score, scoreQueue } from "./web-score.ts";
import type { WorldServer } from "./web-server.ts";
import type { World } from "./web-world.ts";

/** What one night came to. */
export type Night = {
  night: number;
  date: string;
  score: Score;
  lines: QueueLine[];
  rulings: Ruling[];
  known: Known;
  seconds: number;
  cpuSeconds: number;
  pagesVisited: number;
  requests: number;
  answered304: number;
  /** Runs in which no page answered: whole sites that are down. */
  silentRuns: string[];
  errors: string[];
  warnings: string[];
};

export type Stage = {
  world: World;
  folder: string;
  db: Pool;
  databaseUrl: string;
  server: WorldServer;
  requestLog: string;
  delayMs: number;
  nightMinutesMax: number;
  recorded: RecordedLog;
  say(text: string): void;
};

/**
 * Lives through one night of a world: crawl and review under the night's clock, export what is new in the
 * queue, have it scored, and decide as the oracle says.
 */
export async function liveNight(
  stage: Stage,
  { night, date }: { night: number; date: string },
  before: QueueLine[],
): Promise<Night> {
  const { world, folder, db, server, recorded } = stage;
  await server.moveTo(night);
  const now = new Date(`${date}T02:00:00Z`);
  const loggedBefore = recorded.entries.length;
  const began = { at: Date.now(), cpu: cpuSeconds() };
  // Before the worker: its first sweep would begin the night's runs by schedule, at their own pace.
  const runIds = await openRuns(stage, now);
  const worker = await startWorker({
    db,
    databaseUrl: stage.databaseUrl,
    now: () => new Date(now),
    log: recorded.log,
    version: "bench",
    contact: "https://waymark.example/bench",
    connectTo: { host: server.host, port: server.port },
  });
  const errors: string[] = [];
  try {
    await untilFinished(stage, runIds);
    const spent = { seconds: (Date.now() - began.at) / 1000, cpu: cpuSeconds() - began.cpu };
    const known = await loadKnown(db, now);
    const seen = new Set(before.map((line) => line.id));
    const lines = (await listChanges(db))
      .filter((change) => !seen.has(change.id))
      .map((change) => ({ ...exportChange(change), night }));
    const requestLog = stage.requestLog;
    const given = { name: `${night}`, night, lines, earlier: before, requestLog, upto: false };
    const { score, rulings } = await scoreQueue(world, folder, given);
    errors.push(...(await decideAll(db, rulings, now)));
    await worker.bell.ring("advance-runs", {});
    await untilReviewed(db);
    const logged = recorded.entries.slice(loggedBefore);
    errors.push(
      ...logged
        .filter((entry) => entry.level === "error")
        .map((entry) => `log: ${entry.message} ${describeFields(entry.fields)}`),
      ...(await db.query(asideQuery)).rows.map(({ what }) => `set aside: ${what}`),
    );
    return {
      ...{ night, date, score, lines, rulings, known, errors },
      seconds: spent.seconds,
      cpuSeconds: spent.cpu,
      pagesVisited: (await db.query(visitedQuery, [now])).rows[0].n,
      ...countRequests(stage.requestLog, night),
      silentRuns: (await db.query(silentQuery, [now])).rows.map((row) => row.source_id),
      warnings: logged
        .filter((entry) => entry.level === "warn")
        .map(({ message, fields }) => describeWarning(message, fields)),
    };
  } finally {
    await worker.stop();
  }
}

const visitedQuery = "select count(distinct page_id)::int as n from visit where at >= $1";
const silentQuery = `
  select source_id from run where started_at >= $1 and outcome = 'failed' and set_aside_because is null
  order by source_id`;
const asideQuery = `
  select url || ': ' || set_aside_because as what from page where set_aside_because is not null
  union all select source_id || ': ' || set_aside_because from run where set_aside_because is not null
  order by what`;

async function openRuns({ db, delayMs }: Stage, now: Date): Promise<RunId[]> {
  const sources = (await listSources(db)).filter((source) => !source.paused);
  const { started, alreadyOpen } = await startRuns(
    { db, bell: undefined, now: () => new Date(now) },
    {
      sourceIds: sources.map((source) => source.id),
      trigger: "operator",
      who: "bench",
      delayMs,
    },
  );
  if (alreadyOpen.length > 0) throw new Error(`runs were open already: ${alreadyOpen.join(", ")}`);
  return started;
}

async function untilFinished({ db, nightMinutesMax, say }: Stage, runIds: RunId[]): Promise<void> {
  const signal = AbortSignal.timeout(nightMinutesMax * 60_000);
  let told = 0;
  await waitForRuns(db, runIds, {
    signal,
    onProgress(runs) {
      if (Date.now() - told < 10_000) return;
      told = Date.now();
      const sum = (field: "visited" | "wanted" | "unread") =>
        runs.reduce((total, run) => total + run[field], 0);
      const states = [...new Set(runs.map((run) => run.state))].join(", ");
      say(
        `  ${states}: ${sum("visited")} visits, ${sum("wanted")} wanted, ${sum("unread")} unread\n`,
      );
    },
  });
  if (signal.aborted) {
    throw new Error(`the night was not over after ${nightMinutesMax} minutes (--night-minutes)`);
  }
}

/** A merge takes an entry away, so that pairs come last; what cannot be decided any more is told. */
async function decideAll(db: Pool, rulings: Ruling[], now: Date): Promise<string[]> {
  const refused: string[] = [];
  const inOrder = [...rulings].sort(
    (a, b) => Number(a.change.kind === "duplicate") - Number(b.change.kind === "duplicate"),
  );
  for (const { decision, why, change } of inOrder) {
    try {
      await decideChange(db, { changeId: change.id, verdict: decision, who: "oracle", why, now });
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
      refused.push(`decision: ${error.message}`);
    }
  }
  return refused;
}

/** Decisions make entries due; what follows from them belongs to the same night. */
async function untilReviewed(db: Pool): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if ((await listDueInitiatives(db)).length + (await listDueClusters(db)).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("the reviews that follow from decisions did not end within a minute");
}

function countRequests(log: string, night: number): { requests: number; answered304: number } {
  const lines = readFileSync(log, "utf8").split("\n").filter(Boolean);
  const mine = lines
    .map((line) => JSON.parse(line) as { night: number; path: string; status: number })
    .filter((line) => line.night === night && line.path !== "/robots.txt");
  return {
    requests: mine.length,
    answered304: mine.filter((line) => line.status === 304).length,
  };
}

function describeWarning(message: string, fields: object): string {
  const { err, job } = fields as { err?: Error; job?: string };
  return [message, job, err?.message.split("\n")[0]].filter(Boolean).join(": ");
}

function describeFields(fields: object): string {
  const { err, ...rest } = fields as { err?: Error };
  return [JSON.stringify(rest), err?.stack?.split("\n").slice(0, 3).join(" | ")].join(" ").trim();
}
