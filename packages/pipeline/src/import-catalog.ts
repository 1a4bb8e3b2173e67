import type { Field, FieldValue, InitiativeId, InitiativeValues } from "@waymark/domain";
import {
  addInitiative,
  lockInitiative,
  type Pool,
  resolveInitiative,
  saveValues,
  transaction,
} from "@waymark/store";
import { refreshKnowledge } from "./refresh-knowledge.ts";

/** A row of a catalog file: the values of an entry under its id. */
export type CatalogRow = InitiativeValues & { id: string };

/** A row of an entry that was merged since the file was written, and the entry that it went into. */
export type MergedRow = { id: InitiativeId; into: InitiativeId };

/** How many rows did what; `merged` are those left out. */
export type ImportCounts = {
  added: number;
  changed: number;
  unchanged: number;
  merged?: MergedRow[];
};

/**
 * Brings a curator's catalog in, all rows or none. An entry that exists gets the values that differ;
 * what a row leaves empty stays as it stands. A row of an entry that was merged into another is left out:
 * what it says was decided when they were merged.
 */
export async function importCatalog(
  pool: Pool,
  rows: CatalogRow[],
  now: Date,
): Promise<ImportCounts> {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  const merged: MergedRow[] = [];
  await transaction(pool, async (db) => {
    for (const { id: rawId, ...values } of rows) {
      const id = rawId as InitiativeId;
      const isNew = await addInitiative(db, id, now);
      const entry = isNew ? undefined : await lockInitiative(db, id);
      if (entry?.mergedInto) {
        merged.push({ id, into: (await resolveInitiative(db, id)) ?? entry.mergedInto });
        continue;
      }
      const before = entry?.values;
      const given = Object.entries(values) as [Field, FieldValue][];
      const differing = given.filter(
        ([field, value]) =>
          value !== undefined && JSON.stringify(before?.[field]) !== JSON.stringify(value),
      );
      await saveValues(db, id, { values: Object.fromEntries(differing), origin: "import", now });
      counts[isNew ? "added" : differing.length > 0 ? "changed" : "unchanged"] += 1;
    }
    await refreshKnowledge(db, now);
  });
  return merged.length > 0 ? { ...counts, merged } : counts;
}
