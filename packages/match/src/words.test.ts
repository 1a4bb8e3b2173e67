import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { countWords, jaroWinkler, nearlyEqual, wordWeight } from "./words.ts";

const check = (a: string, b: string, expected: boolean) =>
  test(`${a} ${expected ? "~" : "/"} ${b}`, () => {
    expect(nearlyEqual(a, b)).toBe(expected);
    expect(nearlyEqual(b, a)).toBe(expected);
  });

check("harbor", "harbour", true);
check("bridge", "brigde", true);
check("lantern", "lanterm", true);
check("credentialing", "credentialed", true);
check("credential", "credentialing", true);
check("credential", "credentialers", true);
check("arc", "arcs", false);
check("phase2", "phase3", false);
check("engine", "engineering", false);
check("lantern", "ladder", false);

test("rare words say more", () => {
  const knowledge = { ...emptyKnowledge, wordCounts: { ladder: 400 }, documentCount: 1000 };
  expect(wordWeight("lantern", knowledge)).toBeGreaterThan(wordWeight("ladder", knowledge));
  expect(wordWeight("lantern", emptyKnowledge)).toBeGreaterThan(
    wordWeight("skill", emptyKnowledge),
  );
  expect(wordWeight("constructor", knowledge)).toBe(wordWeight("lantern", knowledge));
});

test("counts are of records, not of names", () => {
  const record = { names: [{ words: ["open", "ladder"] }, { words: ["ladder"] }] };
  expect([...countWords([record, record])]).toEqual([
    ["open", 2],
    ["ladder", 2],
  ]);
});

test("Jaro and Winkler's own example", () => {
  expect(jaroWinkler("martha", "marhta")).toBeCloseTo(0.961, 3);
  expect(jaroWinkler("abc", "xyz")).toBe(0);
});
