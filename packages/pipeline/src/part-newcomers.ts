import type { InitiativeId } from "@waymark/domain";
import {
  type Db,
  listJudgedMentions,
  listMentionsOfInitiative,
  saveMentionMatches,
} from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { placeJudged } from "./place-judged.ts";
import { matchMentions } from "./steps/match-mentions.ts";

/**
 * Holds what pages brought to an entry since another one was merged into it against the catalog again, now
 * that the other one stands for itself: what is about that one goes there. What people judged goes where
 * they said. Whoever calls holds the lock on judgements.
 */
export async function partNewcomers(
  db: Db,
  { from, into }: { from: InitiativeId; into: InitiativeId },
  mergedAt: Date,
): Promise<void> {
  const newcomers = (await listMentionsOfInitiative(db, into)).filter(
    ({ firstSeenAt }) => firstSeenAt && firstSeenAt > mergedAt,
  );
  if (newcomers.length === 0) return;
  const knowledge = await currentKnowledge(db);
  const judged = await listJudgedMentions(
    db,
    newcomers.map(({ id }) => id),
  );
  await placeJudged(db, [...judged].sort(), knowledge);
  const open = newcomers.filter(({ id }) => !judged.has(id));
  const matched = await matchMentions(
    db,
    open.map(({ mention }) => mention),
    knowledge,
  );
  const moved = matched.flatMap(({ match, initiativeId }, at) =>
    initiativeId === from ? [{ id: open[at]!.id, match, initiativeId }] : [],
  );
  await saveMentionMatches(db, moved, knowledge.version);
}
