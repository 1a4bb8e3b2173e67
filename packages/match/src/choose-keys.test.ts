import { emptyKnowledge, type InitiativeValues, type Knowledge } from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import { expect, test } from "vitest";
import { blockKeys } from "./block-keys.ts";
import { chooseKeys } from "./choose-keys.ts";
import { countKeys } from "./key-counts.ts";

const recordOf = (values: InitiativeValues) => toRecord(values, emptyKnowledge);

/** Knowledge of a catalog of that size in which some records' keys are held so often. */
function knowing(size: number, common: { [name: string]: number }): Knowledge {
  const holders = Object.entries(common).flatMap(([name, count]) =>
    Array.from({ length: count }, () => blockKeys(recordOf({ name }))),
  );
  return { ...emptyKnowledge, documentCount: size, keyCounts: countKeys(holders) };
}

const keysOf = (name: string) => blockKeys(recordOf({ name }));

test("only keys that more than a handful hold are counted", () => {
  const counts = countKeys([[1, 2], [1], ...Array.from({ length: 9 }, () => [3])]);
  expect(counts).toEqual({ 3: 9 });
});

test("rare keys are chosen, a key of hundreds is not", () => {
  const knowledge = knowing(10_000, { Pathways: 600 });
  const { any } = chooseKeys(recordOf({ name: "Lantern Pathways" }), knowledge);
  const common = keysOf("Pathways");
  expect(any.some((key) => common.includes(key))).toBe(false);
  expect(any).toEqual(
    expect.arrayContaining(
      keysOf("Lantern")
        .filter((key) => !common.includes(key))
        .slice(0, 1),
    ),
  );
});

test("of a name of common words, those are intersected that say different things", () => {
  const common = { "Pathways Bridges": 300, "Pathways Ohio": 300, "Bridges Ohio": 300 };
  const knowledge = knowing(100_000, common);
  const { any, all } = chooseKeys(recordOf({ name: "Ohio Bridges to Pathways" }), knowledge);
  const held = new Set(keysOf("Pathways Bridges Ohio Works"));
  expect(all.some((keys) => keys.every((key) => held.has(key)))).toBe(true);
  expect(any.every((key) => (knowledge.keyCounts[key] ?? 0) <= 200)).toBe(true);
  const words = keysOf("Ohio").filter((key) => held.has(key) && knowledge.keyCounts[key]);
  const pairs = keysOf("Bridges Ohio").filter((key) => !keysOf("Ohio").includes(key));
  // Whoever holds the pair holds the word: together they say no more.
  expect(all.some(([one, other]) => words.includes(one!) && pairs.includes(other!))).toBe(false);
});

test("its own page and its name under its lead come before all else", () => {
  const values = {
    name: "Pathways",
    leadOrganization: "Ferry Board",
    url: "https://ferry.example/a",
  };
  const knowledge = knowing(10_000, { Pathways: 150 });
  const record = recordOf(values);
  const { any, weights } = chooseKeys(record, knowledge);
  const exact = blockKeys(record).filter((key) => !keysOf("Pathways").includes(key));
  expect(exact).toContain(any[0]);
  expect(exact).toContain(any[1]);
  const heaviest = [...weights].toSorted((a, b) => b[1] - a[1]).slice(0, 2);
  expect(heaviest.map(([key]) => key).toSorted()).toEqual(any.slice(0, 2).toSorted());
});

test("the same record and knowledge give the same search", () => {
  const knowledge = knowing(10_000, { Pathways: 600, "Ohio Bridges": 300 });
  const record = recordOf({ name: "Ohio Bridges to Pathways", aliases: ["Bridges"] });
  expect(chooseKeys(record, knowledge)).toEqual(chooseKeys(record, { ...knowledge }));
});
