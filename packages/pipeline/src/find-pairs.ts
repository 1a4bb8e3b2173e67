import type { InitiativeId, Knowledge } from "@waymark/domain";
import { basisOf, compareRecords, versionOf } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import {
  claimMatcher,
  type Db,
  type FoundPair,
  listPartners,
  listUncompared,
  markAllUncompared,
  markInitiativesDue,
  type Pool,
  savePairsOfEntries,
  transaction,
} from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { listCandidates, loadCandidates, type StoredCandidate } from "./list-candidates.ts";
import { pairIdOf } from "./row-ids.ts";

/** What a sweep came to. */
export type SweptPairs = {
  entries: number;
  /** The entries of pairs called same: review proposes the duplicates. */
  toReview: InitiativeId[];
};

const batchSize = 50;

/**
 * Compares every entry that was touched since it was last compared with the entries that come near it (all
 * of them, where another model or other costs decide since), and writes the pairs that may be one effort.
 * Entries of pairs called same are marked for review, which proposes them as duplicates. Pairs that no longer
 * stand are gone. Each batch is a transaction: a sweep
 * that was stopped goes on where it was, and two at once write the same rows.
 */
export async function findPairs(
  pool: Pool,
  {
    now,
    stopping,
    onBatch,
  }: { now: Date; stopping?: AbortSignal; onBatch?: (entries: number) => void },
): Promise<SweptPairs> {
  const knowledge = await currentKnowledge(pool);
  await transaction(pool, async (db) => {
    if (await claimMatcher(db, matcherOf(knowledge))) await markAllUncompared(db);
  });
  const toReview = new Set<InitiativeId>();
  let entries = 0;
  for (let after = ""; !stopping?.aborted; ) {
    const batch = await listUncompared(pool, { after, limit: batchSize });
    if (batch.length === 0) break;
    after = batch.at(-1)!.id;
    const found = await pairsOf(pool, batch, knowledge);
    const same = found.filter(({ match }) => match.verdict === "same").flatMap(entriesOf);
    await transaction(pool, async (db) => {
      await savePairsOfEntries(db, batch, found, now);
      await markInitiativesDue(db, same);
    });
    for (const id of same) toReview.add(id);
    entries += batch.length;
    onBatch?.(entries);
  }
  return { entries, toReview: [...toReview].sort() };
}

/** What decides besides the entries: another model, or other costs of mistakes, may find other pairs. */
const matcherOf = ({ model, costs }: Knowledge): string =>
  `${versionOf(model)} ${JSON.stringify(costs ?? null)}`;

const entriesOf = ({ initiativeId, other }: FoundPair): InitiativeId[] =>
  "initiativeId" in other ? [initiativeId, other.initiativeId] : [initiativeId];

type Entry = Awaited<ReturnType<typeof listUncompared>>[number];

async function pairsOf(db: Db, batch: Entry[], knowledge: Knowledge): Promise<FoundPair[]> {
  const records = batch.map(({ values }) => toRecord(values, knowledge));
  const near = await listCandidates(db, records, knowledge);
  const known = await partnersOf(db, batch, knowledge);
  const found = new Map<string, FoundPair>();
  for (const [index, { id, values }] of batch.entries()) {
    const own = { id, values, record: records[index]! };
    for (const other of [...near[index]!, ...(known.get(id) ?? [])]) {
      const pairId = pairIdOf(id, other.id);
      if (other.id === id || found.has(pairId)) continue;
      const pair = comparePair(pairId, own, other, knowledge);
      if (pair) found.set(pairId, pair);
    }
  }
  return [...found.values()];
}

/**
 * The entries that some made pairs with so far: where very many share its keys, another one may come near
 * an entry that it does not come near itself.
 */
async function partnersOf(
  db: Db,
  batch: Entry[],
  knowledge: Knowledge,
): Promise<Map<InitiativeId, StoredCandidate[]>> {
  const partners = await listPartners(
    db,
    batch.map(({ id }) => id),
  );
  const loaded = await loadCandidates(db, [...new Set([...partners.values()].flat())], knowledge);
  return new Map(
    [...partners].map(([id, others]) => [id, others.flatMap((other) => loaded.get(other) ?? [])]),
  );
}

function comparePair(
  id: string,
  one: StoredCandidate,
  other: StoredCandidate,
  knowledge: Knowledge,
): FoundPair | undefined {
  const [a, b] = one.id < other.id ? [one, other] : [other, one];
  const match = compareRecords(a.record, b.record, knowledge);
  const { verdict } = match;
  if (verdict === "different") return undefined;
  return {
    id,
    initiativeId: a.id,
    other: { initiativeId: b.id },
    match: { ...match, verdict },
    knowledgeVersion: knowledge.version,
    fingerprint: basisOf(a.values, b.values, match).fingerprint,
  };
}
