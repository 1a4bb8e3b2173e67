import type { InitiativeId, InitiativeValues, Knowledge, Match, Mention } from "@waymark/domain";
import { matchRecord, settleRivals } from "@waymark/match";
import { type Record, toRecord } from "@waymark/normalize";
import { type Db, findInitiative } from "@waymark/store";
import { listCandidates } from "../list-candidates.ts";

/** A mention with what became of it: the entry it is about, or none. */
export type Matched = { mention: Mention; match: Match; initiativeId: InitiativeId | undefined };

/**
 * Holds mentions against the entries of the catalog that come nearest to each of them, but for those that
 * somebody said they are not (`apart`). Many are taken in lots; each has the match that it would have alone.
 */
export async function matchMentions(
  db: Db,
  mentions: Mention[],
  knowledge: Knowledge,
  apart?: ReadonlySet<InitiativeId>,
): Promise<Matched[]> {
  const records = mentions.map((mention) => toRecord(mention, knowledge));
  const matches = await matchRecords(db, records, knowledge, apart);
  return mentions.map((mention, index) => toMatched(mention, matches[index]!));
}

async function matchRecords(
  db: Db,
  records: Record[],
  knowledge: Knowledge,
  apart: ReadonlySet<InitiativeId> = new Set(),
): Promise<Match[]> {
  const matches: Match[] = [];
  for (let from = 0; from < records.length; from += lotSize) {
    const lot = records.slice(from, from + lotSize);
    const candidates = await listCandidates(db, lot, knowledge);
    for (const [index, record] of lot.entries()) {
      const own = candidates[index]!.filter(({ id }) => !apart.has(id));
      matches.push(matchRecord(record, own, knowledge));
    }
  }
  return matches;
}

const lotSize = 25;

/** Holds the mentions of one page against the catalog; where several claim one entry, they compete for it. */
export async function matchPage(
  db: Db,
  mentions: Mention[],
  knowledge: Knowledge,
): Promise<Matched[]> {
  const records = mentions.map((mention) => toRecord(mention, knowledge));
  const matches = await matchRecords(db, records, knowledge);
  const claims = records.map((record, index) => ({ record, match: matches[index]! }));
  return settleRivals(claims, knowledge).map((match, index) => toMatched(mentions[index]!, match));
}

const toMatched = (mention: Mention, match: Match): Matched => ({
  mention,
  match,
  initiativeId: match.verdict === "same" ? match.initiativeId : undefined,
});

/**
 * Holds a mention whose words changed against the entry that it has been about, with its former name in
 * view. It stays that entry's, however its name drifts: a page that renames an effort is still its page.
 */
export async function matchAgain(
  db: Db,
  mention: Mention,
  { initiativeId, formerName }: { initiativeId: InitiativeId; formerName: string },
  knowledge: Knowledge,
): Promise<Match> {
  const entry = await findInitiative(db, initiativeId);
  const named = { ...mention, aliases: [...mention.aliases, formerName] };
  const match = entry
    ? matchUnderNames(named, [], { id: initiativeId, values: entry.values }, knowledge)
    : { verdict: "different" as const, score: 0, reasons: [] };
  if (match.verdict === "same") return match;
  const stays = { feature: "page", weight: 0, text: "this place of the page has been about it" };
  return { verdict: "same", initiativeId, score: match.score, reasons: [...match.reasons, stays] };
}

/** Holds a mention against one entry as if the entry also went by other names. */
export function matchUnderNames(
  mention: Mention,
  names: string[],
  { id, values }: { id: InitiativeId; values: InitiativeValues },
  knowledge: Knowledge,
): Match {
  const aliases = [...(values.aliases ?? []), ...names];
  const record = toRecord({ ...values, aliases }, knowledge);
  return matchRecord(toRecord(mention, knowledge), [{ id, record }], knowledge);
}
