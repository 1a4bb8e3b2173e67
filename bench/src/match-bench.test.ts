import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { benchMatch, bestThreshold } from "./match-bench.ts";
import { toValues } from "./match-tables.ts";

test("the threshold is where F1 is highest, and equal scores stay together", () => {
  const scored = [
    { score: 0.9, isSame: true },
    { score: 0.7, isSame: true },
    { score: 0.7, isSame: false },
    { score: 0.2, isSame: false },
  ];
  expect(bestThreshold(scored)).toBe(0.7);
  expect(bestThreshold([{ score: 0, isSame: true }])).toBe(1);
});

test("a row of any set is read by what its columns have in common", () => {
  expect(
    toValues({ id: "1", title: "Tide tables", manufacturer: "Harbor Press", year: "1999" }),
  ).toEqual({
    name: "Tide tables",
    leadOrganization: "Harbor Press",
    start: "1999",
  });
  expect(toValues({ id: "1", name: "", authors: "A. Bee , C. Dee" })).toEqual({
    name: "row 1",
    partners: ["A. Bee", "C. Dee"],
  });
});

test("a set in the layout of tables and labelled pairs gives figures with and without context", () => {
  const folder = mkdtempSync(join(tmpdir(), "pairs-"));
  const write = (name: string, lines: string[]) =>
    writeFileSync(join(folder, name), lines.join("\n"));
  write("tableA.csv", ["id,name", "0,Lantern Harbor Skills Fund", "1,Quiet Meadow Badges"]);
  write("tableB.csv", ["id,name", "0,Lantern Harbor Skills Fund", "1,Quiet Meadow Badges"]);
  write("train.csv", ["ltable_id,rtable_id,label", "0,0,1", "0,1,0"]);
  write("valid.csv", ["ltable_id,rtable_id,label", "1,1,1", "1,0,0"]);
  const { figures } = benchMatch(folder);
  expect(figures.filter((one) => one.figure.includes("f1"))).toMatchObject([
    { figure: "valid f1 (no context)", value: 1 },
    { figure: "valid f1 (context)", value: 1 },
  ]);
});

test("a folder with nothing to match is told", () => {
  expect(() => benchMatch(mkdtempSync(join(tmpdir(), "pairs-")))).toThrow("neither tableA.csv");
});
