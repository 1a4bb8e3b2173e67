import { expect, test } from "vitest";
import { firstWords } from "./description.ts";
import { whole, wordsOf } from "./finding.ts";

const stretchOf = (text: string) =>
  whole({
    text,
    segments: [{ at: 0, length: text.length, source: 0, sourceLength: text.length }],
  });

test("a sentence without end is cut, and not behind a blank", () => {
  const words = wordsOf(firstWords([stretchOf("harbors ".repeat(400))]));
  expect(words).toBe("harbors ".repeat(150).trim());
});

test("a short sentence takes the next one along", () => {
  const of = stretchOf("It is short. It goes on to say whom it is for, and since when.").of;
  const first = { of, from: 0, to: 12 };
  const second = { of, from: 13, to: of.text.length };
  expect(wordsOf(firstWords([first, second]))).toBe(of.text);
});
