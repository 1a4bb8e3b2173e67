import { emptyKnowledge, type InitiativeValues } from "@waymark/domain";
import { type Record, toRecord } from "@waymark/normalize";
import { expect, test } from "vitest";
import { indexRecords } from "./index-records.ts";

const recordOf = (values: InitiativeValues): Record => toRecord(values, emptyKnowledge);

const names = ["Lantern", "Harbor", "Meadow", "Copper", "Willow", "Signal", "Quarry", "Orchard"];
const records = new Map(
  names.flatMap((one) =>
    names.map((other): [string, Record] => [
      `${one}-${other}`,
      recordOf({ name: `${one} ${other} Career Pathways` }),
    ]),
  ),
);
const candidatesOf = indexRecords(records, emptyKnowledge);

test.each([
  ["the same name", "Lantern Harbor Career Pathways"],
  ["reversed", "Career Pathways Harbor Lantern"],
  ["a word more", "Lantern Harbor Career Pathways Alliance"],
  ["a word less", "Lantern Harbor Pathways"],
])("the entry comes first under %s", (_what, name) => {
  // "Lantern Harbor" and "Harbor Lantern" hold the same words.
  const [first, second] = candidatesOf(recordOf({ name }), 20).map(({ id }) => id as string);
  expect([first, second]).toContain("Lantern-Harbor");
});

test("no more come than were asked for, and none that shares nothing", () => {
  expect(candidatesOf(recordOf({ name: "Lantern Career Pathways" }), 5)).toHaveLength(5);
  expect(candidatesOf(recordOf({ name: "Zephyr" }), 5)).toEqual([]);
});

test("the order in which records are indexed does not matter", () => {
  const reversed = indexRecords(new Map([...records].reverse()), emptyKnowledge);
  const record = recordOf({ name: "Meadow Copper Pathways" });
  expect(reversed(record, 20)).toEqual(candidatesOf(record, 20));
});
