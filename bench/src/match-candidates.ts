import type { InitiativeId, Knowledge } from "@waymark/domain";
import { blockKeys, type Candidate } from "@waymark/match";
import type { Record } from "@waymark/normalize";

/** Looks up who shares rare keys with a record, as the database does, in memory. */
export function indexRecords(
  records: Map<string, Record>,
  knowledge: Knowledge,
): (record: Record, limit: number) => Candidate[] {
  const idsOfKey = new Map<number, string[]>();
  for (const [id, record] of records) {
    for (const key of blockKeys(record, knowledge)) {
      const ids = idsOfKey.get(key);
      if (ids) ids.push(id);
      else idsOfKey.set(key, [id]);
    }
  }
  return (record, limit) => {
    const found = new Set<string>();
    for (const key of blockKeys(record, knowledge)) {
      const ids = idsOfKey.get(key) ?? [];
      // The rarest keys come first; a frequent one is followed only as far as there is room.
      for (const id of ids.slice(0, limit - found.size)) found.add(id);
      if (found.size >= limit) break;
    }
    return [...found].map((id) => ({ id: id as InitiativeId, record: records.get(id)! }));
  };
}
