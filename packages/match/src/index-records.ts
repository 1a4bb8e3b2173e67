import type { InitiativeId, Knowledge } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { blockKeys } from "./block-keys.ts";
import { chooseKeys, type KeySearch } from "./choose-keys.ts";
import { countKeys } from "./key-counts.ts";
import type { Candidate } from "./match-record.ts";
import { type KeyHolder, rankHolders } from "./rank-holders.ts";

/**
 * Looks up a record's candidates among other records as `store` does in the catalog, in memory: the same
 * keys are chosen by the same counts, the same holders found, the same nearest kept.
 */
export function indexRecords(
  records: Map<string, Record>,
  knowledge: Knowledge,
): (record: Record, limit: number) => Candidate[] {
  const holders = new Map<string, KeyHolder<string>>();
  const holdersOf = new Map<number, KeyHolder<string>[]>();
  for (const [id, record] of records) {
    const holder = { id, keys: blockKeys(record) };
    holders.set(id, holder);
    for (const key of holder.keys) {
      const sharing = holdersOf.get(key);
      if (sharing) sharing.push(holder);
      else holdersOf.set(key, [holder]);
    }
  }
  const counted: Knowledge = {
    ...knowledge,
    keyCounts: countKeys(Array.from(holders.values(), ({ keys }) => keys)),
    documentCount: records.size,
  };
  return (record, limit) => {
    const search = chooseKeys(record, counted);
    return rankHolders(search, [...findHolders(search, holdersOf)], limit).map((id) => ({
      id: id as InitiativeId,
      record: records.get(id)!,
    }));
  };
}

function findHolders(
  { any, all }: KeySearch,
  holdersOf: Map<number, KeyHolder<string>[]>,
): Set<KeyHolder<string>> {
  const found = new Set(any.flatMap((key) => holdersOf.get(key) ?? []));
  for (const [first, ...others] of all) {
    for (const holder of holdersOf.get(first!) ?? []) {
      if (others.every((key) => holder.keys.includes(key))) found.add(holder);
    }
  }
  return found;
}
