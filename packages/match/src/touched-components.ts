import type { Knowledge, MentionId } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { areSame, holdersMax } from "./link-table.ts";

/** What clustering remembers of a mention: its keys, and the component that it was in. */
export type KnownPlace = {
  id: MentionId;
  keys: readonly number[];
  component: MentionId | undefined;
};

/** For each mention that was touched, the others to compare it with; and the keys that are everybody's. */
export type Neighbourhood = {
  near: ReadonlyMap<MentionId, ReadonlySet<MentionId>>;
  common: ReadonlySet<number>;
};

/** Finds the others that share a key with touched mentions; what too many share tells nothing. */
export function findNeighbours(
  places: readonly KnownPlace[],
  touched: ReadonlySet<MentionId>,
): Neighbourhood {
  const counts = new Map<number, number>();
  for (const { keys } of places)
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  const common = new Set([...counts].flatMap(([key, n]) => (n > holdersMax ? [key] : [])));
  const asked = new Map<number, MentionId[]>();
  for (const { id, keys } of places) {
    if (!touched.has(id)) continue;
    for (const key of keys) if (!common.has(key)) asked.set(key, [...(asked.get(key) ?? []), id]);
  }
  const near = new Map<MentionId, Set<MentionId>>([...touched].map((id) => [id, new Set()]));
  for (const { id, keys } of places) {
    for (const key of keys)
      for (const other of asked.get(key) ?? []) if (other !== id) near.get(other)!.add(id);
  }
  return { near, common };
}

/**
 * The mentions whose clusters may be others than before: those that were touched, and all of every component
 * that one of them was in or is called the same as now. Nobody else is compared with anybody. Invariant:
 * clustering these gives what clustering all of them would.
 */
export function touchedMembers({
  places,
  near,
  left,
  joined,
  recordOf,
  knowledge,
}: {
  places: readonly KnownPlace[];
  near: Neighbourhood["near"];
  /** The components that somebody left who is none of them any more. */
  left: ReadonlySet<MentionId>;
  /** Pairs that people hold together. */
  joined: readonly (readonly [MentionId, MentionId])[];
  /** The records of the touched and of those near them. */
  recordOf: (id: MentionId) => Record;
  knowledge: Knowledge;
}): MentionId[] {
  const componentOf = new Map(places.map(({ id, component }) => [id, component]));
  const components = new Set<MentionId>(left);
  const reach = (id: MentionId) => {
    const component = componentOf.get(id);
    if (component !== undefined) components.add(component);
  };
  for (const [id, others] of near) {
    reach(id);
    for (const other of others) {
      const component = componentOf.get(other);
      if (component === undefined || components.has(component)) continue;
      if (areSame(recordOf(id), recordOf(other), knowledge)) components.add(component);
    }
  }
  for (const [one, other] of joined) {
    if (!near.has(one) && !near.has(other)) continue;
    reach(one);
    reach(other);
  }
  return places
    .filter(({ id, component }) => near.has(id) || (component && components.has(component)))
    .map(({ id }) => id)
    .sort();
}
