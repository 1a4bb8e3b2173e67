import { BadInput, columnOf, fields, type InitiativeId } from "@waymark/domain";
import { eventRows, grantRows, importCatalog, loadTimelines } from "@waymark/pipeline";
import {
  listAllGrants,
  listFormerIds,
  listInitiatives,
  type Pool,
  type StoredInitiative,
} from "@waymark/store";
import { type Command, Option } from "commander";
import { catalogColumns, parseCatalog, writeCatalog } from "../catalog-csv.ts";
import { catalogAsJsonLd } from "../catalog-jsonld.ts";
import { readText, writeText } from "../file.ts";
import { importMatchedFile, type MatchedOptions } from "../import-matched.ts";
import { writeLifeCsv } from "../life-csv.ts";
import { openSession, withHome } from "../session.ts";
import { count, note, print, printJson } from "../terminal.ts";
import { addCatalogMerge } from "./catalog-merge.ts";

export function addCatalog(program: Command): void {
  const catalog = program
    .command("catalog")
    .summary("bring the catalog in, or take it out")
    .description("Brings the catalog in from a file, or writes it to one.");
  catalog
    .command("import")
    .argument("<file>", "a CSV file")
    .summary("bring a CSV file in, all rows or none")
    .description(
      `Brings a catalog in, all rows or none. The first line names the columns, in any order: ${catalogColumns.join(",")}. ` +
        'The members of a list stand between " | ". An entry that exists gets the values that differ; an empty cell leaves what stands.',
    )
    .option("--json", "print the counts as JSON")
    .option(
      "--match",
      "match its rows with the catalog first, whatever their ids: tells what it would do, and writes with --apply",
    )
    .option("--apply", "with --match: write it")
    .option("--report <file>", "with --match: the whole report, as .csv, .json or .md")
    .option("--overwrite", "with --match: take the file's values where the entry has others")
    .addOption(
      new Option(
        "--unsure <what>",
        "with --match: rows that may be an entry are left out, or new",
      ).choices(["skip", "new"]),
    )
    .addHelpText(
      "after",
      `
Examples:
  waymark catalog import catalog.csv
  waymark catalog import theirs.csv --match --report theirs.md
  waymark catalog import theirs.csv --match --apply

With --match only the column name is needed, ids may be missing or somebody else's. A row that is an
entry goes under the entry's id: values that stand are kept, gaps are filled. A row of which nothing is
known becomes an entry. Rows that are unsure, repeat another row or contradict one are left out and listed.`,
    )
    .action((file: string, options: ImportOptions) =>
      options.match ? importMatchedFile(file, options) : importFile(file, options),
    );
  catalog
    .command("export")
    .summary("write the catalog as CSV, JSON lines or JSON-LD")
    .description("Writes every entry that was not merged into another.")
    .addOption(
      new Option("--format <format>", "how to write it")
        .choices(["csv", "jsonl", "jsonld"])
        .default("csv"),
    )
    .option("--output <file>", "write to a file instead of stdout")
    .addHelpText(
      "after",
      "\nExample:\n  waymark catalog export --format jsonl --output catalog.jsonl",
    )
    .action(exportFile);
  addLife(catalog, "events");
  addLife(catalog, "grants");
  addCatalogMerge(catalog);
}

const ofLives = {
  events: {
    summary: "write what happened to the entries, with proof",
    description:
      "Writes what happened to the entries as pages tell it and decisions confirmed it: one event a line.",
  },
  grants: {
    summary: "write who paid whom, with proof",
    description: "Writes the grants that pages tell of the entries: one a line.",
  },
} as const;

/** What is told of the entries beside their values has files of its own. */
function addLife(catalog: Command, what: keyof typeof ofLives): void {
  catalog
    .command(what)
    .summary(ofLives[what].summary)
    .description(ofLives[what].description)
    .addOption(
      new Option("--format <format>", "how to write it").choices(["csv", "jsonl"]).default("jsonl"),
    )
    .option("--output <file>", "write to a file instead of stdout")
    .addHelpText("after", `\nExample:\n  waymark catalog ${what} --format csv --output ${what}.csv`)
    .action((options: { format: "csv" | "jsonl"; output?: string }) => exportLife(what, options));
}

async function exportLife(
  what: keyof typeof ofLives,
  { format, output }: { format: "csv" | "jsonl"; output?: string },
): Promise<void> {
  const session = openSession();
  await withHome(session, async ({ db }) => {
    const entries = await listInitiatives(db);
    const rows =
      what === "events"
        ? eventRows(entries, await loadTimelines(db))
        : grantRows(entries, await listAllGrants(db));
    const text = format === "csv" ? writeLifeCsv(what, rows) : writeLines(rows);
    if (output === undefined) {
      process.stdout.write(text);
      return;
    }
    writeText(session.config, output, text);
    note(`${count(rows.length, what.slice(0, -1))} written to ${output}`);
  });
}

type ImportOptions = MatchedOptions & { match?: true };

async function importFile(file: string, { json, ...matching }: ImportOptions): Promise<void> {
  const [given] = Object.keys(matching);
  if (given) throw new BadInput(`--${given} goes with --match only`);
  const session = openSession();
  const rows = parseCatalog(readText(session.config, file), file);
  await withHome(session, async ({ db }) => {
    const counts = await importCatalog(db, rows, session.now());
    if (json) printJson(counts);
    else {
      print(
        `${count(rows.length, "row")}: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} as they were`,
      );
      for (const { id, into } of counts.merged ?? [])
        print(
          `left out: ${id} was merged into ${into}; write the row under that id, or \`waymark catalog unmerge ${id}\` first`,
        );
    }
  });
}

type Format = "csv" | "jsonl" | "jsonld";

async function exportFile({ format, output }: { format: Format; output?: string }): Promise<void> {
  const session = openSession();
  await withHome(session, async ({ db }) => {
    const former = await listFormerIds(db);
    const entries = (await listInitiatives(db)).map((entry) => ({
      ...entry,
      formerIds: former.get(entry.id),
    }));
    const text = format === "jsonld" ? await writeJsonLd(db, entries) : write(entries, format);
    if (output === undefined) {
      process.stdout.write(text);
      return;
    }
    writeText(session.config, output, text);
    note(`${count(entries.length, "entry", "entries")} written to ${output}`);
  });
}

/** An entry, and the ids that lead to it since others were merged into it. */
type ExportedEntry = StoredInitiative & { formerIds: InitiativeId[] | undefined };

const write = (entries: ExportedEntry[], format: "csv" | "jsonl"): string =>
  format === "csv" ? writeCatalog(entries) : writeLines(entries.map(asLine));

const writeLines = (rows: readonly object[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join("");

/** Linked data tells the events and grants of an entry with it. */
async function writeJsonLd(db: Pool, entries: ExportedEntry[]): Promise<string> {
  const [events, grants] = [await loadTimelines(db), await listAllGrants(db)];
  const whole = entries.map((entry) => ({
    ...entry,
    events: events.get(entry.id),
    grants: grants.get(entry.id),
  }));
  return `${JSON.stringify(catalogAsJsonLd(whole), undefined, 2)}\n`;
}

/** An entry under the names of its columns; what is not known is left out. */
const asLine = ({ id, values, formerIds }: ExportedEntry) => ({
  id,
  ...Object.fromEntries(fields.map((field) => [columnOf(field), values[field]])),
  former_ids: formerIds,
});
