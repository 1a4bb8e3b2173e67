import type { Knowledge, Match, Mention, MentionId } from "@waymark/domain";
import { basisOf } from "@waymark/match";
import type { Db, FoundPair } from "@waymark/store";
import { loadCandidates } from "./list-candidates.ts";
import { pairIdOf } from "./row-ids.ts";

/** The mentions that may be about an entry, each with that entry, for a person to say. */
export async function pairsOfMentions(
  db: Db,
  mentions: { id: MentionId; mention: Mention; match: Match }[],
  knowledge: Knowledge,
): Promise<FoundPair[]> {
  const doubtful = mentions.filter(({ match }) => match.verdict === "unsure");
  const ids = new Set(doubtful.flatMap(({ match }) => match.initiativeId ?? []));
  const entries = await loadCandidates(db, [...ids], knowledge);
  return doubtful.flatMap(({ id, mention, match }): FoundPair[] => {
    const { verdict, initiativeId } = match;
    const entry = initiativeId && entries.get(initiativeId);
    if (verdict !== "unsure" || !entry) return [];
    return [
      {
        id: pairIdOf(initiativeId, id),
        initiativeId,
        other: { mentionId: id },
        match: { ...match, verdict },
        knowledgeVersion: knowledge.version,
        fingerprint: basisOf(entry.values, mention, match).fingerprint,
      },
    ];
  });
}
