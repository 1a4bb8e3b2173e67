import { BadInput, ChangeKind, type ChangeState, columnOf } from "@waymark/domain";
import { decideChange, exportChange, undoDecision } from "@waymark/pipeline";
import { findChange, listChanges, listDecisionsOfChange, type StoredChange } from "@waymark/store";
import { type Command, InvalidArgumentError, Option } from "commander";
import { describeValue, printEvidence } from "../describe-change.ts";
import { withDatabase } from "../session.ts";
import { clockOf } from "../setting.ts";
import { count, faint, print, printJson, printTable, strong, when } from "../terminal.ts";

const allStates: ChangeState[] = ["confirming", "open", "accepted", "rejected", "withdrawn"];

export function addChanges(program: Command): void {
  const changes = program
    .command("changes")
    .summary("what is proposed: look, accept, reject, undo")
    .description("What is proposed for the catalog, and the decisions on it.");
  changes
    .command("list")
    .summary("the changes that wait, the most pressing first")
    .addOption(stateOption())
    .addOption(new Option("--kind <kind>", "one kind only").choices(ChangeKind.options))
    .option("--json", "print JSON, one change a line")
    .addHelpText("after", "\nExample:\n  waymark changes list --kind ended")
    .action(list);
  changes
    .command("show")
    .argument("<id>")
    .summary("one change with its evidence, reasons and decisions")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark changes show CHANGE")
    .action(show);
  changes
    .command("export")
    .summary("every change as JSON, one a line")
    .addOption(stateOption())
    .addHelpText("after", "\nExample:\n  waymark changes export --state all > changes.jsonl")
    .action((options: { state: "open" | "all" }) => list({ ...options, json: true }));
  for (const verdict of ["accept", "reject"] as const) {
    changes
      .command(verdict)
      .argument("<id...>", "ids of changes")
      .summary(`${verdict} changes`)
      .option("--why <text>", "the reason, for the audit")
      .option("--as <name>", "who decides")
      .addHelpText(
        "after",
        `\nExample:\n  waymark changes ${verdict} CHANGE --why "checked by phone" --as rosa`,
      )
      .action((ids: string[], options: DecisionOptions) => decide(ids, verdict, options));
  }
  changes
    .command("undo")
    .argument("<decision>", "the number of a decision", decisionNumber)
    .summary("take a decision back")
    .option("--as <name>", "who takes it back")
    .addHelpText("after", "\nExample:\n  waymark changes undo 12")
    .action(undo);
}

const stateOption = (): Option =>
  new Option("--state <state>", "those that wait, or all there ever were")
    .choices(["open", "all"])
    .default("open");

type ListOptions = { state: "open" | "all"; kind?: ChangeKind; json?: true };

const list = ({ state, kind, json }: ListOptions): Promise<void> =>
  withDatabase(async (db) => {
    const changes = await listChanges(db, { states: state === "all" ? allStates : ["open"], kind });
    if (json) {
      for (const change of changes) printJson(exportChange(change));
      return;
    }
    if (changes.length === 0) {
      print("No change waits.");
      return;
    }
    printTable(
      ["id", "kind", "state", "sure", "initiative", "what"],
      changes.map((change) => [
        change.id,
        change.kind,
        change.state,
        change.confidence.toFixed(2),
        change.title,
        whatOf(change),
      ]),
    );
    print(count(changes.length, "change"));
  });

function whatOf({ kind, fields, other, freshness }: StoredChange): string {
  if (kind === "duplicate") return `the same as ${other?.name ?? "another entry"}`;
  if (freshness) return freshness.reason;
  return fields
    .map(
      (delta) =>
        `${columnOf(delta.field)}: ${describeValue(delta.old)} → ${describeValue(delta.new)}`,
    )
    .join("; ");
}

const show = (id: string, { json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const change = await findChange(db, id);
    if (!change) {
      throw new BadInput(`there is no change "${id}"; \`waymark changes list\` shows what is open`);
    }
    const decisions = await listDecisionsOfChange(db, change.id);
    if (json) {
      printJson({ ...exportChange(change), reasons: change.reasons, decisions });
      return;
    }
    print(`${strong(change.title)}  ${change.kind}, ${change.state} ${faint(change.id)}`);
    if (change.url) print(`  ${change.url}`);
    print(`  proposed ${when(change.proposedAt)}, confidence ${change.confidence.toFixed(2)}`);
    if (change.other) print(`  the same as ${change.other.name} (${change.other.id})`);
    if (change.freshness) print(`  ${change.freshness.reason}`);
    for (const delta of change.fields) {
      print(
        `  ${columnOf(delta.field).padEnd(18)} ${describeValue(delta.old)} → ${describeValue(delta.new)}`,
      );
    }
    print(strong("Evidence"));
    for (const evidence of change.evidence) printEvidence(evidence);
    print(strong("Reasons"));
    for (const reason of change.reasons) print(`  ${reason}`);
    for (const { id: number, verdict, who, why, at, undoneBy } of decisions) {
      const undone = undoneBy ? `, undone by ${undoneBy}` : "";
      print(
        `Decision ${number}: ${verdict} by ${who} on ${when(at)}${why ? `, "${why}"` : ""}${undone}`,
      );
    }
  });

type DecisionOptions = { why?: string; as?: string };

const decide = (
  ids: string[],
  verdict: "accept" | "reject",
  { why, as }: DecisionOptions,
): Promise<void> =>
  withDatabase(async (db, session) => {
    const now = await clockOf(session, db);
    for (const changeId of ids) {
      const who = as ?? session.config.who;
      const { decisionId, initiativeId } = await decideChange(db, {
        changeId,
        verdict,
        who,
        why,
        now: now(),
      });
      const entry = initiativeId ? `, entry ${initiativeId}` : "";
      print(`${changeId} ${verdict}ed: decision ${decisionId}${entry}`);
    }
  });

const undo = (decisionId: number, { as }: { as?: string }): Promise<void> =>
  withDatabase(async (db, session) => {
    const now = await clockOf(session, db);
    const who = as ?? session.config.who;
    const { changeId } = await undoDecision(db, { decisionId, who, now: now() });
    print(`decision ${decisionId} is taken back; change ${changeId} waits again`);
  });

function decisionNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) {
    throw new InvalidArgumentError("write the number that accept or reject printed, such as 12.");
  }
  return Number(text);
}
