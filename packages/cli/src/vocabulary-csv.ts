import { Vocabulary, VocabularyTerm } from "@waymark/domain";
import { stringify } from "csv-stringify/sync";
import { type CsvRow, membersOf, readRows, separator } from "./csv-file.ts";

/** The columns of a file of terms, in the order in which it is written. */
export const vocabularyColumns = [
  "vocabulary",
  "edition",
  "key",
  "label",
  "source",
  "phrases",
] as const;

/** The terms of a file; a BadInput names line, column and value of everything that cannot be used. */
export function parseVocabularies(text: string, file: string): VocabularyTerm[] {
  const lineOf = new Map<string, number>();
  return readRows({ text, file, columns: vocabularyColumns }, (row) => {
    const term = readTerm(row);
    const id = [term.vocabulary, term.edition, term.key].join("\n");
    if (lineOf.has(id)) row.say("key", term.key, `stands on line ${lineOf.get(id)} already`);
    else lineOf.set(id, row.line);
    return term;
  });
}

/** Terms as a file, by the same columns. */
export const writeVocabularies = (terms: VocabularyTerm[]): string =>
  stringify(
    terms.map(({ phrases, ...term }) => ({ ...term, phrases: phrases.join(separator) })),
    { header: true, columns: [...vocabularyColumns] },
  );

/** What a cell of a column must be, in words. */
const rules: { [column in Exclude<keyof VocabularyTerm, "phrases">]: string } = {
  vocabulary: `is not one of ${Vocabulary.options.join(", ")}`,
  edition: "is longer than 100 characters",
  key: "is not a key; write small letters, digits and single hyphens, such as work-based-learning",
  label: "is not a label of 1 to 200 characters",
  source: "is longer than 200 characters",
};

function readTerm({ cellOf, say }: CsvRow): VocabularyTerm {
  const columns = Object.keys(rules) as (keyof typeof rules)[];
  for (const column of columns) {
    const cell = cellOf(column);
    if (!VocabularyTerm.shape[column].safeParse(cell).success) say(column, cell, rules[column]);
  }
  const phrases = [...new Set(membersOf(cellOf("phrases")))];
  for (const phrase of phrases) {
    if (!VocabularyTerm.shape.phrases.element.safeParse(phrase).success)
      say("phrases", phrase, "is not a phrase of 2 to 100 characters with a letter or digit");
  }
  const told = Object.fromEntries(columns.map((column) => [column, cellOf(column)]));
  return { ...told, phrases } as VocabularyTerm;
}
