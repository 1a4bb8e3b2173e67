import { BadInput } from "@waymark/domain";
import { listSources, removeEmbeddedPostgres } from "@waymark/store";
import type { Command } from "commander";
import type { Config } from "../config.ts";
import { crawlExampleNights } from "../crawl-example.ts";
import { importExample, isExample, listExampleSources } from "../example.ts";
import { assertPortFree } from "../free-port.ts";
import type { Home } from "../home.ts";
import { untilAsked } from "../interrupts.ts";
import { openDesk } from "../open-desk.ts";
import { openWorker } from "../open-worker.ts";
import { assertQueueReachable } from "../reach-queue.ts";
import { openSession, type Session, withHome } from "../session.ts";
import { openSetting } from "../setting.ts";
import { count, note, print } from "../terminal.ts";

export function addStart(program: Command): void {
  program
    .command("start")
    .summary("everything in one process: database, worker, desk, and the example to look at")
    .description(
      "Brings everything up in one process: the database, a worker and the desk. An empty installation " +
        "gets the example catalog, and two nights of the example web are crawled. A later start goes on " +
        "with what is there. Serves until Ctrl-C.",
    )
    .option("--once", "end when the crawl is done, instead of serving the desk")
    .option("--fresh", "begin again: the embedded database and all that is in it are removed")
    .addHelpText("after", "\nExample:\n  npm start\n  npm start -- --once --fresh")
    .action(start);
}

type StartOptions = { once?: true; fresh?: true };

async function start({ once, fresh }: StartOptions): Promise<void> {
  const session = openSession();
  const { config, interrupts } = session;
  if (!once) await assertPortFree(config);
  await assertQueueReachable(config);
  if (fresh) await beginAgain(config);
  const stopping = interrupts.patiently();
  await withHome(session, async (home) => {
    if (await importExample(home.db)) {
      print("The catalog was empty: the example catalog and its sources are in it now.");
    }
    if (await isExample(home.db)) await startExample(session, home, { once, stopping });
    else await startOwn(session, home, { once, stopping });
  });
  if (stopping.aborted) note("waymark has stopped");
}

async function beginAgain(config: Config): Promise<void> {
  if (config.databaseUrl) {
    throw new BadInput(
      "--fresh removes the embedded database alone, and DATABASE_URL names another one: empty that by hand, or unset DATABASE_URL",
    );
  }
  note(`Beginning again: the embedded database in ${config.home} is removed.`);
  if ((await removeEmbeddedPostgres(config.home)) === "in-use") {
    throw new BadInput(
      `another waymark process uses the database in ${config.home}: end it before you begin again`,
    );
  }
}

/** The example: its two nights, then worker and desk on the clock of the last one. */
async function startExample(
  session: Session,
  home: Home,
  { once, stopping }: { once: true | undefined; stopping: AbortSignal },
): Promise<void> {
  const example = await crawlExampleNights(session, home, stopping);
  try {
    if (stopping.aborted) {
      // Whoever waits for `--once` to be done must not take this for it.
      if (once) process.exitCode = 130;
      return;
    }
    if (once) {
      const { url, host, port } = session.config;
      const address = url ?? `http://${host}:${port}`;
      print(`To decide on them, start without --once: the desk is then at ${address}`);
      return;
    }
    const desk = await openDesk(session, home, { bell: example.bell, now: example.now });
    await serveUntilAsked(desk, stopping);
  } finally {
    await example.stop();
  }
}

/** Sources of the operator's own: a worker on the real clock and the real web, and the desk. */
async function startOwn(
  session: Session,
  home: Home,
  { once, stopping }: { once: true | undefined; stopping: AbortSignal },
): Promise<void> {
  const sources = await listSources(home.db);
  const made = listExampleSources(sources);
  print(
    `${count(sources.length - made.length, "source")} of your own: the example web is left alone, and each source is crawled at its time of night.`,
  );
  if (made.length > 0) {
    print(
      `${count(made.length, "source")} came with the example, and would be crawled for real now.`,
    );
    print(`To be rid of them: waymark sources remove ${made.map(({ id }) => id).join(" ")}`);
  }
  print("To crawl now: `pnpm waymark crawl --all --wait`, or the desk's button.");
  if (once) return;
  const setting = await openSetting(session, home.db);
  const worker = await openWorker(session, home, setting);
  try {
    const desk = await openDesk(session, home, { bell: worker.bell, now: setting.now });
    await serveUntilAsked(desk, stopping);
  } finally {
    await worker.stop();
    await setting.close();
  }
}

async function serveUntilAsked(
  desk: { close(): Promise<void> },
  stopping: AbortSignal,
): Promise<void> {
  print("Ctrl-C stops everything.");
  await untilAsked(stopping);
  note("Stopping …");
  await desk.close();
}
