import { expect, test } from "vitest";
import { codesOf, foldText, numbersOf, wordsOf } from "./fold-text.ts";

test("accents and capitals are folded, and a round number is its whole", () => {
  expect(wordsOf(foldText("Élan Ladder 2.0, ed. 3.1 (Mac)"))).toEqual([
    ...["elan", "ladder", "2", "ed", "3.1", "mac"],
  ]);
});

const codes: [string, string[]][] = [
  ["turntable ps-lx350h", ["pslx350h"]],
  ["33-1/3 and 45 rpm, 19 inch, 4gb", []],
  ["license 01-ssc-5670", ["01ssc5670"]],
  ["pro/ab1234", ["proab1234", "ab1234"]],
];
for (const [text, wanted] of codes) {
  test(`codes of “${text}”`, () => expect(codesOf(text)).toEqual(wanted));
}

test("numbers are told with the word behind them", () => {
  expect(numbersOf("level 2, v3.5 19-inch 2007")).toEqual([
    { number: 2, unit: "" },
    { number: 3.5, unit: "" },
    { number: 19, unit: "inch" },
    { number: 2007, unit: "" },
  ]);
});
