import { resolve } from "node:path";
import { BadInput, type RunId, type SourceId } from "@waymark/domain";
import { openBell, startRuns } from "@waymark/pipeline";
import type { WorkerConfig } from "@waymark/pipeline/worker";
import {
  countChanges,
  findRun,
  listCutOffs,
  listOpenRuns,
  listSources,
  type Pool,
  secondsSinceSweep,
} from "@waymark/store";
import { type Command, InvalidArgumentError, Option } from "commander";
import { followRuns } from "../follow-runs.ts";
import type { Home } from "../home.ts";
import { openWorker } from "../open-worker.ts";
import { openSession, type Session, withHome } from "../session.ts";
import { clockOf, openSetting, type Setting } from "../setting.ts";
import { countVisits, describeSaved } from "../summary.ts";
import { count, note, print, printJson, printTable } from "../terminal.ts";

export function addCrawl(program: Command): void {
  program
    .command("crawl")
    .argument("[source...]", "ids of sources")
    .summary("crawl sources now, every page of them")
    .description(
      "Crawls sources now: every page, due or not, each asked whether it has changed. With --wait the command " +
        "takes part in the work and returns when everything fetched is read and reviewed. With --from an archive " +
        "stands for the web, and nothing is asked of any site; it waits, and without a source it crawls all that " +
        "the archive holds something of.",
    )
    .option("--all", "every source that is not paused")
    .option(
      "--delay <ms>",
      "pause between two requests to a host, for these runs alone",
      milliseconds,
    )
    .addOption(
      new Option("--from <file>", "a WARC archive to crawl in place of the web").conflicts("delay"),
    )
    .option("--wait", "work along, and return when the runs are finished")
    .option("--as <name>", "who asks for it")
    .option("--json", "print what came of it as JSON")
    .addHelpText(
      "after",
      "\nExample:\n  waymark crawl lumina --wait\n  waymark crawl --all --delay 500 --wait\n  waymark crawl --from pages.warc.gz",
    )
    .action(crawl);
}

type CrawlOptions = {
  all?: true;
  delay?: number;
  from?: string;
  wait?: true;
  as?: string;
  json?: true;
};

/** A worker sweeps twice a minute: one that has not for so long is gone. */
const sweepSecondsMax = 90;

async function crawl(ids: string[], options: CrawlOptions): Promise<void> {
  const { all, delay, from, wait, as, json } = options;
  if (all && ids.length > 0) throw new BadInput("name sources, or say --all, not both");
  if (!all && !from && ids.length === 0) {
    throw new BadInput("say which sources to crawl, or --all; `waymark sources list` shows them");
  }
  const session = openSession();
  const { config } = session;
  // Read through before anything is written: a file that cannot be used is a sentence.
  const web = from === undefined ? undefined : await openWebOf(session, from);
  await withHome(session, async (home) => {
    const { db, databaseUrl } = home;
    const sourceIds =
      all || ids.length === 0 ? await listWatched(db, all ? undefined : web) : (ids as SourceId[]);
    if (web) await assertNoneOpen(db, sourceIds, web);
    // Opened before anything is written: a queue that cannot be reached is a sentence.
    const bell = await openBell({ databaseUrl, redisUrl: config.redisUrl });
    try {
      const request = {
        sourceIds,
        trigger: "operator",
        who: as ?? config.who,
        // An archive has nobody to be polite to.
        delayMs: web ? 0 : delay,
        archive: web?.name,
      } as const;
      const { started, alreadyOpen } = await startRuns(
        { db, bell, now: await clockOf(session, db) },
        request,
      );
      for (const id of alreadyOpen) note(`${id} has a run under way; that one counts`);
      const runIds = [...started, ...(await openRunsOf(db, alreadyOpen))];
      if (wait || web) await finish(session, home, { runIds, json, web });
      else await leave(db, { runIds, json });
    } finally {
      await bell.close();
    }
  }).finally(() => web?.fetcher.close());
}

/** An archive in the place of the web. */
type Web = NonNullable<WorkerConfig["archive"]> & { holdsIn(scope: string[]): boolean };

async function openWebOf({ config, now }: Session, file: string): Promise<Web> {
  // Loaded when it is asked for: no other crawl reads archives.
  const { createArchiveFetcher, openArchive } = await import("@waymark/pipeline/archive");
  const archive = await openArchive(resolve(config.folder, file));
  return {
    name: archive.name,
    fetcher: createArchiveFetcher(archive, { now }),
    holdsIn: archive.holdsIn,
  };
}

/** The sources that are not paused; with an archive those of which it holds something. */
async function listWatched(db: Pool, web: Web | undefined): Promise<SourceId[]> {
  const watched = (await listSources(db)).filter((source) => !source.paused);
  if (watched.length === 0) {
    throw new BadInput(
      "there is no source to crawl; `waymark sources add` or `sources import` brings some in",
    );
  }
  const held = web ? watched.filter((source) => web.holdsIn(source.scope)) : watched;
  if (held.length > 0) return held.map((source) => source.id);
  throw new BadInput("the archive holds nothing of any source; `waymark sources list` shows them");
}

/** A run on the web cannot be ended by an archive, nor one on another archive by this one. */
async function assertNoneOpen(db: Pool, sourceIds: SourceId[], { name }: Web): Promise<void> {
  const other = (await listOpenRuns(db)).find(
    (run) => sourceIds.includes(run.sourceId) && run.archive !== name,
  );
  if (!other) return;
  throw new BadInput(
    `${other.sourceId} has a run under way on ${other.archive ?? "the web"}; let it finish first`,
  );
}

const openRunsOf = async (db: Pool, sourceIds: SourceId[]): Promise<RunId[]> =>
  (await listOpenRuns(db)).filter((run) => sourceIds.includes(run.sourceId)).map((run) => run.id);

/** Carries the runs to their end in this process; other workers share in the work. */
async function finish(
  session: Session,
  home: Home,
  { runIds, json, web }: { runIds: RunId[]; json: true | undefined; web: Web | undefined },
): Promise<void> {
  const stopping = session.interrupts.patiently();
  const setting = web ? await openTime(session, home.db) : await openSetting(session, home.db);
  const worker = await openWorker(session, home, setting, { keepsSchedule: false, archive: web });
  try {
    const title = `Crawling ${count(runIds.length, "source")}`;
    await followRuns(home.db, runIds, { title, signal: stopping });
  } finally {
    await worker.stop();
    await setting.close();
  }
  if (stopping.aborted) {
    note(
      web
        ? "Stopped half-way: the runs go on when the same archive is crawled again."
        : "Stopped half-way: the runs go on with the next worker, or the next `waymark crawl --wait`.",
    );
    process.exitCode = 130;
    return;
  }
  await printOutcome(home.db, runIds, json);
}

/** The time of an installation without its web. */
const openTime = async (session: Session, db: Pool): Promise<Setting> => ({
  now: await clockOf(session, db),
  connectTo: undefined,
  close: async () => undefined,
});

async function printOutcome(db: Pool, runIds: RunId[], json: true | undefined): Promise<void> {
  const runs = (await Promise.all(runIds.map((id) => findRun(db, id)))).flatMap((run) => run ?? []);
  const open = (await countChanges(db)).filter(({ state }) => state === "open");
  const cutOffs = await listCutOffs(db, runIds);
  if (json) {
    printJson({
      runs: runs.map((run) => ({ ...run, leftAlone: cutOffs.get(run.id) ?? [] })),
      openChanges: Object.fromEntries(open.map(({ kind, n }) => [kind, n])),
    });
    return;
  }
  printTable(
    ["source", "outcome", "pages", "changed"],
    runs.map((run) => [
      run.sourceId,
      run.outcome ?? run.state,
      String(countVisits(run)),
      String(run.counts.changedPages ?? 0),
    ]),
  );
  const saved = describeSaved(runs, [...cutOffs.values()].flat());
  if (saved) print(saved);
  const total = open.reduce((sum, { n }) => sum + n, 0);
  const kinds = open.map(({ kind, n }) => `${n} ${kind}`).join(", ");
  print(`${count(total, "change")} open now${kinds ? `: ${kinds}` : ""}`);
}

async function leave(
  db: Pool,
  { runIds, json }: { runIds: RunId[]; json: true | undefined },
): Promise<void> {
  if (json) printJson({ runs: runIds });
  else print(`${count(runIds.length, "run")} opened`);
  const seconds = await secondsSinceSweep(db);
  if (seconds !== undefined && seconds <= sweepSecondsMax) return;
  note(
    "No worker is alive: the pages wait until one is. `waymark work` starts one, and `waymark crawl --wait` works by itself.",
  );
}

function milliseconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("write milliseconds, such as 500.");
  return Number(text);
}
