import {
  entriesAmong,
  type InitiativeId,
  type JudgedSide,
  type Knowledge,
  type Match,
  type MentionId,
  sideKey,
} from "@waymark/domain";
import { groupJudged, type Told } from "@waymark/match";
import {
  type Db,
  findInitiative,
  listMentions,
  markClustersDue,
  markInitiativesDue,
  saveMentionMatches,
} from "@waymark/store";
import { loadJudged } from "./load-judged.ts";
import { matchMentions, matchUnderNames } from "./steps/match-mentions.ts";

type Placed = Awaited<ReturnType<typeof listMentions>>[number];

/**
 * Puts mentions that people judged where the judgements say: with the entry that they are the same as,
 * whatever the score; never with one that a *different* parts them from, on whatever way. What is left
 * open is for the matcher. Where one belongs may follow from where another does, so they are gone through
 * until nothing moves. Whoever calls holds the lock on judgements. Returns those whose place changed.
 */
export async function placeJudged(
  db: Db,
  ids: MentionId[],
  knowledge: Knowledge,
): Promise<MentionId[]> {
  const moved = new Set<MentionId>();
  for (let round = 0; round <= ids.length; round++) {
    const now = await placeEach(db, ids, knowledge);
    for (const id of now) moved.add(id);
    if (now.length === 0) break;
  }
  return [...moved].sort();
}

async function placeEach(db: Db, ids: MentionId[], knowledge: Knowledge): Promise<MentionId[]> {
  const moved: MentionId[] = [];
  for (const mention of await listMentions(db, ids)) {
    const side = { mentionId: mention.id };
    const told = withoutPlacesOf(await loadJudged(db, [side]), [side]);
    const { match, initiativeId } = await placeOf(db, mention, told, knowledge);
    await saveMentionMatches(db, [{ id: mention.id, match, initiativeId }], knowledge.version);
    if (initiativeId === mention.initiativeId) continue;
    moved.push(mention.id);
    await markInitiativesDue(
      db,
      [mention.initiativeId, initiativeId].flatMap((id) => id ?? []),
    );
    await markClustersDue(db, mention.clusterId ? [mention.clusterId] : []);
  }
  return moved;
}

/** Where mentions are now is what is asked, so that it is no argument. */
export function withoutPlacesOf({ judgements, ties }: Told, sides: JudgedSide[]): Told {
  const asked = new Set(sides.map(sideKey));
  return {
    judgements,
    ties: ties.filter(({ one, because }) => because !== "assigned" || !asked.has(sideKey(one))),
  };
}

async function placeOf(
  db: Db,
  mention: Placed,
  told: Told,
  knowledge: Knowledge,
): Promise<{ match: Match; initiativeId: InitiativeId | undefined }> {
  const groups = groupJudged(told);
  const side = { mentionId: mention.id };
  const apart = new Set(entriesAmong(groups.partedFrom(side)));
  for (const id of entriesAmong(groups.sameAs(side)).sort()) {
    const entry = await findInitiative(db, id);
    if (!entry || entry.mergedInto || apart.has(id)) continue;
    const match = matchUnderNames(mention.mention, [], entry, knowledge);
    return { initiativeId: id, match: asJudged(match, id) };
  }
  const here = mention.initiativeId;
  // A mention stays with the effort it was found to be about, unless somebody said otherwise.
  if (here !== undefined && !apart.has(here)) return { match: mention.match, initiativeId: here };
  const [matched] = await matchMentions(db, [mention.mention], knowledge, apart);
  return matched!;
}

const asJudged = (match: Match, initiativeId: InitiativeId): Match => ({
  verdict: "same",
  initiativeId,
  score: match.score,
  reasons: [
    ...match.reasons,
    { feature: "judgement", weight: 0, text: "somebody said that it is the same" },
  ],
});
