import { columnOf, fields } from "@waymark/domain";
import { importCatalog } from "@waymark/pipeline";
import { listInitiatives, type StoredInitiative } from "@waymark/store";
import { type Command, Option } from "commander";
import { catalogColumns, parseCatalog, writeCatalog } from "../catalog-csv.ts";
import { catalogAsJsonLd } from "../catalog-jsonld.ts";
import { readText, writeText } from "../file.ts";
import { openSession, withHome } from "../session.ts";
import { count, note, print, printJson } from "../terminal.ts";

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
    .addHelpText("after", "\nExample:\n  waymark catalog import catalog.csv")
    .action(importFile);
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
}

async function importFile(file: string, { json }: { json?: true }): Promise<void> {
  const session = openSession();
  const rows = parseCatalog(readText(session.config, file), file);
  await withHome(session, async ({ db }) => {
    const counts = await importCatalog(db, rows, session.now());
    if (json) printJson(counts);
    else {
      print(
        `${count(rows.length, "row")}: ${counts.added} added, ${counts.changed} changed, ${counts.unchanged} as they were`,
      );
    }
  });
}

type Format = "csv" | "jsonl" | "jsonld";

async function exportFile({ format, output }: { format: Format; output?: string }): Promise<void> {
  const session = openSession();
  await withHome(session, async ({ db }) => {
    const entries = await listInitiatives(db);
    const text = write(entries, format);
    if (output === undefined) {
      process.stdout.write(text);
      return;
    }
    writeText(session.config, output, text);
    note(`${count(entries.length, "entry", "entries")} written to ${output}`);
  });
}

function write(entries: StoredInitiative[], format: Format): string {
  if (format === "csv") return writeCatalog(entries);
  if (format === "jsonld") return `${JSON.stringify(catalogAsJsonLd(entries), undefined, 2)}\n`;
  return entries.map((entry) => `${JSON.stringify(asLine(entry))}\n`).join("");
}

/** An entry under the names of its columns; what is not known is left out. */
const asLine = ({ id, values }: StoredInitiative) => ({
  id,
  ...Object.fromEntries(fields.map((field) => [columnOf(field), values[field]])),
});
