import { BadInput } from "@waymark/domain";
import { findSource, listRuns } from "@waymark/store";
import { type Command, InvalidArgumentError } from "commander";
import { withDatabase } from "../session.ts";
import { countVisits } from "../summary.ts";
import { print, printJson, printTable, when } from "../terminal.ts";

export function addRuns(program: Command): void {
  program
    .command("runs")
    .summary("the crawls that were made")
    .description("The crawls that were made, the newest first.")
    .command("list")
    .summary("the newest runs")
    .option("--source <id>", "of one source only")
    .option("--limit <n>", "how many", positive, 30)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark runs list --source lumina")
    .action(list);
}

type RunOptions = { source?: string; limit: number; json?: true };

const list = ({ source, limit, json }: RunOptions): Promise<void> =>
  withDatabase(async (db) => {
    if (source !== undefined && !(await findSource(db, source))) {
      throw new BadInput(`there is no source "${source}"; \`waymark sources list\` shows them all`);
    }
    const runs = await listRuns(db, { sourceId: source, limit });
    if (json) {
      printJson(runs);
      return;
    }
    if (runs.length === 0) {
      print("Nothing has been crawled yet.");
      return;
    }
    printTable(
      ["started", "source", "trigger", "who", "outcome", "pages", "changed", "why"],
      runs.map((run) => [
        when(run.startedAt),
        run.sourceId,
        run.trigger,
        run.who ?? "–",
        run.outcome ?? run.state,
        String(countVisits(run)),
        String(run.counts.changedPages ?? 0),
        run.setAsideBecause ?? "",
      ]),
    );
  });

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("write a number from 1.");
  return Number(text);
}
