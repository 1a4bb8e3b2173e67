import type { Field, FieldValue, InitiativeId, InitiativeValues } from "@waymark/domain";
import { addInitiative, lockInitiative, type Pool, saveValues, transaction } from "@waymark/store";
import { refreshKnowledge } from "./refresh-knowledge.ts";

/** A row of a catalog file: the values of an entry under its id. */
export type CatalogRow = InitiativeValues & { id: string };

/**
 * Brings a curator's catalog in, all rows or none. An entry that exists gets the values that differ;
 * what a row leaves empty stays as it stands.
 */
export async function importCatalog(
  pool: Pool,
  rows: CatalogRow[],
  now: Date,
): Promise<{ added: number; changed: number; unchanged: number }> {
  const counts = { added: 0, changed: 0, unchanged: 0 };
  await transaction(pool, async (db) => {
    for (const { id: rawId, ...values } of rows) {
      const id = rawId as InitiativeId;
      const isNew = await addInitiative(db, id, now);
      const before = isNew ? undefined : (await lockInitiative(db, id))?.values;
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
  return counts;
}
