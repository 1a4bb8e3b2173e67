import { columnOf, fields } from "@waymark/domain";
import {
  eventRows,
  exportChange,
  exportSuppression,
  grantRows,
  loadTimelines,
} from "@waymark/pipeline";
import {
  listAllGrants,
  listChanges,
  listInitiatives,
  listSuppressions,
  type StoredInitiative,
} from "@waymark/store";
import { asked, type Call } from "../call.ts";
import { csvLine } from "../parts/csv.ts";

/** The queue, one change a line; with `?state=all` also what was decided or withdrawn. */
export async function sendChanges(call: Call): Promise<Response> {
  const states =
    asked(call, "state") === "all"
      ? (["confirming", "open", "accepted", "rejected", "withdrawn"] as const)
      : (["open"] as const);
  const changes = await listChanges(call.desk.db, { states: [...states] });
  return sendLines(call, "changes.jsonl", changes.map(exportChange));
}

/** What was held back, one difference a line, with the rule. */
export async function sendSuppressed(call: Call): Promise<Response> {
  const suppressed = await listSuppressions(call.desk.db);
  return sendLines(call, "suppressed.jsonl", suppressed.map(exportSuppression));
}

/** The catalog, one entry a line. */
export async function sendCatalogLines(call: Call): Promise<Response> {
  const entries = await listInitiatives(call.desk.db);
  return sendLines(
    call,
    "catalog.jsonl",
    entries.map(({ id, values }) => ({
      id,
      ...Object.fromEntries(fields.map((field) => [columnOf(field), values[field]])),
    })),
  );
}

/** What happened to the entries, one event a line. */
export async function sendEvents(call: Call): Promise<Response> {
  const { db } = call.desk;
  const rows = eventRows(await listInitiatives(db), await loadTimelines(db));
  return sendLines(call, "events.jsonl", rows);
}

/** Who paid whom for them, one grant a line. */
export async function sendGrants(call: Call): Promise<Response> {
  const { db } = call.desk;
  return sendLines(
    call,
    "grants.jsonl",
    grantRows(await listInitiatives(db), await listAllGrants(db)),
  );
}

/** The catalog as a spreadsheet reads it: lists joined by bars. */
export async function sendCatalogCsv(call: Call): Promise<Response> {
  const entries = await listInitiatives(call.desk.db);
  const head = csvLine(["id", ...fields.map(columnOf)]);
  const body = head + entries.map(csvRow).join("");
  return send(call, "catalog.csv", "text/csv; charset=utf-8", body);
}

const csvRow = ({ id, values }: StoredInitiative): string =>
  csvLine([
    id,
    ...fields.map((field) => {
      const value = values[field];
      return Array.isArray(value) ? value.join(" | ") : (value ?? "");
    }),
  ]);

const sendLines = (call: Call, name: string, rows: unknown[]): Response =>
  send(
    call,
    name,
    "application/x-ndjson; charset=utf-8",
    rows.map((row) => `${JSON.stringify(row)}\n`).join(""),
  );

const send = ({ c }: Call, name: string, type: string, body: string): Response =>
  c.body(body, 200, {
    "content-type": type,
    "content-disposition": `attachment; filename="${name}"`,
  });
