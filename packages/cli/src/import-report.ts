import { columnOf } from "@waymark/domain";
import type { PlannedRow, PlannedValue } from "@waymark/pipeline";
import { stringify } from "csv-stringify/sync";
import { describeValue } from "./describe-change.ts";
import { count } from "./terminal.ts";

/** The outcomes of a matched import in the order in which they are told, with what each means. */
export const outcomes = {
  same: "entries of the catalog",
  new: "new entries",
  unsure: "unsure, left out",
  double: "repeat another row, left out",
  conflict: "in conflict, left out",
} as const satisfies { [outcome in PlannedRow["outcome"]]: string };
export const outcomeNames = Object.keys(outcomes) as PlannedRow["outcome"][];

/** How many rows have an outcome. */
export const countOutcome = (rows: PlannedRow[], outcome: PlannedRow["outcome"]): number =>
  rows.filter((row) => row.outcome === outcome).length;

/** Whether a row would change the catalog. */
export const writes = (row: PlannedRow): boolean =>
  row.outcome === "new" ||
  (row.outcome === "same" && row.changes.some(({ isWritten }) => isWritten));

/** A row's outcome in a sentence. */
export function describeRow(row: PlannedRow): string {
  switch (row.outcome) {
    case "same": {
      const written = row.changes.filter(({ isWritten }) => isWritten);
      const kept = row.changes.filter(({ isWritten }) => !isWritten);
      return [
        `is ${row.entry.name} (${row.entry.id})`,
        ...written.map((change) => `${columnOf(change.field)}: ${fromTo(change)}`),
        ...(kept.length > 0
          ? [`keeps its ${kept.map(({ field }) => columnOf(field)).join(", ")}`]
          : []),
      ].join("; ");
    }
    case "new":
      return `becomes ${row.entry.id}${row.relatedTo ? `; ${relationText(row.relatedTo)}` : ""}`;
    case "unsure":
      return `may be ${row.candidates.map(({ id, name, score }) => `${name} (${id}, ${percent(score)})`).join(" or ")}`;
    case "double":
      return `repeats line ${row.ofLine}`;
    case "conflict":
      return row.because;
  }
}

const fromTo = ({ old, new: next }: PlannedValue): string =>
  `${describeValue(old ?? null)} → ${describeValue(next)}`;
const relationText = ({
  name,
  id,
  relation,
}: {
  name: string;
  id: string;
  relation: string;
}): string => `related to ${name} (${id}): ${relation.replaceAll("_", " ")}`;
const percent = (score: number): string => `${Math.round(score * 100)} %`;

/** The whole report as a file: its ending says how it is written. */
export function writeReport(rows: PlannedRow[], ending: ReportEnding): string {
  if (ending === "json") return `${JSON.stringify(rows.map(asJson), undefined, 2)}\n`;
  return ending === "csv" ? writeCsv(rows) : writeMarkdown(rows);
}
export const reportEndings = ["csv", "json", "md"] as const;
export type ReportEnding = (typeof reportEndings)[number];

const asJson = ({ values: _, ...row }: PlannedRow) => row;

const csvColumns = [
  "line",
  "outcome",
  "name",
  "entry",
  "score",
  "field",
  "old",
  "new",
  "written",
  "what",
];

/** One record a field that a row tells otherwise, or one a row where there is none. */
function writeCsv(rows: PlannedRow[]): string {
  const records = rows.flatMap((row) => {
    const entry = "entry" in row ? row.entry.id : "";
    const start = [
      row.line,
      row.outcome,
      row.name,
      entry,
      row.outcome === "same" ? row.score.toFixed(3) : "",
    ];
    const changes = row.outcome === "same" ? row.changes : [];
    if (changes.length === 0) return [[...start, "", "", "", "", describeRow(row)]];
    return changes.map((change) => [
      ...start,
      columnOf(change.field),
      describeValue(change.old ?? null),
      describeValue(change.new),
      change.isWritten ? "yes" : "no",
      row.outcome === "same" ? row.because : "",
    ]);
  });
  // What a spreadsheet would take for a formula gets an apostrophe in front.
  return stringify(records, { header: true, columns: csvColumns, escape_formulas: true });
}

function writeMarkdown(rows: PlannedRow[]): string {
  const parts = outcomeNames.map((outcome) => {
    const own = rows.filter((row) => row.outcome === outcome);
    const lines = own.map(
      (row) => `- line ${row.line}, **${plain(row.name)}**: ${plain(describeRow(row))}\n`,
    );
    return own.length === 0
      ? ""
      : `\n## ${count(own.length, "row")}: ${outcomes[outcome]}\n\n${lines.join("")}`;
  });
  return `# What the import would do\n\n${count(rows.length, "row")} matched with the catalog.\n${parts.join("")}`;
}

/** Text of a file as Markdown shows it, as it stands. */
const plain = (text: string): string =>
  text.replace(/[\\`*_[\]<>#|]/g, "\\$&").replace(/\s+/g, " ");
