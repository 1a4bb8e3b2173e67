import { Command } from "commander";
import { addAccounts } from "./commands/accounts.ts";
import { addArchive } from "./commands/archive.ts";
import { addCatalog } from "./commands/catalog.ts";
import { addChanges } from "./commands/changes.ts";
import { addCrawl } from "./commands/crawl.ts";
import { addFetch } from "./commands/fetch.ts";
import { addMatch } from "./commands/match.ts";
import { addMigrate } from "./commands/migrate.ts";
import { addRead } from "./commands/read.ts";
import { addRecipe } from "./commands/recipe.ts";
import { addRuns } from "./commands/runs.ts";
import { addServe } from "./commands/serve.ts";
import { addSources } from "./commands/sources.ts";
import { addStart } from "./commands/start.ts";
import { addStatus } from "./commands/status.ts";
import { addSuppressed } from "./commands/suppressed.ts";
import { addVocabulary } from "./commands/vocabulary.ts";
import { addWork } from "./commands/work.ts";
import { wantsStack } from "./config.ts";
import { reportFailure } from "./failure.ts";
import { version } from "./version.ts";

/** Runs one command line to its end; the code to exit with. */
export async function run(words: string[]): Promise<number> {
  try {
    await createProgram().parseAsync(words, { from: "user" });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    return reportFailure(error, { debug: wantsStack() });
  }
}

/** The whole command line, parsed by nobody yet. */
export function createProgram(): Command {
  const program = new Command("waymark")
    .description("Keeps a catalog of learn-and-work initiatives true.")
    .version(version)
    .showHelpAfterError("(add --help for what it takes)")
    .exitOverride();
  program.commandsGroup("Programs:");
  for (const add of [addStart, addWork, addServe, addMigrate]) add(program);
  program.commandsGroup("What an operator does:");
  for (const add of [
    addSources,
    addCrawl,
    addFetch,
    addRead,
    addRecipe,
    addRuns,
    addStatus,
    addArchive,
    addAccounts,
  ])
    add(program);
  program.commandsGroup("What a curator does:");
  for (const add of [addChanges, addSuppressed, addMatch, addCatalog, addVocabulary]) add(program);
  program.addHelpText("after", settings);
  return program;
}

const settings = `
Settings (environment):
  DATABASE_URL          a Postgres; unset: an embedded one, kept in WAYMARK_HOME
  WAYMARK_HOME          where the embedded database lives; .waymark by default
  REDIS_URL             a Redis for the queue; unset: the queue is kept in Postgres
  WAYMARK_PORT, _HOST   where the desk listens; 127.0.0.1:4780 by default
  WAYMARK_URL           where people reach the desk, when that is another address
  WAYMARK_CONTACT       whom a site's owner may write to; sent with every request
  CHROMIUM_PATH         a Chromium for pages built by scripts; unset: one is looked for
  WAYMARK_LOG_LEVEL     debug, info, warn or error
  WAYMARK_CLOCK         development: the time the domain clock is pinned to
  WAYMARK_CONNECT_TO    development: host:port at which every crawled host is reached`;
