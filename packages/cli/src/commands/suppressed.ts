import { exportSuppression } from "@waymark/pipeline";
import { countSuppressions, listSuppressions } from "@waymark/store";
import type { Command } from "commander";
import { withDatabase } from "../session.ts";
import { print, printJson, printTable, when } from "../terminal.ts";

export function addSuppressed(program: Command): void {
  const suppressed = program
    .command("suppressed")
    .summary("what was held back, and the rule that did")
    .description(
      "Differences that no curator is asked about, each with the rule that held it back.",
    );
  suppressed
    .command("list")
    .summary("what was held back, with the rules counted")
    .option("--rule <rule>", "of one rule only")
    .addHelpText("after", "\nExample:\n  waymark suppressed list --rule same-value")
    .action(list);
  suppressed
    .command("export")
    .summary("every suppression as JSON, one a line")
    .addHelpText("after", "\nExample:\n  waymark suppressed export > suppressed.jsonl")
    .action(() =>
      withDatabase(async (db) => {
        for (const one of await listSuppressions(db)) printJson(exportSuppression(one));
      }),
    );
}

const list = ({ rule }: { rule?: string }): Promise<void> =>
  withDatabase(async (db) => {
    const all = await listSuppressions(db);
    const shown = all.filter((one) => rule === undefined || one.rule === rule);
    if (shown.length === 0) {
      print("Nothing was held back.");
      return;
    }
    printTable(
      ["rule", "kind", "times", "last", "initiative", "why"],
      shown.map((one) => [
        one.rule,
        one.kind,
        String(one.times),
        when(one.lastAt),
        one.title,
        one.reason,
      ]),
    );
    if (rule !== undefined) return;
    print();
    printTable(
      ["rule", "held back"],
      (await countSuppressions(db)).map((one) => [one.rule, String(one.n)]),
    );
  });
