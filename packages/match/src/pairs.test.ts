import { readdirSync, readFileSync } from "node:fs";
import {
  emptyKnowledge,
  InitiativeId,
  InitiativeValues,
  type MatchVerdict,
  type RelationKind,
} from "@waymark/domain";
import { toRecord } from "@waymark/normalize";
import { expect, test } from "vitest";
import { compareRecords, matchRecord } from "./match-record.ts";

/** A pair that a person judged. Some may only be said not to be one effort, or not to be wholly apart. */
type LabelledPair = {
  a: InitiativeValues;
  b: InitiativeValues;
  expected: MatchVerdict | "not-same" | "not-different";
  /** How `a` stands to `b`, or `b` to `a` where the relation is told from the candidate's side. */
  relation?: RelationKind;
  relationFrom?: "candidate";
  why: string;
};

const folder = new URL("../../../test/pairs/", import.meta.url);
const pairs = readdirSync(folder)
  .filter((file) => file.endsWith(".jsonl"))
  .flatMap((file) => readFileSync(new URL(file, folder), "utf8").trim().split("\n"))
  .map((line): LabelledPair => JSON.parse(line));

const judged = pairs.map(({ a, b, expected, why, relation, relationFrom }) => {
  const one = toRecord(InitiativeValues.parse(a), emptyKnowledge);
  const other = toRecord(InitiativeValues.parse(b), emptyKnowledge);
  const id = InitiativeId.parse("entry");
  const match = matchRecord(one, [{ id, record: other }], emptyKnowledge);
  const swept = compareRecords(one, other, emptyKnowledge).verdict;
  const { verdict } = match;
  const isRelated =
    relation === undefined || (match.relation === relation && match.relationFrom === relationFrom);
  return { names: `${a.name} / ${b.name}`, expected, why, verdict, swept, isRelated, match };
});

const isAsExpected = ({ verdict, expected }: (typeof judged)[number]): boolean =>
  expected === "not-same"
    ? verdict !== "same"
    : expected === "not-different"
      ? verdict !== "different"
      : verdict === expected;

test("labelled pairs", () => {
  const same = judged.filter(({ expected }) => expected === "same");
  const called = judged.filter(
    ({ verdict, expected }) => verdict === "same" && expected !== "not-different",
  );
  const right = called.filter(({ expected }) => expected === "same").length;
  const precision = right / called.length;
  const recall = right / same.length;
  const missed = judged.filter((pair) => !isAsExpected(pair));
  console.log(
    `${judged.length} labelled pairs: precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`,
    ...missed.map(
      (pair) => `\n  ${pair.verdict}, not ${pair.expected}: ${pair.names} (${pair.why})`,
    ),
  );
  expect(precision).toBe(1);
  expect(recall).toBeGreaterThanOrEqual(0.95);
  expect(missed.length / judged.length).toBeLessThanOrEqual(0.05);
});

test("the duplicate sweep calls nothing same that is not", () => {
  const wrong = judged.filter(
    ({ swept, expected }) =>
      swept === "same" && expected !== "same" && expected !== "not-different",
  );
  expect(wrong).toEqual([]);
});

test("related pairs are told how they are related", () => {
  const wrong = judged.filter(({ verdict, isRelated }) => verdict === "related" && !isRelated);
  expect(wrong.map(({ names, match }) => [names, match.relation, match.relationFrom])).toEqual([]);
});
