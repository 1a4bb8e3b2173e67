import { expect, test } from "vitest";
import { isSpace, trimmedLength } from "./white-space.ts";

const letters = Array.from({ length: 65_536 }, (_, code) => String.fromCharCode(code));

test("a code counts as white space where regular expressions and trim say so", () => {
  const spaces = letters.filter((letter) => isSpace(letter.charCodeAt(0)));
  expect(spaces).toEqual(letters.filter((letter) => /\s/.test(letter)));
  expect(spaces).toEqual(letters.filter((letter) => trimmedLength(letter) === 0));
  expect(spaces).toEqual(letters.filter((letter) => letter.trim() === ""));
});

test("a text of nothing but white space has no length", () => {
  expect(trimmedLength("")).toBe(0);
  expect(trimmedLength(" \n\u00a0\t")).toBe(0);
  expect(trimmedLength(" a b ")).toBe(3);
});
