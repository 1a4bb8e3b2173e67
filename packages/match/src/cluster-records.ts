import { ClusterId, type Knowledge, type MentionId } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { judge } from "./compare-pair.ts";
import { joinGroups } from "./join-groups.ts";
import { groupJudged } from "./judgements/group-judged.ts";
import type { Told } from "./judgements/judgement-graph.ts";
import { LinkTable } from "./link-table.ts";

/** A mention that no entry of the catalog answers to, with the cluster it was in so far. */
export type ClusterMember = { id: MentionId; record: Record; clusterId?: ClusterId | undefined };

/** Where a mention was put: its cluster, and the smallest mention of its component. */
export type ClusterPlace = { clusterId: ClusterId; component: MentionId };

/** What is to be known of mentions that are not among the members. */
export type Elsewhere = {
  /** Keys that too many of all mentions hold. */
  commonKeys: ReadonlySet<number>;
  /** Ids of clusters that are none of the members' to have. */
  clusterIds: ReadonlySet<ClusterId>;
};

const nothingTold: Told = { judgements: [], ties: [] };
const nowhere: Elsewhere = { commonKeys: new Set(), clusterIds: new Set() };

/**
 * Puts mentions of one unseen effort together. What people called the same is together and what they
 * called different is apart, whatever the matcher says. Beyond that two groups join when their members
 * agree on average, or in two pairs that have no member in common, and none of them parts from another; so
 * no chain forms over one weak link. Invariant: the result does not depend on the order of the members; a
 * group keeps the smallest cluster id among its members. A component, which a chain of likeness holds
 * together, depends on none of the others, so that it may be given alone.
 */
export function clusterRecords(
  members: ClusterMember[],
  knowledge: Knowledge,
  told: Told = nothingTold,
  elsewhere: Elsewhere = nowhere,
): Map<MentionId, ClusterPlace> {
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const links = new LinkTable(sorted, knowledge, elsewhere.commonKeys);
  const judged = judgedPlaces(sorted, told);
  const components = componentsOf(sorted.length, links, judged.same);
  const groups = components.flatMap((component) =>
    joinGroups(judgedGroups(component, judged.same), { links, areApart: judged.areApart }).map(
      (group) => ({
        members: group.map((index) => sorted[index]!),
        component: sorted[component[0]!]!.id,
      }),
    ),
  );
  return nameGroups(
    groups.sort((a, b) => (a.members[0]!.id < b.members[0]!.id ? -1 : 1)),
    elsewhere.clusterIds,
  );
}

/**
 * The ids that went away with a new clustering, and the clusters that they lead to: to the one that most
 * of their mentions are in now, of equals to the one with the smaller id.
 */
export function redirectsOf(
  members: Pick<ClusterMember, "id" | "clusterId">[],
  places: ReadonlyMap<MentionId, ClusterPlace>,
): Map<ClusterId, ClusterId> {
  const living = new Set([...places.values()].map(({ clusterId }) => clusterId));
  const votes = new Map<ClusterId, Map<ClusterId, number>>();
  for (const { id, clusterId: before } of members) {
    const after = places.get(id)?.clusterId;
    if (!before || !after || living.has(before)) continue;
    const counts = votes.get(before) ?? new Map<ClusterId, number>();
    counts.set(after, (counts.get(after) ?? 0) + 1);
    votes.set(before, counts);
  }
  return new Map(
    [...votes]
      .map(([before, counts]): [ClusterId, ClusterId] => {
        const [winner] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
        return [before, winner![0]];
      })
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

type JudgedPlaces = {
  /** Which places people called the same, as pairs that hold each group together. */
  same: [number, number][];
  areApart: (one: number, other: number) => boolean;
};

/** What people said, by places in the sorted list. */
function judgedPlaces(sorted: ClusterMember[], told: Told): JudgedPlaces {
  const groups = groupJudged(told);
  const placeOf = new Map(sorted.map(({ id }, place) => [id, place]));
  const same: [number, number][] = [];
  const apart = new Map<number, Set<number>>();
  const placesOf = (sides: ReturnType<typeof groups.sameAs>): number[] =>
    sides.flatMap((side) => ("mentionId" in side ? (placeOf.get(side.mentionId) ?? []) : []));
  for (const place of judgedAmong(told, placeOf)) {
    const side = { mentionId: sorted[place]!.id };
    const first = Math.min(...placesOf(groups.sameAs(side)));
    if (first < place) same.push([first, place]);
    apart.set(place, new Set(placesOf(groups.partedFrom(side))));
  }
  return { same, areApart: (one, other) => apart.get(one)?.has(other) ?? false };
}

function judgedAmong({ judgements }: Told, placeOf: Map<MentionId, number>): Set<number> {
  const places = judgements
    .flatMap(({ a, b }) => [a, b])
    .flatMap((side) => ("mentionId" in side ? (placeOf.get(side.mentionId) ?? []) : []));
  return new Set(places.sort((a, b) => a - b));
}

/** Members that a chain of pairs called same holds together: only within these is there work to do. */
function componentsOf(count: number, links: LinkTable, same: [number, number][]): number[][] {
  const sets = new DisjointSets(count);
  for (const [one, other] of same) sets.join(one, other);
  for (let one = 0; one < count; one++) {
    for (const other of links.after(one)) {
      if (!sets.areJoined(one, other) && judge(links.between(one, other)) === "same")
        sets.join(one, other);
    }
  }
  return sets.list([...Array(count).keys()]);
}

/** The groups to begin with: each member alone, but for those that people called the same. */
function judgedGroups(component: number[], same: [number, number][]): number[][] {
  const places = new Map(component.map((index, place) => [index, place]));
  const sets = new DisjointSets(component.length);
  for (const [one, other] of same) {
    const [a, b] = [places.get(one), places.get(other)];
    if (a !== undefined && b !== undefined) sets.join(a, b);
  }
  return sets.list(component);
}

/** Sets that grow together; each is known by its smallest member. */
class DisjointSets {
  readonly #parents: number[];

  constructor(count: number) {
    this.#parents = Array.from({ length: count }, (_none, index) => index);
  }

  join(one: number, other: number): void {
    const [a, b] = [this.#rootOf(one), this.#rootOf(other)];
    this.#parents[Math.max(a, b)] = Math.min(a, b);
  }

  areJoined(one: number, other: number): boolean {
    return this.#rootOf(one) === this.#rootOf(other);
  }

  /** The sets, each with what stands in the list at the places of its members. */
  list(values: number[]): number[][] {
    const sets = Map.groupBy(values.keys(), (place) => this.#rootOf(place));
    return [...sets.values()].map((places) => places.map((place) => values[place]!));
  }

  #rootOf(index: number): number {
    let root = index;
    while (this.#parents[root] !== root) root = this.#parents[root]!;
    for (let at = index; at !== root; ) {
      const next = this.#parents[at]!;
      this.#parents[at] = root;
      at = next;
    }
    return root;
  }
}

function nameGroups(
  groups: { members: ClusterMember[]; component: MentionId }[],
  elsewhere: ReadonlySet<ClusterId>,
): Map<MentionId, ClusterPlace> {
  const taken = new Set<string>(elsewhere);
  const kept = groups.map(({ members, component }) => {
    const before = members.flatMap(({ clusterId }) => clusterId ?? []).sort();
    const free = before.find((id) => !taken.has(id));
    if (free) taken.add(free);
    return { members, component, id: free };
  });
  const named = new Map<MentionId, ClusterPlace>();
  for (const { members, component, id } of kept) {
    const clusterId = id ?? newClusterId(members[0]!.id, taken);
    taken.add(clusterId);
    for (const member of members) named.set(member.id, { clusterId, component });
  }
  return named;
}

/** Made from the smallest member's id, so that the same group gets the same id wherever it is made. */
function newClusterId(memberId: MentionId, taken: Set<string>): ClusterId {
  let text: string = memberId;
  while (taken.has(clusterIdOf(text))) text += "'";
  return ClusterId.parse(clusterIdOf(text));
}

/** 53 bits of the text, in letters and digits. */
function clusterIdOf(text: string): string {
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    low = Math.imul(low ^ code, 2654435761);
    high = Math.imul(high ^ code, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  const bits = 4294967296 * (2097151 & high) + (low >>> 0);
  return `c-${bits.toString(36).padStart(11, "0")}`;
}
