import type { SourceId } from "@waymark/domain";
import { acceptHeldReadings, closeIncident, type Pool, transaction } from "@waymark/store";

/** Takes what a drifted source's runs have read as its new shape. Returns how many pages are read again. */
export async function acceptDrift(
  pool: Pool,
  sourceId: SourceId,
  { who, now }: { who: string; now: Date },
): Promise<number> {
  return transaction(pool, async (db) => {
    const pages = await acceptHeldReadings(db, sourceId, { who, now });
    await closeIncident(db, sourceId, "drift", now);
    return pages;
  });
}
