import type { Knowledge, Vocabulary, VocabularyTerm } from "@waymark/domain";
import { findPhrases, foldPhraseWord, indexPhrases, type PhraseIndex } from "@waymark/normalize";

/** A term of an editable vocabulary in a text: characters `from` to `to` are the phrase that tells it. */
export type FoundTerm = { term: VocabularyTerm; from: number; to: number };

/** Every place where a text tells a term of these vocabularies, in order. */
export function termsIn(
  text: string,
  knowledge: Knowledge,
  vocabularies: readonly Vocabulary[],
): FoundTerm[] {
  if (knowledge.terms.length === 0) return [];
  return findPhrases(text, indexOf(knowledge)).flatMap(({ values, start, end }) =>
    values
      .filter(({ vocabulary }) => vocabularies.includes(vocabulary))
      .map((term) => ({ term, from: start, to: end })),
  );
}

/** What a mention's topics may come from; goals and features sort efforts and are no topics. */
const topicVocabularies: readonly Vocabulary[] = ["topic", "effort-area", "building-block"];

/** The topics a text tells, each once: where it is told first, by the longest phrase there. */
export function topicsIn(text: string, knowledge: Knowledge): FoundTerm[] {
  const first = new Map<string, FoundTerm>();
  for (const found of termsIn(text, knowledge, topicVocabularies)) {
    const known = first.get(found.term.label);
    if (!known || (known.from === found.from && known.to < found.to))
      first.set(found.term.label, found);
  }
  return [...first.values()];
}

const indexes = new WeakMap<Knowledge, PhraseIndex<VocabularyTerm>>();

/** Knowledge is immutable, so its phrases are indexed once. */
function indexOf(knowledge: Knowledge): PhraseIndex<VocabularyTerm> {
  let index = indexes.get(knowledge);
  if (!index) {
    index = indexPhrases(
      knowledge.terms.flatMap((term) => term.phrases.map((phrase) => [phrase, term] as const)),
      foldPhraseWord,
    );
    indexes.set(knowledge, index);
  }
  return index;
}
