import { Conflict } from "@waymark/domain";
import {
  addInitiative,
  type Db,
  lockInitiative,
  type Pool,
  saveValues,
  transaction,
} from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { type ImportChoices, type MatchedRow, type PlannedRow, planImport } from "./plan-import.ts";
import { refreshKnowledge } from "./refresh-knowledge.ts";

/** What an import of these rows would do, as the catalog stands now. */
export const planMatchedImport = async (
  db: Db,
  rows: MatchedRow[],
  choices: ImportChoices,
  onBatch?: (rows: number) => void,
): Promise<PlannedRow[]> =>
  planImport(db, rows, { ...choices, knowledge: await currentKnowledge(db), onBatch });

/**
 * Writes what was planned, all or nothing: values of rows that are an entry under the entry's id, and new
 * entries. Rows that are unsure, double or in conflict are left out. The plan is made anew inside the
 * transaction; Conflict when it is not the one that was shown.
 */
export async function importMatched(
  pool: Pool,
  {
    rows,
    choices,
    shown,
    now,
  }: { rows: MatchedRow[]; choices: ImportChoices; shown: PlannedRow[]; now: Date },
): Promise<void> {
  await transaction(pool, async (db) => {
    const planned = await planMatchedImport(db, rows, choices);
    if (JSON.stringify(planned) !== JSON.stringify(shown)) {
      throw new Conflict(
        "the catalog has changed since the report was made; import the file again",
      );
    }
    for (const row of planned) await writeRow(db, row, now);
    await refreshKnowledge(db, now);
  });
}

async function writeRow(db: Db, row: PlannedRow, now: Date): Promise<void> {
  if (row.outcome === "new") {
    await addInitiative(db, row.entry.id, now);
    await saveValues(db, row.entry.id, { values: row.values, origin: "import", now });
  }
  if (row.outcome !== "same") return;
  const written = row.changes.filter(({ isWritten }) => isWritten);
  if (written.length === 0) return;
  await lockInitiative(db, row.entry.id);
  const values = Object.fromEntries(written.map((change) => [change.field, change.new]));
  await saveValues(db, row.entry.id, { values, origin: "import", now });
}
