import { type JudgementVerdict, type Knowledge, pairKey, sideKey } from "@waymark/domain";
import { type Between, isFrozen, type JudgedPair, observePair } from "@waymark/match";
import { type Record, toRecord } from "@waymark/normalize";
import { type Db, type JudgedValues, listJudgedValues } from "@waymark/store";

/** Two records that a person judged or may be asked about. */
export type KnownPair = {
  id: string;
  /** The two as text, in the order of the records. */
  sides: [string, string];
  a: Record;
  b: Record;
  names: [string, string];
  between: Between;
  judged: JudgementVerdict | undefined;
};

/** What there is to learn from, and what is kept from training to measure by. */
export type Judgements = {
  training: JudgedPair[];
  frozen: JudgedPair[];
  /** The numbers of the frozen judgements. */
  frozenIds: number[];
  /** All of them as records, those that a person was unsure of too. */
  pairs: KnownPair[];
  newest: number;
};

/**
 * Loads every judgement that stands on the words it was made on: an entry's values as they stood then, a
 * mention's words as they are now. How rare words are is looked up in what is known today.
 */
export async function loadJudgements(db: Db, knowledge: Knowledge): Promise<Judgements> {
  const judged = await listJudgedValues(db);
  const known = judged.map((one) => toKnownPair(one, knowledge));
  const decided = known.flatMap((pair, index) => {
    if (pair.judged === "unsure") return [];
    const isSame = pair.judged === "same";
    const seen: JudgedPair = { ...observePair(pair.id, pair, knowledge), isSame };
    return [{ seen, judgementId: judged[index]!.judgementId }];
  });
  const frozen = decided.filter(({ seen }) => isFrozen(seen));
  return {
    training: decided.filter(({ seen }) => !isFrozen(seen)).map(({ seen }) => seen),
    frozen: frozen.map(({ seen }) => seen),
    frozenIds: frozen.map(({ judgementId }) => judgementId),
    pairs: known,
    newest: Math.max(0, ...judged.map(({ judgementId }) => judgementId)),
  };
}

function toKnownPair({ a, b, verdict }: JudgedValues, knowledge: Knowledge): KnownPair {
  const areEntries = "initiativeId" in a.side && "initiativeId" in b.side;
  return {
    id: pairKey(a.side, b.side),
    sides: [sideKey(a.side), sideKey(b.side)],
    a: toRecord(a.values, knowledge),
    b: toRecord(b.values, knowledge),
    names: [a.values.name, b.values.name],
    between: areEntries ? "entries" : "mention and entry",
    judged: verdict,
  };
}
