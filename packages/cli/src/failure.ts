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
  const failure = error instanceof Error ? error : new Error(String(error));
  note(`waymark: ${failure.message || failure.name}`);
  note(
    debug
      ? String(failure.stack)
      : "This is a bug in Waymark. With WAYMARK_LOG_LEVEL=debug the command tells where it happened.",
  );
  return 1;
}
