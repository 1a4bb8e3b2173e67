import { BadInput } from "@waymark/domain";
import { alignColumns, type MatchedTables, matchTables, type Table } from "@waymark/pipeline";
import { type Command, InvalidArgumentError, Option } from "commander";
import { loadConfig } from "../config.ts";
import { showCount } from "../count-progress.ts";
import { writeText } from "../file.ts";
import { readLabelFile } from "../label-file.ts";
import { formatMatches } from "../matched-tables.ts";
import { readTableFile, type TableFile } from "../table-file.ts";
import { count, note } from "../terminal.ts";

/** The command that matches any CSV files, in the group `match`. */
export function addMatchRun(match: Command): void {
  match
    .command("run")
    .argument("<file...>", "a CSV file to find duplicates in, or two to link")
    .summary("find the rows that are the same in any CSV file, or in two")
    .description(
      "Finds duplicates in one CSV file, or the rows of two that are the same, whatever their columns are called: what " +
        "they hold is seen from the cells. Needs no database and no labels; with labelled pairs it learns from them. " +
        "Prints the pairs called same, and those worth a person's look as unsure. The same files give the same answer.",
    )
    .option("--id <column>", "the column that names the rows (default: id, else their number)")
    .option("--columns <names>", "compare only these columns: name,city", splitNames)
    .option("--threshold <probability>", "from which a pair is called same", probability)
    .option("--one-to-one", "every row has one match at most: the best")
    .option("--labels <file>", "labelled pairs to learn from: left,right,same|different")
    .option("--explain", "tell what made each pair the same or not")
    .option("--out <file>", "write to a file instead of stdout")
    .addOption(
      new Option("--format <format>", "how pairs are written")
        .choices(["csv", "jsonl"])
        .default("csv"),
    )
    .addHelpText(
      "after",
      `
Examples:
  waymark match run members.csv
  waymark match run ours.csv theirs.csv --one-to-one --out pairs.csv
  waymark match run members.csv --id number --columns name,city --explain --format jsonl
  waymark match run ours.csv theirs.csv --labels judged.csv --threshold 0.8`,
    )
    .action(runCommand);
}

type RunOptions = {
  id?: string;
  columns?: string[];
  threshold?: number;
  oneToOne?: true;
  labels?: string;
  explain?: true;
  out?: string;
  format: "csv" | "jsonl";
};

function runCommand(names: string[], options: RunOptions): void {
  if (names.length > 2) {
    throw new BadInput(`${names.length} files are too many: give one, or two to link`);
  }
  const config = loadConfig();
  const files = names.map((name) => readTableFile(config, name, options));
  const tables = underOneHeading(files);
  const labelled =
    options.labels === undefined ? undefined : readLabelFile(config, options.labels, tables);
  const progress = showCount(stepWords.search);
  const matched = matchTables({
    ...{ tables, labelled, sameFrom: options.threshold, isOneToOne: options.oneToOne },
    ...{
      explains: options.explain,
      tell: (step, done, whole) => progress.show(done, whole, stepWords[step]),
    },
  });
  progress.end();
  const text = formatMatches(matched, tables, { ...options, explains: options.explain ?? false });
  if (options.out === undefined) process.stdout.write(text);
  else writeText(config, options.out, text);
  noteSummary(files, matched, options.out);
}

/** The columns of two files brought together; what was taken for the same is said. */
function underOneHeading([first, second]: TableFile[]): [Table] | [Table, Table] {
  if (!second) return [first!.table];
  const { tables, pairs } = alignColumns(first!.table, second.table);
  for (const { left, right } of pairs) {
    if (left && right && left !== right) note(`“${left}” and “${right}” hold the same.`);
    if (!left || !right) {
      note(`“${left ?? right}” stands only in ${left ? first!.file : second.file}.`);
    }
  }
  if (pairs.every(({ left, right }) => !left || !right)) {
    throw new BadInput(
      `no column of ${first!.file} holds what one of ${second.file} holds: give the ones that do the same name`,
    );
  }
  return tables;
}

function noteSummary(files: TableFile[], matched: MatchedTables, out: string | undefined): void {
  const rows = files.map(({ file, table, idColumn }) => {
    const named = idColumn === undefined ? "named by their number" : `named by “${idColumn}”`;
    return `${count(table.rows.length, "row")} of ${file}, ${named}`;
  });
  const same = matched.pairs.filter(({ verdict }) => verdict === "same").length;
  note(`${rows.join("; ")}.`);
  note(`Columns: ${matched.columns.map(({ name, kind }) => `${name} (${kind})`).join(", ")}.`);
  note(
    `${count(matched.comparedCount, "pair")} compared: ${same} called same from ${matched.sameFrom.toFixed(2)} on, ` +
      `${matched.pairs.length - same} unsure, ${count(matched.clusters.length, "cluster")}.` +
      `${out === undefined ? "" : ` Written to ${out}.`}`,
  );
}

const stepWords = { search: "rows searched", compare: "pairs compared" };

const splitNames = (text: string): string[] => text.split(",").map((name) => name.trim());

function probability(text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && value > 0 && value < 1) return value;
  throw new InvalidArgumentError("write a number between 0 and 1, such as 0.8.");
}
