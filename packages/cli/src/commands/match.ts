import type { Command } from "commander";
import { explainCommand } from "../explain-pair.ts";
import { addMatchJudge } from "./match-judge.ts";
import { addPairs } from "./match-pairs.ts";
import { addMatchReport } from "./match-report.ts";
import { addMatchRun } from "./match-run.ts";
import { addMatchSettings } from "./match-settings.ts";
import { addMatchTrain } from "./match-train.ts";

/** The group of commands about what is the same effort and what is not. */
export function addMatch(program: Command): void {
  const match = program
    .command("match")
    .summary("what is one effort under two names, and why")
    .description("Tells what is one effort under two names, and why.");
  addExplain(match);
  addPairs(match);
  addMatchJudge(match);
  addMatchTrain(match);
  addMatchReport(match);
  addMatchSettings(match);
  addMatchRun(match);
}

function addExplain(match: Command): void {
  match
    .command("explain")
    .argument("[efforts...]", "two ids, names, files or JSON objects; one beside --name")
    .summary("why two efforts are called the same, related, unsure or different")
    .description(
      "Holds two efforts against each other as the nightly work does and prints both, the verdict, every reason with " +
        "its share of the score, and what would be needed for same. Writes nothing. An effort is an entry's id or name, " +
        "a file (names.csv:3 is its third effort), a JSON object, or - for JSON on stdin. Two given efforts need no catalog.",
    )
    .option("--name <name>", "an effort that is no entry, by name …")
    .option("--acronym <letters>", "… and its acronym")
    .option("--url <url>", "… its own address")
    .option("--lead <organization>", "… who leads it")
    .option("--states <codes>", "… where it works: OH,TX")
    .option("--start <date>", "… when it began: YYYY, YYYY-MM or YYYY-MM-DD")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  waymark match explain CA-12 CA-48
  waymark match explain "Open Ladder" "Open Ladder Registry"
  waymark match explain CA-12 --name "Open Ladder Phase II" --lead "Harbor Foundation"
  waymark match explain candidates.csv:3 CA-12
  waymark match explain '{"name":"Open Ladder","states":["OH"]}' '{"name":"Open Ladder","states":["TX"]}'`,
    )
    .action(explainCommand);
}
