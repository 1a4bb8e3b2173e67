import { createHash } from "node:crypto";
import { type JudgedSide, type Knowledge, pairKey, sideKey } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import { type Db, listInitiatives, listNearMentions } from "@waymark/store";
import { listCandidates, loadCandidates } from "../list-candidates.ts";
import type { KnownPair } from "./judged-pairs.ts";

const entriesMax = 1000;
const neighboursMax = 4;
const mentionsMax = 1000;

/**
 * Pairs that nobody judged and that come near each other: entries with their nearest others, mentions with the
 * entry they are about or may be about. Of a large catalog a part, always the same one.
 */
export async function loadNearPairs(
  db: Db,
  knowledge: Knowledge,
  judged: ReadonlySet<string>,
): Promise<KnownPair[]> {
  const pairs = new Map<string, KnownPair>();
  for (const pair of [
    ...(await entryPairs(db, knowledge)),
    ...(await mentionPairs(db, knowledge)),
  ]) {
    if (!judged.has(pair.id)) pairs.set(pair.id, pair);
  }
  return [...pairs.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

async function entryPairs(db: Db, knowledge: Knowledge): Promise<KnownPair[]> {
  const all = await listInitiatives(db);
  const entries = all
    .map((entry) => ({ entry, place: placeOf(entry.id) }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
    .slice(0, entriesMax)
    .map(({ entry: { id, values } }) => ({ id, values, record: toRecord(values, knowledge) }));
  const near = await listCandidates(
    db,
    entries.map(({ record }) => record),
    knowledge,
    neighboursMax + 1,
  );
  return entries.flatMap(({ id, values, record }, index) =>
    near[index]!.filter((other) => other.id !== id).map(
      (other): KnownPair => ({
        ...nameSides({ initiativeId: id }, { initiativeId: other.id }),
        a: record,
        b: other.record,
        names: [values.name, other.values.name],
        between: "entries",
        judged: undefined,
      }),
    ),
  );
}

async function mentionPairs(db: Db, knowledge: Knowledge): Promise<KnownPair[]> {
  const mentions = await listNearMentions(db, mentionsMax);
  const ids = [...new Set(mentions.map(({ initiativeId }) => initiativeId))];
  const entries = await loadCandidates(db, ids, knowledge);
  return mentions.flatMap(({ id, mention, initiativeId }): KnownPair[] => {
    const entry = entries.get(initiativeId);
    if (!entry) return [];
    return [
      {
        ...nameSides({ mentionId: id }, { initiativeId }),
        a: toRecord(mention, knowledge),
        b: entry.record,
        names: [mention.name, entry.values.name],
        between: "mention and entry",
        judged: undefined,
      },
    ];
  });
}

const nameSides = (one: JudgedSide, other: JudgedSide): Pick<KnownPair, "id" | "sides"> => ({
  id: pairKey(one, other),
  sides: [sideKey(one), sideKey(other)],
});

/** A place among others that has nothing to do with what an entry is. */
const placeOf = (id: string): string => createHash("sha256").update(id).digest("hex");
