import type { Command } from "commander";
import { explainPair } from "../explain-pair.ts";

/** The group of commands about what is the same effort and what is not. */
export function addMatch(program: Command): void {
  const match = program
    .command("match")
    .summary("what is the same effort: explain a pair")
    .description("Tells what is one effort under two names, and why.");
  match
    .command("explain")
    .argument("<a>", "id of an entry")
    .argument("<b>", "id of another entry")
    .summary("why two entries are called the same, related, or two")
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark match explain CA-12 CA-48")
    .action(explainPair);
}
