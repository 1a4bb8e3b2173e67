import type { Vocabulary, VocabularyTerm } from "@waymark/domain";
import {
  listVocabularyTerms,
  lockVocabularies,
  type Pool,
  removeVocabularyTerms,
  saveVocabularyTerms,
  transaction,
} from "@waymark/store";
import { refreshKnowledge } from "./refresh-knowledge.ts";

/** What an import did to the terms. */
export type VocabularyCounts = {
  added: number;
  changed: number;
  removed: number;
  unchanged: number;
};

/**
 * Makes the vocabularies exactly what a curator gives, all of them or one: terms that are not given are
 * removed, so that bringing an earlier export in takes any edit back. New knowledge carries them to readers.
 */
export async function importVocabularies(
  pool: Pool,
  given: VocabularyTerm[],
  { only, now }: { only?: Vocabulary | undefined; now: Date },
): Promise<VocabularyCounts> {
  return transaction(pool, async (db) => {
    await lockVocabularies(db);
    const standing = (await listVocabularyTerms(db)).filter(
      ({ vocabulary }) => only === undefined || vocabulary === only,
    );
    const before = new Map(standing.map((term) => [idOf(term), term]));
    const wanted = new Set(given.map(idOf));
    const added = given.filter((term) => !before.has(idOf(term)));
    const changed = given.filter((term) => {
      const known = before.get(idOf(term));
      return known !== undefined && !isSameTerm(known, term);
    });
    const removed = standing.filter((term) => !wanted.has(idOf(term)));
    await removeVocabularyTerms(db, removed);
    await saveVocabularyTerms(db, [...added, ...changed]);
    await refreshKnowledge(db, now);
    return {
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      unchanged: given.length - added.length - changed.length,
    };
  });
}

const idOf = ({ vocabulary, edition, key }: VocabularyTerm): string =>
  JSON.stringify([vocabulary, edition, key]);

const isSameTerm = (one: VocabularyTerm, other: VocabularyTerm): boolean =>
  one.label === other.label &&
  one.source === other.source &&
  one.phrases.join("\n") === other.phrases.join("\n");
