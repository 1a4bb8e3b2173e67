import { ClusterId, type Knowledge, type MentionId } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { blockKeys } from "./block-keys.ts";
import { type Comparison, comparePair, judge } from "./compare-pair.ts";
import { weights } from "./weights.ts";

/** A mention that no entry of the catalog answers to, with the cluster it was in so far. */
export type ClusterMember = { id: MentionId; record: Record; clusterId?: ClusterId | undefined };

/**
 * Puts mentions of one unseen effort together. Two groups join when their members agree on average and
 * none of them parts from another, so that no chain forms over one weak link. Invariant: the result
 * does not depend on the order of the members; a group keeps the smallest cluster id among its members.
 */
export function clusterRecords(
  members: ClusterMember[],
  knowledge: Knowledge,
): Map<MentionId, ClusterId> {
  const sorted = [...members].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const links = new LinkTable(sorted, knowledge);
  const groups = componentsOf(sorted.length, links).flatMap((component) =>
    joinGroups(component, links),
  );
  const ordered = groups.map((group) => group.map((index) => sorted[index]!));
  return nameGroups(ordered.sort((a, b) => (a[0]!.id < b[0]!.id ? -1 : 1)));
}

/** Comparisons of members by their places in the sorted list, made when first asked for. */
class LinkTable {
  readonly #members: ClusterMember[];
  readonly #knowledge: Knowledge;
  readonly #made = new Map<number, Comparison>();

  constructor(members: ClusterMember[], knowledge: Knowledge) {
    this.#members = members;
    this.#knowledge = knowledge;
  }

  between(one: number, other: number): Comparison {
    const [low, high] = one < other ? [one, other] : [other, one];
    const place = low * this.#members.length + high;
    const before = this.#made.get(place);
    if (before) return before;
    const [a, b] = [this.#members[low]!, this.#members[high]!];
    const made = comparePair(a.record, b.record, this.#knowledge, weights.priorOfCandidate);
    this.#made.set(place, made);
    return made;
  }

  /** Pairs that share a key which is not everybody's. */
  pairs(): [number, number][] {
    const holders = new Map<number, number[]>();
    for (const [index, { record }] of this.#members.entries()) {
      for (const key of blockKeys(record)) {
        holders.set(key, [...(holders.get(key) ?? []), index]);
      }
    }
    const pairs = new Map<string, [number, number]>();
    for (const group of holders.values()) {
      if (group.length > holdersMax) continue;
      for (const [at, one] of group.entries()) {
        for (const other of group.slice(at + 1)) pairs.set(`${one}-${other}`, [one, other]);
      }
    }
    return [...pairs.values()];
  }
}

const holdersMax = 200;

/** Members that a chain of pairs called same holds together: only within these is there work to do. */
function componentsOf(count: number, links: LinkTable): number[][] {
  const parents = Array.from({ length: count }, (_none, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parents[root] !== root) root = parents[root]!;
    return root;
  };
  for (const [one, other] of links.pairs()) {
    if (judge(links.between(one, other)) !== "same") continue;
    const [a, b] = [rootOf(one), rootOf(other)];
    parents[Math.max(a, b)] = Math.min(a, b);
  }
  return [...Map.groupBy(parents.keys(), rootOf).values()];
}

/** Joins the two groups that agree best until none agree enough; equals are taken in the order of ids. */
function joinGroups(component: number[], links: LinkTable): number[][] {
  const groups = component.map((index) => [index]);
  while (groups.length > 1) {
    let best: { one: number; other: number; agreement: number } | undefined;
    for (let one = 0; one < groups.length; one++) {
      for (let other = one + 1; other < groups.length; other++) {
        const agreement = agreementOf(groups[one]!, groups[other]!, links);
        if (agreement > (best?.agreement ?? joinAtLeast)) best = { one, other, agreement };
      }
    }
    if (!best) break;
    const joined = [...groups[best.one]!, ...groups[best.other]!].sort((a, b) => a - b);
    groups.splice(best.other, 1);
    groups[best.one] = joined;
    // The order of groups is that of their smallest members, whatever was joined when.
    groups.sort((a, b) => a[0]! - b[0]!);
  }
  return groups;
}

/** Log-odds from which on a pair is called same. */
const joinAtLeast = Math.log(weights.sameAtLeast / (1 - weights.sameAtLeast));

function agreementOf(one: number[], other: number[], links: LinkTable): number {
  let sum = 0;
  for (const a of one) {
    for (const b of other) {
      const link = links.between(a, b);
      if (link.parts) return Number.NEGATIVE_INFINITY;
      sum += link.logOdds;
    }
  }
  return sum / (one.length * other.length);
}

function nameGroups(groups: ClusterMember[][]): Map<MentionId, ClusterId> {
  const taken = new Set<string>();
  const named = new Map<MentionId, ClusterId>();
  const kept = groups.map((group) => {
    const before = group.flatMap(({ clusterId }) => clusterId ?? []).sort();
    const free = before.find((id) => !taken.has(id));
    if (free) taken.add(free);
    return { group, id: free };
  });
  for (const { group, id } of kept) {
    const clusterId = id ?? newClusterId(group[0]!.id, taken);
    taken.add(clusterId);
    for (const member of group) named.set(member.id, clusterId);
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
