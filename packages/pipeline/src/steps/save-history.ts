import type { InitiativeId, Knowledge, KnownMention } from "@waymark/domain";
import { gatherHistory } from "@waymark/review";
import {
  type Db,
  listMentionsOfInitiative,
  saveToldEvents,
  saveToldGrants,
  saveToldRelations,
} from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";

/**
 * Writes what the mentions of an entry tell of its life: events, grants, relations. Rows that nobody tells any
 * more go; those that decisions established stay. Twice the same mentions leave the same rows.
 */
export async function saveHistory(
  db: Db,
  id: InitiativeId,
  mentions: readonly KnownMention[],
  knowledge: Knowledge,
): Promise<void> {
  const { events, grants, relations } = gatherHistory(mentions, knowledge);
  await saveToldEvents(db, id, events);
  await saveToldGrants(db, id, grants);
  // An entry that goes by two names is not its own successor.
  await saveToldRelations(
    db,
    id,
    relations.filter(({ to }) => to !== id),
  );
}

/** The same for entries whose mentions a decision has moved. */
export async function refreshHistories(db: Db, ids: readonly InitiativeId[]): Promise<void> {
  const knowledge = await currentKnowledge(db);
  for (const id of ids) {
    await saveHistory(db, id, await listMentionsOfInitiative(db, id), knowledge);
  }
}
