import { jaroWinkler } from "../words.ts";
import type { FeatureGroup } from "./pair-features.ts";
import type { PreparedRow } from "./prepare-rows.ts";
import { cosine } from "./sparse-index.ts";
import type { Vocabulary } from "./vocabulary.ts";
import { containment, leftOverWords, likenessIn } from "./word-set.ts";

/** How much of each name the other has, exactly and nearly, by words and by letters. */
export const nameGroup = (vocabulary: Vocabulary): FeatureGroup => ({
  topic: "name",
  measure({ name: one }, { name: other }) {
    const [inOther, inOne] = [
      containment(one.words, other.words, vocabulary),
      containment(other.words, one.words, vocabulary),
    ];
    return {
      "name left in right": inOther.share,
      "name right in left": inOne.share,
      "name least": Math.min(inOther.share, inOne.share),
      "name mean": (inOther.share + inOne.share) / 2,
      "name rarest missing left": inOther.rarestMissing,
      "name rarest missing right": inOne.rarestMissing,
      "name missing left": inOther.missing,
      "name missing right": inOne.missing,
      "name missing count left": inOther.missingCount,
      "name missing count right": inOne.missingCount,
      "name rarest shared": Math.max(inOther.rarestHeld, inOne.rarestHeld),
      "name shared": (inOther.held + inOne.held) / 2,
      "name words cosine": cosine(one.byWords, other.byWords),
      "name letters cosine": cosine(one.byLetters, other.byLetters),
      "name equal": one.text === other.text ? 1 : 0,
      "name spelling": jaroWinkler(one.text, other.text),
      ...firstWords(one.words.ids, other.words.ids),
      "words left": one.words.ids.length,
      "words right": other.words.ids.length,
      "words more": one.words.ids.length - other.words.ids.length,
    };
    function firstWords([first]: number[], [otherFirst]: number[]) {
      if (first === undefined || otherFirst === undefined) return { "first word": Number.NaN };
      const isEqual = first === otherFirst;
      return { "first word": isEqual ? 1 : likenessIn(other.words, first, vocabulary) / 2 };
    }
  },
});

/** How much of each name the other row has anywhere, and how alike the rows are as wholes. */
export const wholeGroup = (vocabulary: Vocabulary): FeatureGroup => ({
  topic: "whole row",
  measure(one, other) {
    const inOther = containment(one.name.words, other.whole.words, vocabulary);
    const inOne = containment(other.name.words, one.whole.words, vocabulary);
    const firstIn = (row: PreparedRow, [first]: number[]) =>
      first === undefined ? Number.NaN : likenessIn(row.whole.words, first, vocabulary);
    return {
      "name in whole left": inOther.share,
      "name in whole right": inOne.share,
      "name in whole least": Math.min(inOther.share, inOne.share),
      "whole rarest missing left": inOther.rarestMissing,
      "whole rarest missing right": inOne.rarestMissing,
      "whole missing left": inOther.missing,
      "whole missing right": inOne.missing,
      "whole words cosine": cosine(one.whole.byWords, other.whole.byWords),
      "whole letters cosine": cosine(one.whole.byLetters, other.whole.byLetters),
      "first word in whole left": firstIn(other, one.name.words.ids),
      "first word in whole right": firstIn(one, other.name.words.ids),
    };
  },
});

/** What descriptions have in common, and how much of each the other row tells. */
export const proseGroup = (vocabulary: Vocabulary): FeatureGroup => ({
  topic: "description",
  measure(one, other) {
    const among = (first: PreparedRow, text: "prose" | "whole", second: PreparedRow) =>
      containment(first.prose.words, second[text].words, vocabulary);
    const told = one.prose.text && other.prose.text ? 1 : Number.NaN;
    return {
      "prose cosine": told * cosine(one.prose.byWords, other.prose.byWords),
      "prose left in right": told * among(one, "prose", other).share,
      "prose right in left": told * among(other, "prose", one).share,
      "prose in whole left": among(one, "whole", other).share,
      "prose in whole right": among(other, "whole", one).share,
      "prose rarest missing right": other.prose.text
        ? among(other, "whole", one).rarestMissing
        : Number.NaN,
      "whole left in right": containment(one.whole.words, other.whole.words, vocabulary).share,
      "whole right in left": containment(other.whole.words, one.whole.words, vocabulary).share,
    };
  },
});

/** Least that a word may say for parting, where no word of a name is left over. */
const partingFloor = -3;

/** What is left over of the names, and whether such words part things in these tables. */
export const leftOverGroup = (vocabulary: Vocabulary, parting: Float64Array): FeatureGroup => ({
  topic: "words left over",
  measure(one, other) {
    const { left, right, abbreviations } = leftOverWords(one, other, vocabulary);
    const weightsOf = (ids: number[]) => ids.map((id) => vocabulary.weights[id]!);
    const partingOf = (ids: number[]) => ids.map((id) => parting[id]!);
    return {
      "left over left": sumOf(weightsOf(left)),
      "left over right": sumOf(weightsOf(right)),
      "left over rarest left": Math.max(0, ...weightsOf(left)),
      "left over rarest right": Math.max(0, ...weightsOf(right)),
      "left over count": left.length + right.length,
      abbreviations,
      "parting most left": Math.max(partingFloor, ...partingOf(left)),
      "parting most right": Math.max(partingFloor, ...partingOf(right)),
      "parting left": sumOf(partingOf(left)),
      "parting right": sumOf(partingOf(right)),
      "parting weight left": partingWeight(left, vocabulary, parting),
      "parting weight right": partingWeight(right, vocabulary, parting),
    };
  },
});

/** The weight of words, each counted as far as it parts. */
const partingWeight = (ids: number[], { weights }: Vocabulary, parting: Float64Array): number =>
  sumOf(ids.map((id) => weights[id]! / (1 + Math.exp(-parting[id]!))));

const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

/** How names are written: the manner of a source tells what its rows leave out. */
export const styleGroup = ({ words }: Vocabulary): FeatureGroup => ({
  topic: "manner of writing",
  measure({ name: one }, { name: other }) {
    const marksIn = (text: string) => text.match(/[^\p{L}\p{N} ]/gu)?.length ?? 0;
    return {
      "marks left": marksIn(one.text),
      "marks right": marksIn(other.text),
      "length left": one.text.length,
      "length right": other.text.length,
      "begins with digits right": /\d/.test(words[other.words.ids[0] ?? -1] ?? "") ? 1 : 0,
    };
  },
});
