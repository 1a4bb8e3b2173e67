import { type InitiativeId, InitiativeValues, type Knowledge } from "@waymark/domain";
import { type Candidate, chooseKeys, rankHolders } from "@waymark/match";
import { type Record, toRecord } from "@waymark/normalize";
import { type Db, listKeyHolders, listValuesOf } from "@waymark/store";

/** An entry near to a record, with the values that it stands with. */
export type StoredCandidate = Candidate & { values: InitiativeValues };

/** So many are worth a full comparison; the entry that a record is about is nearly always among them. */
const candidatesMax = 20;

/**
 * For each record the entries of the catalog that come nearest, the nearest first, at most `limit` of them:
 * their keys are looked up together, and only the nearest have their values loaded. Each record gets
 * the candidates that it would get alone.
 */
export async function listCandidates(
  db: Db,
  records: Record[],
  knowledge: Knowledge,
  limit = candidatesMax,
): Promise<StoredCandidate[][]> {
  if (records.length === 0) return [];
  const searches = records.map((record) => chooseKeys(record, knowledge));
  const holders = await listKeyHolders(db, searches);
  const nearest = searches.map((search, index) => rankHolders(search, holders[index]!, limit));
  const loaded = await loadCandidates(db, [...new Set(nearest.flat())], knowledge);
  return nearest.map((ids) => ids.flatMap((id) => loaded.get(id) ?? []));
}

/** Some entries as candidates, by id; those without values are left out. */
export async function loadCandidates(
  db: Db,
  ids: InitiativeId[],
  knowledge: Knowledge,
): Promise<Map<InitiativeId, StoredCandidate>> {
  const stored = await listValuesOf(db, ids);
  return new Map([...stored].map(([id, json]) => [id, { id, ...recordOf(json, knowledge) }]));
}

type Read = Omit<StoredCandidate, "id">;

const readByKnowledge = new WeakMap<Knowledge, Map<string, Read>>();

/** Many mentions come near to the same entries: what was read of their values is kept for a while. */
function recordOf(json: string, knowledge: Knowledge): Read {
  let read = readByKnowledge.get(knowledge);
  if (!read) {
    read = new Map();
    readByKnowledge.set(knowledge, read);
  }
  const before = read.get(json);
  if (before) return before;
  const values = InitiativeValues.parse(JSON.parse(json));
  const fresh = { values, record: toRecord(values, knowledge) };
  if (read.size >= keptMax) read.clear();
  read.set(json, fresh);
  return fresh;
}

const keptMax = 4000;
