import type { Knowledge, Match, Mention, MentionId } from "@waymark/domain";
import { basisOf } from "@waymark/match";
import { type Db, type FoundPair, listValuesOf } from "@waymark/store";
import { pairIdOf } from "./row-ids.ts";

/** The mentions that may be about an entry, each with that entry, for a person to say. */
export async function pairsOfMentions(
  db: Db,
  mentions: { id: MentionId; mention: Mention; match: Match }[],
  knowledge: Knowledge,
): Promise<FoundPair[]> {
  const values = await listValuesOf(
    db,
    mentions.flatMap(({ match }) => (match.verdict === "unsure" ? (match.initiativeId ?? []) : [])),
  );
  return mentions.flatMap(({ id, mention, match }): FoundPair[] => {
    const { verdict, initiativeId } = match;
    const entry = initiativeId && values.get(initiativeId);
    if (verdict !== "unsure" || !entry) return [];
    return [
      {
        id: pairIdOf(initiativeId, id),
        initiativeId,
        other: { mentionId: id },
        match: { ...match, verdict },
        knowledgeVersion: knowledge.version,
        fingerprint: basisOf(entry, mention, match).fingerprint,
      },
    ];
  });
}
