import { BadInput, Conflict } from "@waymark/domain";
import { CommanderError } from "commander";
import { note } from "./terminal.ts";

/** Says on stderr what went wrong, in one sentence where a person can mend it; the code to exit with. */
export function reportFailure(error: unknown, { debug }: { debug: boolean }): number {
  // Commander has printed its own words, or the help that was asked for.
  if (error instanceof CommanderError) return error.exitCode;
  if (error instanceof BadInput || error instanceof Conflict) {
    note(`waymark: ${error.message}`);
    if (debug && error.cause) note(String((error.cause as Error).stack ?? error.cause));
    return 1;
  }
  if (isOfEarlierSchema(error) && !debug) {
    note(`waymark: the database was made by an earlier Waymark (${(error as Error).message})`);
    note("`waymark migrate` brings it up to date, and loses nothing.");
    return 1;
  }
  const failure = error instanceof Error ? error : new Error(String(error));
  note(`waymark: ${failure.message || failure.name}`);
  note(
    debug
      ? String(failure.stack)
      : "This is a bug in Waymark. With WAYMARK_LOG_LEVEL=debug the command tells where it happened.",
  );
  return 1;
}

/** A table or a column that is not there: what Postgres says where a migration has not been run. */
const isOfEarlierSchema = (error: unknown): boolean =>
  error instanceof Error && /^42(P01|703)$/.test((error as { code?: string }).code ?? "");
