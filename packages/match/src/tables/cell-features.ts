import { jaroWinkler } from "../words.ts";
import type { ColumnKind } from "./column-kinds.ts";
import { wordsOf } from "./fold-text.ts";
import type { FeatureGroup } from "./pair-features.ts";
import type { PreparedCell, PreparedRow, PreparedTables } from "./prepare-rows.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { containment, type WordSet } from "./word-set.ts";

/** Figures on each column by its kind, a group for every column that has a measure of its own. */
export function cellGroups({ columns, kinds, vocabulary }: PreparedTables): FeatureGroup[] {
  return columns.flatMap((name, column) => {
    const measure = measureOf(kinds[column]!, vocabulary);
    if (!measure) return [];
    return {
      topic: name,
      measure(one: PreparedRow, other: PreparedRow) {
        const measured = measure(one.cells[column]!, other.cells[column]!, one, other);
        const named = Object.entries(measured).map(([figure, value]) => [
          `${name}: ${figure}`,
          value,
        ]);
        return Object.fromEntries(named) as { [feature: string]: number };
      },
    };
  });
}

type CellMeasure = (
  one: PreparedCell,
  other: PreparedCell,
  oneRow: PreparedRow,
  otherRow: PreparedRow,
) => { [figure: string]: number };

function measureOf(kind: ColumnKind, vocabulary: Vocabulary): CellMeasure | undefined {
  if (kind === "number") return compareAmounts;
  if (kind === "year") return compareYears;
  if (kind === "list") return compareLists;
  if (kind === "group" || kind === "text" || kind === "code") return textMeasure(vocabulary);
  return undefined;
}

const compareAmounts: CellMeasure = ({ amount: one }, { amount: other }) => {
  const ratio = one > 0 && other > 0 ? Math.log(one / other) : Number.NaN;
  return {
    distance: Math.abs(ratio),
    ratio,
    // Prices end in the manner of their seller.
    "fraction left": Math.round((one % 1) * 100),
    "fraction right": Math.round((other % 1) * 100),
    right: other,
  };
};

const compareYears: CellMeasure = ({ amount: one }, { amount: other }) => ({
  distance: Math.abs(one - other),
});

/** Texts that many rows share: equal, in part, spelled otherwise, or told elsewhere in the other row. */
const textMeasure =
  (vocabulary: Vocabulary): CellMeasure =>
  (one, other, oneRow, otherRow) => {
    const share = (words: WordSet, of: WordSet) => containment(words, of, vocabulary).share || 0;
    const likeness = Math.max(
      jaroWinkler(one.text, other.text) / 2,
      0.9 * Math.min(1, share(one.words, other.words)),
      0.9 * Math.min(1, share(other.words, one.words)),
    );
    const areTold = one.text !== "" && other.text !== "";
    return {
      likeness: one.text === other.text && areTold ? 1 : areTold ? likeness : Number.NaN,
      "left in right": one.text ? share(one.words, otherRow.whole.words) : Number.NaN,
      "right in left": other.text ? share(other.words, oneRow.whole.words) : Number.NaN,
    };
  };

/** Lists of names: how many last words they share, since first names are often cut to a letter. */
const compareLists: CellMeasure = ({ members: one }, { members: other }) => {
  const [left, right] = [lastWords(one), lastWords(other)];
  const shared = [...left].filter((word) => right.has(word)).length;
  const all = left.size + right.size - shared;
  return {
    "left in right": left.size ? shared / left.size : Number.NaN,
    "right in left": right.size ? shared / right.size : Number.NaN,
    overlap: all ? shared / all : Number.NaN,
    more: left.size - right.size,
    first: one[0] && other[0] ? jaroWinkler(one[0], other[0]) : Number.NaN,
  };
};

const lastWords = (members: string[]): Set<string> =>
  new Set(members.flatMap((member) => wordsOf(member).at(-1) ?? []));
