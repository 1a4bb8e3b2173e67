import type { InitiativeId, Knowledge, Match, Mention } from "@waymark/domain";
import { blockKeys, type Candidate, matchRecord } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import { type Db, listCandidates } from "@waymark/store";

/** A mention with what became of it: the entry it is about, or none. */
export type Matched = { mention: Mention; match: Match; initiativeId: InitiativeId | undefined };

const candidatesMax = 500;

/** Holds mentions against the entries of the catalog that share a blocking key with them. */
export async function matchMentions(
  db: Db,
  mentions: Mention[],
  knowledge: Knowledge,
): Promise<Matched[]> {
  if (mentions.length === 0) return [];
  const records = mentions.map((mention) => toRecord(mention, knowledge));
  const keys = records.map((record) => blockKeys(record, knowledge));
  const near = await listCandidates(db, [...new Set(keys.flat())], candidatesMax);
  const candidates = near.map(({ id, values }) => {
    const record = toRecord(values, knowledge);
    return { id, record, keys: new Set(blockKeys(record, knowledge)) };
  });
  return mentions.map((mention, index) => {
    const own: Candidate[] = candidates.filter((candidate) =>
      keys[index]!.some((key) => candidate.keys.has(key)),
    );
    const match = matchRecord(records[index]!, own, knowledge);
    return {
      mention,
      match,
      initiativeId: match.verdict === "same" ? match.initiativeId : undefined,
    };
  });
}
