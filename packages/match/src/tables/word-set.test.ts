import { expect, test } from "vitest";
import { wordsOf } from "./fold-text.ts";
import { createVocabulary } from "./vocabulary.ts";
import { containment, createWordSet, leftOverWords } from "./word-set.ts";

/** The words that are left over on both sides, in a vocabulary of just these names. */
function leftOver(left: string, right: string): string[] {
  const vocabulary = createVocabulary([left, right].map(wordsOf));
  const row = (text: string) => {
    const words = createWordSet(wordsOf(text), vocabulary);
    return { name: { words }, whole: { words } };
  };
  const over = leftOverWords(row(left), row(right), vocabulary);
  return [...over.left, ...over.right].map((id) => vocabulary.words[id]!);
}

const pairs: [string, string, string[]][] = [
  ["harbor workgroup upgrade", "harbor wkgp upg", []],
  ["harbor small business edition", "harbor sbe", []],
  ["photo shop album", "photoshop album", []],
  ["harbor credentialing fund", "harbor credentials fund", []],
  ["harbor fund level 2", "harbor fund level 3", ["2", "3"]],
  ["harbor fund", "harbor fund deluxe", ["deluxe"]],
];
for (const [left, right, wanted] of pairs) {
  test(`left over of “${left}” and “${right}”`, () => {
    expect(leftOver(left, right)).toEqual(wanted);
  });
}

test("a text without words has no share that another could hold", () => {
  const vocabulary = createVocabulary([["harbor"]]);
  const [none, one] = [[], ["harbor"]].map((words) => createWordSet(words, vocabulary));
  expect(containment(none!, one!, vocabulary).share).toBeNaN();
  expect(containment(one!, one!, vocabulary).share).toBe(1);
});
