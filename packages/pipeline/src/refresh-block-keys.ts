import type { InitiativeId, Knowledge } from "@waymark/domain";
import { blockKeys } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import { type Db, findInitiative, saveBlockKeys } from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";

/** Writes anew the keys under which an entry is found as a candidate, after its values changed. */
export async function refreshBlockKeys(
  db: Db,
  id: InitiativeId,
  knowledge?: Knowledge,
): Promise<void> {
  const known = knowledge ?? (await currentKnowledge(db));
  const entry = await findInitiative(db, id);
  if (entry) await saveBlockKeys(db, id, blockKeys(toRecord(entry.values, known), known));
}
