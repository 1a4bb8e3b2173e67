import type { Knowledge } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { type BlockKey, searchKeys } from "./block-keys.ts";
import { keyCountOf } from "./key-counts.ts";

/** Which holders of keys are worth a look, and what each shared key says. */
export type KeySearch = {
  /** Whoever holds one of these. */
  any: number[];
  /** Whoever holds all keys of one of these: two common keys are together as good as a rare one. */
  all: number[][];
  /** Every key of the record with its weight: the logarithm of how many times rarer than all it is. */
  weights: ReadonlyMap<number, number>;
};

/**
 * Chooses by which keys a record's candidates are looked up: its exact ones, then the rarest, until a
 * hundred and fifty entries are to be expected. A name made of common words has no rare key; of its common
 * ones those are intersected that are expected to leave fewest.
 */
export function chooseKeys(record: Record, knowledge: Knowledge): KeySearch {
  const counted = searchKeys(record, knowledge)
    .map((one) => ({ ...one, count: keyCountOf(one.key, knowledge) }))
    .sort((a, b) => Number(b.isExact) - Number(a.isExact) || a.count - b.count || a.key - b.key);
  const any: number[] = [];
  const common: Counted[] = [];
  let expected = 0;
  for (const one of counted) {
    if (expected + one.count > expectedMax) {
      common.push(one);
      continue;
    }
    expected += one.count;
    any.push(one.key);
  }
  const total = knowledge.documentCount + 1;
  return {
    any,
    all: intersect(common, total, expectedMax - expected),
    weights: new Map(counted.map((one) => [one.key, weightOf(one, total)])),
  };
}

type Counted = BlockKey & { count: number };

/** How many entries a search is expected to look at: fewer lose products of the public sets, more find none. */
const expectedMax = 150;

/** An exact key says more than that it is rare. */
function weightOf({ count, isExact }: Counted, total: number): number {
  const rarity = Math.log1p(total / (count + 1));
  return isExact ? 2 * rarity : rarity;
}

const intersectedMax = 6;
const intersectionsMax = 3;

/** Words of one name go together more often than chance would have it. */
const togetherness = 4;

function intersect(common: Counted[], total: number, expectedLeft: number): number[][] {
  const few = common.toSorted((a, b) => a.count - b.count).slice(0, intersectedMax);
  const pairs = few.flatMap((one, index) =>
    few
      .slice(index + 1)
      .filter((other) => addsTo(one, other) && addsTo(other, one))
      .map((other) => ({
        keys: [one.key, other.key],
        count: Math.ceil((togetherness * one.count * other.count) / total),
      })),
  );
  let left = expectedLeft;
  return pairs
    .sort((a, b) => a.count - b.count || a.keys[0]! - b.keys[0]! || a.keys[1]! - b.keys[1]!)
    .slice(0, intersectionsMax)
    .filter(({ count }) => {
      left -= count;
      return left >= 0;
    })
    .map(({ keys }) => keys);
}

/** Whether a key stands for something that the other does not. */
const addsTo = (one: BlockKey, other: BlockKey): boolean =>
  one.parts.some((part) => !other.parts.includes(part));
