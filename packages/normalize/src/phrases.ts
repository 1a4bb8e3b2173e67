/**
 * Phrases ready to be found in running text: a trie whose edges are folded words, so that a text is gone
 * through once however many phrases there are.
 */
export type PhraseIndex<Value> = { root: Node<Value>; fold: FoldWord };

/** Brings a word to the form in which it is compared; undefined for words that are passed over. */
export type FoldWord = (word: string) => string | undefined;

/** A phrase in a text: characters `start` to `end`, and everything that goes by it. */
export type FoundPhrase<Value> = { values: readonly Value[]; start: number; end: number };

type Node<Value> = { next: Map<string, Node<Value>>; values: Value[] };

/** A folded word and its place. */
export type PlacedWord = { folded: string; start: number; end: number };

/** Indexes phrases by their words; several values may go by one phrase. */
export function indexPhrases<Value>(
  phrases: Iterable<readonly [phrase: string, value: Value]>,
  fold: FoldWord,
): PhraseIndex<Value> {
  const root: Node<Value> = { next: new Map(), values: [] };
  for (const [phrase, value] of phrases) {
    let node = root;
    for (const { folded } of wordsIn(phrase, fold)) {
      let next = node.next.get(folded);
      if (!next) {
        next = { next: new Map(), values: [] };
        node.next.set(folded, next);
      }
      node = next;
    }
    if (node !== root && !node.values.includes(value)) node.values.push(value);
  }
  return { root, fold };
}

/** Every phrase a text holds, also one inside another, in the order in which they begin. */
export function findPhrases<Value>(text: string, index: PhraseIndex<Value>): FoundPhrase<Value>[] {
  const words = wordsIn(text, index.fold);
  return words.flatMap((_word, at) => phrasesAt(words, at, index));
}

/** The phrases that begin with word number `at`, shortest first; `words` are folded by the index's own fold. */
export function phrasesAt<Value>(
  words: readonly PlacedWord[],
  at: number,
  index: PhraseIndex<Value>,
): FoundPhrase<Value>[] {
  const found: FoundPhrase<Value>[] = [];
  let node: Node<Value> | undefined = index.root;
  for (let last = at; last < words.length; last++) {
    node = node.next.get(words[last]!.folded);
    if (!node) break;
    if (node.values.length > 0)
      found.push({ values: node.values, start: words[at]!.start, end: words[last]!.end });
  }
  return found;
}

/** What goes by exactly this text. */
export function phraseValues<Value>(text: string, index: PhraseIndex<Value>): readonly Value[] {
  let node: Node<Value> | undefined = index.root;
  for (const { folded } of wordsIn(text, index.fold)) node = node?.next.get(folded);
  return node && node !== index.root ? node.values : [];
}

// Hyphens part words, so that "work-based" and "work based" are one phrase; soft ones and joiners do not.
const wordPattern = /[\p{L}\p{N}\p{M}\u00ad\u200b-\u200d]+(?:['\u2019.&][\p{L}\p{N}]+)*/gu;

/** The words of a text in their folded form, those that are passed over left out. */
export function wordsIn(text: string, fold: FoldWord): PlacedWord[] {
  const words: PlacedWord[] = [];
  wordPattern.lastIndex = 0;
  for (let match = wordPattern.exec(text); match; match = wordPattern.exec(text)) {
    const folded = fold(match[0]);
    if (folded !== undefined)
      words.push({ folded, start: match.index, end: match.index + match[0].length });
  }
  return words;
}
