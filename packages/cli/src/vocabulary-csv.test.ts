import { expect, test } from "vitest";
import { parseVocabularies, vocabularyColumns, writeVocabularies } from "./vocabulary-csv.ts";

const head = vocabularyColumns.join(",");

test("terms written are read again as they were", () => {
  const terms = [
    {
      ...{ vocabulary: "goal" as const, edition: "second, 2031", key: "clear-words" },
      ...{ label: 'Words, "clear"', source: "A guide", phrases: ["plain words", "clear, short"] },
    },
    {
      ...{ vocabulary: "topic" as const, edition: "", key: "kites" },
      ...{ label: "Kites", source: "", phrases: [] },
    },
  ];
  expect(parseVocabularies(writeVocabularies(terms), "v.csv")).toEqual(terms);
});

test("a phrase written twice counts once", () => {
  const [term] = parseVocabularies(`${head}\ntopic,,kites,Kites,,kite | kite |`, "v.csv");
  expect(term?.phrases).toEqual(["kite"]);
});

/** What is said of a file with these lines under the usual first line. */
const check = (name: string, lines: string[], ...said: string[]) =>
  test(name, () => {
    const parse = () => parseVocabularies([head, ...lines].join("\n"), "v.csv");
    for (const part of said) expect(parse).toThrow(part);
  });

check(
  "each value at fault is named with its line and column",
  ["topics,,kites,Kites,,kite", "topic,,Kites!,,,kite | ?? | k", "topic,x"],
  'v.csv line 2, column vocabulary: "topics" is not one of topic, effort-area',
  'v.csv line 3, column key: "Kites!" is not a key; write small letters',
  'v.csv line 3, column label: "" is not a label',
  'v.csv line 3, column phrases: "??" is not a phrase of 2 to 100 characters with a letter or digit',
  'v.csv line 3, column phrases: "k" is not a phrase',
  "v.csv line 4 has 2 cells where the first line names 6 columns",
);
check(
  "a key given twice in one edition",
  ["goal,one,a,A,,", "goal,two,a,A,,", "goal,one,a,B,,"],
  'v.csv line 4, column key: "a" stands on line 2 already',
);
test("an unknown column", () =>
  expect(() => parseVocabularies("vocabulary,name\n", "v.csv")).toThrow(
    'v.csv line 1 has an unknown column "name", and lacks the columns "edition", "key", "label", "source", "phrases"',
  ));
