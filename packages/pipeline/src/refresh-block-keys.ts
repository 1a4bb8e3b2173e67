import { emptyKnowledge, type InitiativeId, type InitiativeValues } from "@waymark/domain";
import { blockKeys } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import { type Db, findInitiative, saveBlockKeys } from "@waymark/store";

/** Writes anew the keys under which an entry is found as a candidate, after its values changed. */
export async function refreshBlockKeys(db: Db, id: InitiativeId): Promise<void> {
  const entry = await findInitiative(db, id);
  if (entry) await saveBlockKeys(db, [keysOfEntry(entry)]);
}

/**
 * Writes the keys of those entries whose keys are not what their values make; returns how many those were.
 * A release that makes other keys, and whatever was written past us, is put right so.
 */
export async function refreshAllBlockKeys(
  db: Db,
  entries: { id: InitiativeId; values: InitiativeValues }[],
): Promise<number> {
  let changed = 0;
  for (let from = 0; from < entries.length; from += writtenTogether) {
    const some = entries.slice(from, from + writtenTogether);
    changed += await saveBlockKeys(db, some.map(keysOfEntry));
  }
  return changed;
}

const writtenTogether = 500;

// No knowledge goes into what is stored: it would have to be made anew with every new alias.
const keysOfEntry = ({ id, values }: { id: InitiativeId; values: InitiativeValues }) => ({
  id,
  keys: blockKeys(toRecord(values, emptyKnowledge)),
});
