import { createInterface } from "node:readline/promises";
import { BadInput } from "@waymark/domain";
import {
  type ImportChoices,
  importMatched,
  type MatchedRow,
  type PlannedRow,
  planMatchedImport,
} from "@waymark/pipeline";
import type { Pool } from "@waymark/store";
import { catalogColumns, parseMatchedRows } from "./catalog-csv.ts";
import { showCount } from "./count-progress.ts";
import { otherColumns } from "./csv-file.ts";
import { readText, writeText } from "./file.ts";
import {
  countOutcome,
  describeRow,
  outcomeNames,
  outcomes,
  type ReportEnding,
  reportEndings,
  writeReport,
  writes,
} from "./import-report.ts";
import { openSession, withHome } from "./session.ts";
import { clockOf } from "./setting.ts";
import { count, note, print, printJson, printTable } from "./terminal.ts";

export type MatchedOptions = {
  apply?: true;
  report?: string;
  overwrite?: true;
  unsure?: "new" | "skip";
  json?: true;
};

/** How many rows of one outcome the terminal shows; the report has them all. */
const shownMax = 30;

/** Matches a file with the catalog, tells what an import would do, and does it when it is told to. */
export async function importMatchedFile(file: string, options: MatchedOptions): Promise<void> {
  const session = openSession();
  const ending = options.report === undefined ? undefined : endingOf(options.report);
  const text = readText(session.config, file);
  const rows = parseMatchedRows(text, file);
  const unused = otherColumns(text, file, catalogColumns);
  if (unused.length > 0)
    note(`passed over, since the catalog has no such columns: ${unused.join(", ")}`);
  const choices: ImportChoices = {
    overwrite: options.overwrite ?? false,
    unsure: options.unsure ?? "skip",
  };
  await withHome(session, async ({ db }) => {
    const shown = await planRows(db, rows, choices);
    if (ending && options.report)
      writeText(session.config, options.report, writeReport(shown, ending));
    if (options.json) printJson(countsOf(shown));
    else printReport(shown, choices);
    if (ending) note(`the whole report is in ${options.report}`);
    const changing = shown.filter(writes).length;
    if (changing === 0) {
      note("Nothing would change.");
      return;
    }
    if (!(options.apply ?? (await isWanted(changing)))) {
      note("Nothing was written; --apply writes it.");
      return;
    }
    const now = (await clockOf(session, db))();
    await importMatched(db, { rows, choices, shown, now });
    note(`${count(changing, "row")} written.`);
  });
}

async function planRows(
  db: Pool,
  rows: MatchedRow[],
  choices: ImportChoices,
): Promise<PlannedRow[]> {
  const progress = showCount("rows matched", rows.length);
  try {
    return await planMatchedImport(db, rows, choices, progress.show);
  } finally {
    progress.end();
  }
}

function endingOf(path: string): ReportEnding {
  const ending = reportEndings.find((one) => path.toLowerCase().endsWith(`.${one}`));
  if (ending) return ending;
  throw new BadInput(
    `--report ${path}: its name must end in .csv, .json or .md, which says how it is written`,
  );
}

const countsOf = (rows: PlannedRow[]) => ({
  rows: rows.length,
  ...Object.fromEntries(outcomeNames.map((outcome) => [outcome, countOutcome(rows, outcome)])),
  changing: rows.filter(writes).length,
});

function printReport(rows: PlannedRow[], { overwrite }: ImportChoices): void {
  for (const outcome of outcomeNames) {
    const own = rows.filter((row) => row.outcome === outcome);
    // A row that is an entry and tells nothing else is only counted.
    const telling = own.filter((row) => row.outcome !== "same" || row.changes.length > 0);
    if (telling.length === 0) continue;
    print(`${count(own.length, "row")}: ${outcomes[outcome]}`);
    printTable(
      ["line", "name", "what"],
      telling.slice(0, shownMax).map((row) => [String(row.line), row.name, describeRow(row)]),
    );
    if (telling.length > shownMax)
      print(`… and ${telling.length - shownMax} more; --report FILE has them all`);
    print();
  }
  const counted = outcomeNames.map((outcome) => `${countOutcome(rows, outcome)} ${outcome}`);
  print(`${count(rows.length, "row")}: ${counted.join(", ")}`);
  print(
    overwrite
      ? "Values of the file take the place of those that stand; what the file leaves empty stays."
      : "Values that stand are kept, and gaps are filled; --overwrite takes the file's values instead.",
  );
}

/** Asks on a terminal; elsewhere nobody is there to say yes. */
async function isWanted(changing: number): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await asking.question(`Write ${count(changing, "row")} to the catalog? [y/N] `);
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    asking.close();
  }
}
