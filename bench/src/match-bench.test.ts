import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { benchMatch } from "./match-bench.ts";
import { chooseCut } from "./match-splits.ts";
import { readTruth, toValues } from "./match-tables.ts";

test("the cut is at half of the best F1 of calibrated probabilities", () => {
  const labels = Array.from({ length: 200 }, (_, row) => Number(row >= 150));
  const logOdds = labels.map((label, row) => (label ? 2 : -2) + (row % 10) / 10);
  const { probability, isSame } = chooseCut({ labels, logOdds });
  expect(isSame(2)).toBe(true);
  expect(isSame(-1.1)).toBe(false);
  expect(probability(2)).toBeGreaterThan(0.9);
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

test("ids of true pairs may stand apart by any sign", () => {
  const pairs = [
    ["1", "9"],
    ["2", "8"],
  ];
  for (const between of "%|#,;\t") {
    expect(readTruth(`D1${between}D2\n1${between}9\r\n2${between}8\n`)).toEqual(pairs);
  }
});

test("a set in the layout of tables and labelled pairs gives figures with and without context", () => {
  const folder = writeSet();
  const { figures } = benchMatch({ folder, seedCount: 1, say: () => undefined });
  const figureOf = (name: string) => figures.find(({ figure }) => figure === name)?.value;
  expect(figureOf("valid f1 (context)")).toBeGreaterThan(0.9);
  expect(figureOf("valid f1 (no context)")).toBeGreaterThan(0.8);
  expect(figureOf("true pairs among 20 candidates")).toBe(1);
  expect(figureOf("whole tables f1 (no labels)")).toBeGreaterThan(0.9);
});

test("a folder with nothing to match is told, and so is a pair of unknown rows", () => {
  const empty = mkdtempSync(join(tmpdir(), "pairs-"));
  const run = (folder: string) => benchMatch({ folder, seedCount: 1, say: () => undefined });
  expect(() => run(empty)).toThrow("neither tableA.csv");
  const folder = writeSet();
  writeFileSync(join(folder, "gt.csv"), "D1|D2\n0|nobody\n");
  expect(() => run(folder)).toThrow("names the pair 0, nobody");
});

/** Courses as two offices list them: renamed, abbreviated, in three levels that must be kept apart. */
function writeSet(): string {
  const folder = mkdtempSync(join(tmpdir(), "pairs-"));
  const write = (name: string, lines: string[]) =>
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
  const subjects = "welding carpentry nursing payroll forestry".split(" ");
  const towns = "Alder Birch Cedar Dogwood Elm".split(" ");
  const courses = towns.flatMap((town) =>
    subjects.flatMap((subject) => [1, 2, 3].map((level) => ({ town, subject, level }))),
  );
  const { length } = courses;
  const names = courses.map(({ town, subject, level }) => [
    `${town} introduction to ${subject} level ${level}`,
    `${subject} (${town}), intro, level ${level}`,
  ]);
  write("tableA.csv", ["id,name", ...names.map(([name], id) => `${id},${name}`)]);
  write("tableB.csv", ["id,name", ...names.map(([, name], id) => `${id},"${name}"`)]);
  const pairs = courses.flatMap((_, id) => [
    `${id},${id},1`,
    ...[1, 2, 3, 24].map((step) => `${id},${(id + step) % length},0`),
  ]);
  const isTrain = (_: string, index: number) => index % 3 > 0;
  write("train.csv", ["ltable_id,rtable_id,label", ...pairs.filter(isTrain)]);
  write("valid.csv", ["ltable_id,rtable_id,label", ...pairs.filter((_, index) => index % 3 === 0)]);
  write("gt.csv", ["D1#D2", ...courses.map((_, id) => `${id}#${id}`)]);
  return folder;
}
