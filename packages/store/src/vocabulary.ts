import type { VocabularyTerm } from "@waymark/domain";
import { type Db, sql } from "./db.ts";

const terms = sql`
  select vocabulary, edition, key, label, source, phrases from vocabulary_term order by vocabulary, edition, key
`;

/** The vocabularies that curators edit, term by term. */
export async function listVocabularyTerms(db: Db): Promise<VocabularyTerm[]> {
  return (await db.query(terms)).rows;
}

// Two curators who bring a file in at once would each leave terms of the other.
const lockTerms = sql`select pg_advisory_xact_lock(7208003)`;

/** Keeps others from writing terms until the transaction is over. */
export async function lockVocabularies(db: Db): Promise<void> {
  await db.query(lockTerms);
}

const upsertTerms = sql`
  insert into vocabulary_term (vocabulary, edition, key, label, source, phrases)
  select term ->> 'vocabulary', term ->> 'edition', term ->> 'key', term ->> 'label', term ->> 'source',
    array(select jsonb_array_elements_text(term -> 'phrases'))
  from jsonb_array_elements($1::jsonb) as term
  on conflict (vocabulary, edition, key) do update
    set label = excluded.label, source = excluded.source, phrases = excluded.phrases
`;

/** Keeps terms as they are given, each under its vocabulary, edition and key. */
export async function saveVocabularyTerms(db: Db, given: VocabularyTerm[]): Promise<void> {
  await db.query(upsertTerms, [JSON.stringify(given)]);
}

const deleteTerms = sql`
  delete from vocabulary_term
  using unnest($1::text[], $2::text[], $3::text[]) as gone (vocabulary, edition, key)
  where vocabulary_term.vocabulary = gone.vocabulary and vocabulary_term.edition = gone.edition
    and vocabulary_term.key = gone.key
`;

/** Drops terms by vocabulary, edition and key. */
export async function removeVocabularyTerms(db: Db, gone: VocabularyTerm[]): Promise<void> {
  const column = (name: "vocabulary" | "edition" | "key") => gone.map((term) => term[name]);
  await db.query(deleteTerms, [column("vocabulary"), column("edition"), column("key")]);
}
