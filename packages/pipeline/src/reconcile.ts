import type { InitiativeId, InitiativeValues, Match } from "@waymark/domain";
import { matchRecord } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import type { Db } from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { listCandidates } from "./list-candidates.ts";
import { findStandingEntry } from "./resolve-entry.ts";

/** An entry that something may be: its values, and what the matcher makes of the two. */
export type ReconciledEntry = {
  id: InitiativeId;
  values: InitiativeValues;
  match: Match;
  /** The matcher calls them the same, and no other entry comes as near. */
  isMatch: boolean;
};

/**
 * For each of some values the entries that they may be, the likeliest first, by the very matcher that
 * places mentions. Each gets the answer that it would get alone. An id in place of a name is that entry.
 */
export async function reconcile(
  db: Db,
  queries: { values: InitiativeValues; limit: number }[],
): Promise<ReconciledEntry[][]> {
  const knowledge = await currentKnowledge(db);
  const records = queries.map(({ values }) => toRecord(values, knowledge));
  const near = await listCandidates(db, records, knowledge);
  const answers: ReconciledEntry[][] = [];
  for (const [index, { values, limit }] of queries.entries()) {
    const candidates = near[index]!;
    const best = matchRecord(records[index]!, candidates, knowledge);
    const held = candidates
      .map((candidate) => ({
        id: candidate.id,
        values: candidate.values,
        match: matchRecord(records[index]!, [candidate], knowledge),
        isMatch: best.verdict === "same" && best.initiativeId === candidate.id,
      }))
      .sort(byLikeliness);
    const named = await findByName(db, values.name);
    const others = held.filter(({ id }) => id !== named?.id);
    answers.push([...(named ? [named] : []), ...others].slice(0, limit));
  }
  return answers;
}

/** The id decides between equals, so that the same question has the same answer. */
const byLikeliness = (one: ReconciledEntry, other: ReconciledEntry): number =>
  Number(other.isMatch) - Number(one.isMatch) ||
  other.match.score - one.match.score ||
  (one.id < other.id ? -1 : 1);

/** Who asks by an id knows what is meant; an entry that was merged stands for the one it went into. */
async function findByName(db: Db, name: string): Promise<ReconciledEntry | undefined> {
  const entry = await findStandingEntry(db, name as InitiativeId);
  if (!entry) return undefined;
  const reasons = [{ feature: "id", weight: 0, text: "asked for by its id" }];
  const match: Match = { verdict: "same", initiativeId: entry.id, score: 1, reasons };
  return { ...entry, match, isMatch: true };
}
