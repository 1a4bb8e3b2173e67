import { BadInput } from "@waymark/domain";
import {
  findReadingStat,
  findRun,
  findSource,
  listCutOffs,
  listRuns,
  type Pool,
  type Run,
} from "@waymark/store";
import { type Command, InvalidArgumentError } from "commander";
import { withDatabase } from "../session.ts";
import { countVisits, printCutOffs, savedLines } from "../summary.ts";
import { count, faint, print, printJson, printTable, strong, when } from "../terminal.ts";

export function addRuns(program: Command): void {
  const runs = program
    .command("runs")
    .summary("the crawls that were made")
    .description("The crawls that were made, the newest first: list, show.");
  runs
    .command("list")
    .summary("the newest runs")
    .option("--source <id>", "of one source only")
    .option("--limit <n>", "how many", positive, 30)
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark runs list --source lumina")
    .action(list);
  runs
    .command("show")
    .argument("<run>", "the id of a run, its beginning, or a source: its newest run")
    .summary("one run: what its visits came to, what it was spared and left alone")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      "\nExample:\n  waymark runs show lumina\n  waymark runs show lumina@2026-03-01",
    )
    .action(show);
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

const show = (named: string, { json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const run = await loadRun(db, named);
    const cutOffs = (await listCutOffs(db, [run.id])).get(run.id) ?? [];
    const stat = await findReadingStat(db, run.id);
    if (json) {
      printJson({ ...run, leftAlone: cutOffs, reading: stat ?? null });
      return;
    }
    print(`${strong(run.sourceId)} ${faint(run.id)}`);
    const who = run.who ? `, by ${run.who}` : "";
    const outcomes = Object.entries(run.counts)
      .filter(([outcome]) => outcome !== "changedPages")
      .sort((a, b) => b[1] - a[1])
      .map(([outcome, n]) => `${n} ${outcome}`);
    const told: [string, string][] = [
      ["began", `${when(run.startedAt)}, ${run.trigger}${who}`],
      ["ended", run.state === "finished" ? when(run.finishedAt) : `not yet: it is ${run.state}`],
      ["outcome", run.setAsideBecause ?? run.outcome ?? "–"],
      ["visits", `${countVisits(run)}${outcomes.length > 0 ? `: ${outcomes.join(", ")}` : ""}`],
      ["changed", count(run.counts.changedPages ?? 0, "page")],
    ];
    if (run.archive) told.push(["archive", run.archive]);
    for (const [word, value] of told) print(`  ${word.padEnd(8)} ${value}`);
    for (const line of savedLines(run)) print(`  ${line}`);
    for (const { message } of stat?.drifts ?? [])
      print(`  ${stat?.acceptedAt ? "accepted" : "held"}     ${message}`);
    printCutOffs(cutOffs);
  });

/** A run by its id, by how its id begins, or as the newest of a source; ids are long. */
async function loadRun(db: Pool, named: string): Promise<Run> {
  const exact = await findRun(db, named);
  if (exact) return exact;
  const [sourceId = ""] = named.split("@");
  // Under a clock that stands still, runs begin at one time: the later one has the greater id.
  const runs = (await listRuns(db, { sourceId, limit: 1000 })).sort(
    (a, b) => b.startedAt.getTime() - a.startedAt.getTime() || (a.id < b.id ? 1 : -1),
  );
  const found = named === sourceId ? runs[0] : runs.find(({ id }) => id.startsWith(named));
  if (found) return found;
  if (named === sourceId && (await findSource(db, sourceId)))
    throw new BadInput(
      `"${sourceId}" has not been crawled yet; \`waymark crawl ${sourceId}\` does`,
    );
  throw new BadInput(`there is no run "${named}"; \`waymark runs list --json\` shows their ids`);
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError("write a number from 1.");
  return Number(text);
}
