import { isAbbreviation, type Vocabulary } from "./vocabulary.ts";

/** The words of a text by their numbers in the vocabulary, each once, in the order of the text. */
export type WordSet = {
  ids: number[];
  has: Set<number>;
  /** Words that two neighbours in the text would make together: "photo shop" makes "photoshop". */
  joins: Set<number>;
  /** The sum of the words' weights. */
  weight: number;
};

export function createWordSet(words: string[], { idOf, weights }: Vocabulary): WordSet {
  const ids = [...new Set(words.flatMap((word) => idOf.get(word) ?? []))];
  const joins = words.flatMap((word, at) => idOf.get(`${words[at - 1] ?? " "}${word}`) ?? []);
  return {
    ids,
    has: new Set(ids),
    joins: new Set(joins),
    weight: ids.reduce((sum, id) => sum + weights[id]!, 0),
  };
}

/** How well a text holds a word: 1 as it is, below that as one nearly equal, 0 not at all. */
export function likenessIn(other: WordSet, id: number, { near }: Vocabulary): number {
  if (other.has.has(id) || other.joins.has(id)) return 1;
  let best = 0;
  for (const { id: nearId, likeness } of near.get(id) ?? []) {
    if (likeness > best && other.has.has(nearId)) best = likeness;
  }
  return best;
}

/** From here on a word counts as held. */
const heldMin = 0.85;

/** How much of a text another one holds. */
export type Containment = {
  /** The share of its words' weight; NaN for a text without words. */
  share: number;
  /** The weight that is held. */
  held: number;
  /** The weight of the rarest word held, and of the rarest and of all that are not; how many these are. */
  rarestHeld: number;
  rarestMissing: number;
  missing: number;
  missingCount: number;
};

export function containment(one: WordSet, other: WordSet, vocabulary: Vocabulary): Containment {
  const found = { held: 0, rarestHeld: 0, rarestMissing: 0, missing: 0, missingCount: 0 };
  for (const id of one.ids) {
    const weight = vocabulary.weights[id]!;
    const likeness = likenessOrJoined(one, other, id, vocabulary);
    found.held += weight * likeness;
    if (likeness >= heldMin) found.rarestHeld = Math.max(found.rarestHeld, weight * likeness);
    else {
      found.missingCount += 1;
      found.missing += weight;
      found.rarestMissing = Math.max(found.rarestMissing, weight);
    }
  }
  return { share: one.weight ? found.held / one.weight : Number.NaN, ...found };
}

/** A word may also be part of what the other text writes as one. */
function likenessOrJoined(
  one: WordSet,
  other: WordSet,
  id: number,
  vocabulary: Vocabulary,
): number {
  const likeness = likenessIn(other, id, vocabulary);
  if (likeness > 0 || one.joins.size === 0) return likeness;
  const word = vocabulary.words[id]!;
  for (const join of one.joins) {
    const joined = vocabulary.words[join]!;
    if (other.has.has(join) && (joined.startsWith(word) || joined.endsWith(word))) return 0.95;
  }
  return 0;
}

/** The words of two names that the other row tells nowhere, and how many abbreviations were seen through. */
export type LeftOver = { left: number[]; right: number[]; abbreviations: number };

type Row = { name: { words: WordSet }; whole: { words: WordSet } };

/** Words that nothing answers to, once abbreviations ("upg", "wkgp") and initials ("sbe") are paired. */
export function leftOverWords(left: Row, right: Row, vocabulary: Vocabulary): LeftOver {
  const missingIn = (other: Row, { name }: Row) =>
    name.words.ids.filter(
      (id) => likenessOrJoined(name.words, other.whole.words, id, vocabulary) < heldMin,
    );
  const all = { left: missingIn(right, left), right: missingIn(left, right), abbreviations: 0 };
  const paired = pairAbbreviations(all, vocabulary);
  const once = pairInitials(paired, right.name.words, vocabulary);
  const turned = { ...once, left: once.right, right: once.left };
  const twice = pairInitials(turned, left.name.words, vocabulary);
  return { ...twice, left: twice.right, right: twice.left };
}

function pairAbbreviations({ left, right }: LeftOver, { words }: Vocabulary): LeftOver {
  const rest = [...right];
  const unpaired = left.filter((id) => {
    const word = words[id]!;
    const at = rest.findIndex(
      (other) => isAbbreviation(word, words[other]!) || isAbbreviation(words[other]!, word),
    );
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
  return { left: unpaired, right: rest, abbreviations: left.length - unpaired.length };
}

/** Takes out what are initials of neighbouring words of the other name, and these words with them. */
function pairInitials(found: LeftOver, other: WordSet, { words }: Vocabulary): LeftOver {
  let { right, abbreviations } = found;
  const left = found.left.filter((id) => {
    const letters = words[id]!;
    if (!/^\p{L}{2,5}$/u.test(letters)) return true;
    const starts = other.ids.map((own) => words[own]![0]).join("");
    const at = starts.indexOf(letters);
    if (at < 0) return true;
    const run = other.ids.slice(at, at + letters.length);
    right = right.filter((own) => !run.includes(own));
    abbreviations += 1;
    return false;
  });
  return { left, right, abbreviations };
}
