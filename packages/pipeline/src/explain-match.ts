import type { InitiativeValues, Match } from "@waymark/domain";
import { compareRecords } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import type { Db } from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";

/** Holds the values of two entries against each other as the duplicate sweep does, writing nothing. */
export async function explainMatch(
  db: Db,
  a: InitiativeValues,
  b: InitiativeValues,
): Promise<Match> {
  const knowledge = await currentKnowledge(db);
  return compareRecords(toRecord(a, knowledge), toRecord(b, knowledge), knowledge);
}
