import type { Knowledge } from "@waymark/domain";
import { abbreviations, fieldWords, genericWords, smallWords } from "@waymark/normalize";

/**
 * How much an equal word says: the negative logarithm of its share among the catalog's names. A few
 * imagined records stand in for a catalog that is small or empty, so that the words of this field
 * never look rare.
 */
export function wordWeight(word: string, knowledge: Knowledge): number {
  const counted = Object.hasOwn(knowledge.wordCounts, word) ? knowledge.wordCounts[word]! : 0;
  const share = (counted + imaginedCount(word)) / (knowledge.documentCount + imaginedRecords);
  return Math.min(wordWeightMax, -Math.log(share));
}

/** Small words hold names together and say nothing, in Spanish and French names too. */
export const carries = (word: string): boolean =>
  !smallWords.has(word) && !foreignSmallWords.has(word);

const foreignSmallWords: ReadonlySet<string> = new Set(
  "de del la las el los para por du des le les pour et y".split(" "),
);

export const sumOfWeights = (words: string[], knowledge: Knowledge): number =>
  words.reduce((sum, word) => sum + wordWeight(word, knowledge), 0);

/** How many of some records' names hold each word: what `Knowledge.wordCounts` is made of. */
export function countWords(records: { names: { words: string[] }[] }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { names } of records) {
    for (const word of new Set(names.flatMap(({ words }) => words))) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

const imaginedRecords = 200;
const wordWeightMax = 7;

function imaginedCount(word: string): number {
  if (smallWords.has(word)) return 120;
  if (fieldWords.has(word) || genericWords.has(word)) return 20;
  return 1;
}

/**
 * Whether two words are one word but for a slip, an ending or a common abbreviation. Short words and words with digits must be
 * equal, since "ARC" and "ARCS" or "B2" and "B3" name different things.
 */
export function nearlyEqual(a: string, b: string): boolean {
  if (abbreviations[a] === b || abbreviations[b] === a) return true;
  if (Math.abs(a.length - b.length) > lengthsApartMax) return false;
  if (a.length < 5 || b.length < 5 || /\d/.test(a) || /\d/.test(b)) return false;
  return isOneEdit(a, b) || (sharesStem(a, b) && jaroWinkler(a, b) >= 0.92);
}

/** An ending may make a word so much longer. */
const lengthsApartMax = 3;

/** Two words may differ in their ending only: "credentialing" and "credentialed". */
function sharesStem(a: string, b: string): boolean {
  const stem = Math.min(a.length, b.length) - 2;
  return stem >= 5 && a.slice(0, stem) === b.slice(0, stem);
}

/** Whether one letter more, less or other, or two that changed places, make one of the other. */
export function isOneEdit(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a === b) return a === b;
  let start = 0;
  while (a[start] === b[start]) start++;
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  if (shorter.length < longer.length) return shorter.slice(start) === longer.slice(start + 1);
  if (a.slice(start + 1) === b.slice(start + 1)) return true;
  const isSwap = a[start] === b[start + 1] && a[start + 1] === b[start];
  return isSwap && a.slice(start + 2) === b.slice(start + 2);
}

/** Jaro's similarity with Winkler's bonus for a common beginning, 0 to 1. */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const window = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Array<boolean>(b.length).fill(false);
  const inA: string[] = [];
  for (let i = 0; i < a.length; i++) {
    const end = Math.min(b.length, i + window + 1);
    for (let j = Math.max(0, i - window); j < end; j++) {
      if (taken[j] || a[i] !== b[j]) continue;
      taken[j] = true;
      inA.push(a[i]!);
      break;
    }
  }
  if (inA.length === 0) return 0;
  const inB = [...b].filter((_letter, index) => taken[index]);
  const swapped = inA.filter((letter, index) => letter !== inB[index]).length / 2;
  const common = inA.length;
  const jaro = (common / a.length + common / b.length + (common - swapped) / common) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
