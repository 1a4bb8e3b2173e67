import type { Knowledge } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { blockKeys } from "./block-keys.ts";
import { type Comparison, comparePair, judge } from "./compare-pair.ts";
import { weights } from "./weights.ts";

/** A key that more than so many hold is everybody's, and tells nothing. */
export const holdersMax = 200;

/** Two records called one effort, as clusters see it. */
export const areSame = (one: Record, other: Record, knowledge: Knowledge): boolean =>
  judge(comparePair(one, other, knowledge, weights.priorOfCandidate)) === "same";

/** Comparisons of records by their places in a list, made when first asked for; the same words are compared once. */
export class LinkTable {
  readonly #records: Record[];
  readonly #knowledge: Knowledge;
  /** The place of the first record with the same words. */
  readonly #firsts: number[];
  readonly #made = new Map<number, Comparison>();
  readonly #keys: number[][];
  readonly #holders = new Map<number, number[]>();

  /** Keys of `common` are everybody's, though few of these members hold them. */
  constructor(
    members: { record: Record }[],
    knowledge: Knowledge,
    common: ReadonlySet<number> = new Set(),
  ) {
    this.#records = members.map(({ record }) => record);
    this.#knowledge = knowledge;
    const firstOf = new Map<string, number>();
    this.#firsts = this.#records.map((record, place) => {
      const words = JSON.stringify(record);
      const first = firstOf.get(words) ?? place;
      firstOf.set(words, first);
      return first;
    });
    this.#keys = this.#records.map((record) => blockKeys(record).filter((key) => !common.has(key)));
    for (const [place, keys] of this.#keys.entries()) {
      for (const key of keys) {
        const holders = this.#holders.get(key);
        if (holders) holders.push(place);
        else this.#holders.set(key, [place]);
      }
    }
  }

  between(one: number, other: number): Comparison {
    const [a, b] = [this.#firsts[one]!, this.#firsts[other]!];
    const [low, high] = a < b ? [a, b] : [b, a];
    const place = low * this.#records.length + high;
    const before = this.#made.get(place);
    if (before) return before;
    const [first, second] = [this.#records[low]!, this.#records[high]!];
    const made = comparePair(first, second, this.#knowledge, weights.priorOfCandidate);
    this.#made.set(place, made);
    return made;
  }

  /** The places behind one that share a key with it which is not everybody's. */
  after(one: number): Set<number> {
    const others = new Set<number>();
    for (const key of this.#keys[one]!) {
      const holders = this.#holders.get(key)!;
      if (holders.length > holdersMax) continue;
      for (const other of holders) if (other > one) others.add(other);
    }
    return others;
  }
}
