import {
  emptyKnowledge,
  explainMatch,
  type InitiativeId,
  type InitiativeValues,
  type JudgementVerdict,
  type Knowledge,
  type Match,
  Mention,
} from "@waymark/domain";
import { type Between, compareRecords, matchRecord, neededForSame } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import type { Db } from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { loadJudgedEntries } from "./judged-entries.ts";
import { matchMentions } from "./steps/match-mentions.ts";

/** One of two efforts: an entry of the catalog, or what somebody says of an effort that may not be one. */
export type EffortSide = { id: InitiativeId | undefined; values: InitiativeValues };

export type ExplainedPair = {
  match: Match;
  between: Between;
  /** What a curator reads of it. */
  sentences: string[];
  /** What is missing for same, as sentences; empty where they are called same. */
  needed: string[];
  /** What a person said of two entries; it stands above the verdict. */
  judgement: JudgementVerdict | undefined;
  /** The entry that the whole catalog offers instead, when the pair is not its best. */
  nearest: Match | undefined;
};

/**
 * Holds two efforts against each other as the nightly work does: two entries as the sweep for duplicates
 * does, anything else as a mention against an entry. Without a database no word is known to be rare
 * and nothing was judged. Writes nothing.
 */
export async function explainPair(
  db: Db | undefined,
  a: EffortSide,
  b: EffortSide,
): Promise<ExplainedPair> {
  const knowledge = db ? await currentKnowledge(db) : emptyKnowledge;
  const [record, candidate] = [toRecord(a.values, knowledge), toRecord(b.values, knowledge)];
  const between: Between = a.id && b.id ? "entries" : "mention and entry";
  const match =
    between === "entries"
      ? compareRecords(record, candidate, knowledge)
      : matchRecord(record, [{ id: b.id ?? ("b" as InitiativeId), record: candidate }], knowledge);
  return {
    match,
    between,
    sentences: explainMatch(match, { record: a.values.name, candidate: b.values.name }),
    needed: neededForSame(record, candidate, knowledge, between),
    judgement:
      db && a.id && b.id ? (await loadJudgedEntries(db, a.id)).get(b.id)?.verdict : undefined,
    nearest: db && !a.id && b.id ? await findNearer(db, a.values, b.id, knowledge) : undefined,
  };
}

async function findNearer(
  db: Db,
  values: InitiativeValues,
  id: InitiativeId,
  knowledge: Knowledge,
): Promise<Match | undefined> {
  const [matched] = await matchMentions(db, [asMention(values)], knowledge);
  const nearest = matched?.match;
  return nearest?.initiativeId && nearest.initiativeId !== id ? nearest : undefined;
}

/** What somebody says of an effort, as if a page about it said so; a page does not say "there is none". */
const asMention = (values: InitiativeValues): Mention =>
  Mention.parse({
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
    ...{ key: "given", role: "detail", aliases: values.aliases ?? [], relations: [], signs: [] },
    ...{ range: { start: 0, end: 0 }, relevance: { score: 1, reasons: [] }, evidence: [] },
  });
