import { amountIn, type ColumnKind, columnKinds, membersIn } from "./column-kinds.ts";
import { codesOf, foldText, numbersOf, wordsOf } from "./fold-text.ts";
import { type SparseVector, vectorsOf } from "./sparse-index.ts";
import type { Table } from "./table.ts";
import { createVocabulary, type Vocabulary } from "./vocabulary.ts";
import { createWordSet, type WordSet } from "./word-set.ts";

/** Tables made ready for comparing; rows of all of them stand in one list. */
export type PreparedTables = {
  columns: string[];
  kinds: ColumnKind[];
  vocabulary: Vocabulary;
  rows: PreparedRow[];
  /** Where the second table begins in `rows`. */
  firstLength: number;
  /** Whether they are two tables, either of which may be without rows, or one held against itself. */
  areTwo: boolean;
};

export type PreparedRow = {
  id: string;
  name: PreparedText;
  prose: PreparedText;
  /** All that the row tells in words. */
  whole: PreparedText;
  cells: PreparedCell[];
};

export type PreparedText = {
  text: string;
  /** Its letters and digits alone. */
  compact: string;
  words: WordSet;
  codes: string[];
  numbers: { number: number; unit: string }[];
  byWords: SparseVector;
  byLetters: SparseVector;
};

export type PreparedCell = {
  text: string;
  words: WordSet;
  /** NaN where the cell is no number. */
  amount: number;
  members: string[];
};

/** Reads the cells of one table, or of two with the same columns. */
export function prepareTables(tables: Table[]): PreparedTables {
  const kinds = columnKinds(tables);
  const given = tables.flatMap(({ rows }) => rows);
  const folded = given.map(({ cells }) => cells.map(foldText));
  const textsOf = (...wanted: ColumnKind[]) =>
    folded.map((cells) =>
      cells.filter((cell, at) => cell && wanted.includes(kinds[at]!)).join(" "),
    );
  const whole = textsOf("name", "text", "group", "list", "prose", "code");
  const vocabulary = createVocabulary(whole.map(wordsOf));
  const names = prepareTexts(textsOf("name"), vocabulary);
  const proses = prepareTexts(textsOf("prose"), vocabulary);
  const wholes = prepareTexts(whole, vocabulary);
  return {
    columns: tables[0]!.columns,
    kinds,
    vocabulary,
    rows: given.map(({ id }, row) => ({
      id,
      name: names[row]!,
      prose: proses[row]!,
      whole: wholes[row]!,
      cells: folded[row]!.map((cell, column) => prepareCell(cell, kinds[column]!, vocabulary)),
    })),
    firstLength: tables[0]!.rows.length,
    areTwo: tables.length === 2,
  };
}

function prepareTexts(texts: string[], vocabulary: Vocabulary): PreparedText[] {
  const byWords = vectorsOf(texts.map(wordsOf));
  const byLetters = vectorsOf(texts.map(letterRuns));
  return texts.map((text, row) => ({
    text,
    compact: text.replace(/[^\p{L}\p{N}]/gu, ""),
    words: createWordSet(wordsOf(text), vocabulary),
    codes: codesOf(text),
    numbers: numbersOf(text),
    byWords: byWords[row]!,
    byLetters: byLetters[row]!,
  }));
}

function prepareCell(text: string, kind: ColumnKind, vocabulary: Vocabulary): PreparedCell {
  const isText = kind === "text" || kind === "group" || kind === "code";
  return {
    text,
    words: createWordSet(isText ? wordsOf(text) : [], vocabulary),
    amount: kind === "number" || kind === "year" ? amountIn(text) : Number.NaN,
    members: kind === "list" && text !== "" ? membersIn(text) : [],
  };
}

/** All runs of three letters, digits or spaces between them. */
function letterRuns(text: string): string[] {
  const padded = ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
  return Array.from({ length: Math.max(0, padded.length - 2) }, (_, at) =>
    padded.slice(at, at + 3),
  );
}
