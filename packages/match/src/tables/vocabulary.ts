import { jaroWinkler } from "../words.ts";

/** The words of some tables by number, with how much each tells and which are nearly the same. */
export type Vocabulary = {
  words: string[];
  idOf: Map<string, number>;
  /** The negative logarithm of the share of rows that hold the word. */
  weights: Float64Array;
  /** Words nearly equal to a word, with how nearly (below 1). */
  near: Map<number, { id: number; likeness: number }[]>;
};

/** Numbers the words of rows, weighs them, and finds those that are nearly equal. */
export function createVocabulary(rows: string[][]): Vocabulary {
  const words: string[] = [];
  const idOf = new Map<string, number>();
  const counts: number[] = [];
  for (const row of rows) {
    for (const word of new Set(row)) {
      let id = idOf.get(word);
      if (id === undefined) {
        id = words.push(word) - 1;
        idOf.set(word, id);
      }
      counts[id] = (counts[id] ?? 0) + 1;
    }
  }
  const weights = Float64Array.from(counts, (count) => Math.log((rows.length + 1) / (count + 0.5)));
  return { words, idOf, weights, near: nearWords(words) };
}

const likenessMin = 0.9;

/** Compares words that begin with the same two letters; slips in those are not seen. */
function nearWords(words: string[]): Vocabulary["near"] {
  const near: Vocabulary["near"] = new Map();
  const plain = [...words.keys()].filter((id) => words[id]!.length >= 3 && !/\d/.test(words[id]!));
  for (const group of Map.groupBy(plain, (id) => words[id]!.slice(0, 2)).values()) {
    for (const id of group) {
      const list = group.flatMap((other) => {
        const likeness = other === id ? 0 : likenessOf(words[id]!, words[other]!);
        return likeness >= likenessMin ? [{ id: other, likeness }] : [];
      });
      if (list.length > 0) near.set(id, list);
    }
  }
  return near;
}

/** How alike two words without digits are; the longer may go on from the shorter. */
function likenessOf(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.startsWith(short)) return long.length - short.length <= 2 ? 0.97 : 0.9;
  // What differs much in length is never near enough; most words are told apart by that.
  if (short.length < 4 || short.length * 1.5 < long.length) return 0;
  return jaroWinkler(short, long);
}

/** "wkgp" abbreviates "workgroup": the same first letter, and all its letters in their order. */
export function isAbbreviation(short: string, long: string): boolean {
  if (short.length < 2 || short.length >= long.length - 1 || short[0] !== long[0]) return false;
  if (/\d/.test(short) || /\d/.test(long)) return false;
  let seen = 0;
  for (const letter of long) if (letter === short[seen]) seen += 1;
  return seen === short.length;
}
