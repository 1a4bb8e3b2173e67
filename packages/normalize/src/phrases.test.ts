import { expect, test } from "vitest";
import { findPhrases, indexPhrases, phraseValues } from "./phrases.ts";

const fold = (word: string) => (word === "and" ? undefined : word.toLowerCase());
const index = indexPhrases(
  [
    ["work-based learning", 1],
    ["learning", 2],
    ["learning", 3],
    ["bread and butter", 4],
    ["...", 5],
  ],
  fold,
);

const check = (text: string, ...found: [string, ...number[]][]) =>
  test(text, () =>
    expect(
      findPhrases(text, index).map(({ values, start, end }) => [text.slice(start, end), ...values]),
    ).toEqual(found),
  );

check("Work-based learning", ["Work-based learning", 1], ["learning", 2, 3]);
check("work based\nLEARNING", ["work based\nLEARNING", 1], ["LEARNING", 2, 3]);
check("bread butter, bread & butter", ["bread butter", 4], ["bread & butter", 4]);
check("e-learnings and work-based jobs");
check("");

test("what goes by a whole text", () => {
  expect(phraseValues("Learning", index)).toEqual([2, 3]);
  expect(phraseValues("work-based", index)).toEqual([]);
  expect(phraseValues("...", index)).toEqual([]);
});
