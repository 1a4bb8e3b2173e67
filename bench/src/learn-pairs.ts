import { emptyKnowledge, type Knowledge } from "@waymark/domain";
import { type Candidate, indexRecords, type JudgedPair, observePair } from "@waymark/match";
import { type Record, toRecord } from "@waymark/normalize";
import { readOwnPairs } from "./match-own-pairs.ts";
import { knowledgeOf } from "./match-tables.ts";

/** A name of an effort as another site writes it, with the entries it is held against. */
export type Naming = { effortId: string; record: Record; candidates: Candidate[] };

/** Two efforts that look alike; `effortId` is the one that decides in which part it is judged. */
export type LookalikePair = { effortId: string; a: Record; b: Record };

/** Our own efforts as a curator would meet them: names, look-alikes, and the pairs there are to judge. */
export type JudgingTask = {
  knowledge: Knowledge;
  effortIds: string[];
  namings: Naming[];
  lookalikes: LookalikePair[];
  /** What a curator says of each pair that comes near, by the effort that the pair is about. */
  judged: { effortId: string; pair: JudgedPair }[];
};

const candidatesMax = 50;
/** As many of the nearest other entries are judged with each name. */
const rivalsMax = 4;

/** Reads own pairs; each name with the address of its page where there is one. */
export function readJudgingTask(folder: string): JudgingTask {
  const own = readOwnPairs(folder);
  const plain = [...own.entries.values()].map((values) => toRecord(values, emptyKnowledge));
  const knowledge = knowledgeOf(plain);
  const entries = new Map(
    [...own.entries].map(([id, values]) => [id, toRecord(values, knowledge)]),
  );
  const candidatesOf = indexRecords(entries, knowledge);
  const namings = own.variants.map(({ id, name, url }): Naming => {
    const record = toRecord({ name, ...(url ? { url } : {}) }, knowledge);
    return { effortId: id, record, candidates: candidatesOf(record, candidatesMax) };
  });
  const lookalikes = own.lookalikes.map(
    ({ a, b }): LookalikePair => ({
      effortId: a.id ?? b.id ?? a.values.name,
      a: toRecord(a.values, knowledge),
      b: toRecord(b.values, knowledge),
    }),
  );
  return {
    knowledge,
    effortIds: [...entries.keys()],
    namings,
    lookalikes,
    judged: [
      ...namings.flatMap((naming, index) => judgedOf(naming, index, { entries, knowledge })),
      ...lookalikes.map(({ effortId, a, b }, index) => ({
        effortId,
        pair: {
          ...observePair(`look-alike ${index}`, { a, b, between: "entries" }, knowledge),
          isSame: false,
        },
      })),
    ],
  };
}

function judgedOf(
  { effortId, record, candidates }: Naming,
  index: number,
  { entries, knowledge }: { entries: Map<string, Record>; knowledge: Knowledge },
): JudgingTask["judged"] {
  const observe = (id: string, b: Record) =>
    observePair(`naming ${index} ${id}`, { a: record, b, between: "mention and entry" }, knowledge);
  const rivals = candidates
    .filter(({ id }) => id !== effortId)
    .map(({ id, record: other }) => observe(id, other))
    .sort((one, other) => other.logOdds - one.logOdds || (one.id < other.id ? -1 : 1))
    .slice(0, rivalsMax);
  return [
    { effortId, pair: { ...observe(effortId, entries.get(effortId)!), isSame: true } },
    ...rivals.map((pair) => ({ effortId, pair: { ...pair, isSame: false } })),
  ];
}
