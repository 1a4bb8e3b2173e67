import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";

// Every command is a process of its own; on a busy machine it takes its time.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-match-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

// No database is reached: the address leads nowhere.
const run = (...words: string[]) =>
  waymark(["match", "run", ...words], { DATABASE_URL: "postgres://127.0.0.1:9/none" });

const towns = "Alder Birch Cedar Dogwood Elm Fir".split(" ");
const trades = "welding carpentry nursing payroll forestry".split(" ");
const courses = towns.flatMap((town) => trades.map((trade) => ({ town, trade })));
const ours = fileOf(
  "ours.csv",
  `id,course,fee\n${courses.map(({ town, trade }, at) => `o${at},${town} introduction to ${trade},${at * 10}`).join("\n")}\n`,
);
const theirs = fileOf(
  "theirs.csv",
  `number;title;price\n${courses.map(({ town, trade }, at) => `t${at};"${trade} (${town}); intro";${at * 10}`).join("\n")}\n`,
);

test("two files of other headings and other signs between cells are linked row by row", async () => {
  const { code, out, err } = await run(ours, theirs, "--one-to-one", "--format", "jsonl");
  expect(code).toBe(0);
  const pairs = out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  const same = pairs.filter(({ verdict }) => verdict === "same");
  expect(same.length).toBeGreaterThanOrEqual(28);
  for (const { left, right } of same) expect(right).toBe(left.replace("o", "t"));
  expect(err).toContain("“course” and “title” hold the same.");
  expect(err).toContain(`${same.length} called same from 0.50 on`);
});

test("the same file gives the same bytes; reasons stand beside each pair; a file takes the answer", async () => {
  const file = join(folder, "pairs.csv");
  const words = [ours, theirs, "--one-to-one", "--explain"];
  const first = await run(...words);
  const second = await run(...words, "--out", file);
  expect(second.out).toBe("");
  expect(readFileSync(file, "utf8")).toBe(first.out);
  const [head, line] = first.out.split("\n");
  expect(head).toBe("left,right,probability,verdict,cluster,left_name,right_name,reasons");
  expect(line).toContain("each row is the other's best candidate");
});

test("duplicates of one file are told, and only the columns that are asked for count", async () => {
  const rows = courses.flatMap(({ town, trade }) => [
    `${town} introduction to ${trade},${town}`,
    `${town} Introduction to ${trade}!,elsewhere`,
  ]);
  const file = fileOf("twice.csv", `course,seen\n${rows.join("\n")}\n`);
  const { code, out } = await run(file, "--columns", "course");
  expect(code).toBe(0);
  const same = out.split("\n").filter((line) => line.includes(",same,"));
  expect(same.length).toBe(courses.length);
  // Rows without an id are named by their number.
  for (const line of same) {
    const [left, right] = line.split(",").map(Number);
    expect(right).toBe(left! + 1);
  }
});

const refused: [string, string[], string[]][] = [
  ["a file that is not there", ["none.csv"], ["cannot read", "none.csv"]],
  ["three files", [ours, ours, ours], ["3 files are too many"]],
  ["a threshold that is none", [ours, "--threshold", "2"], ["between 0 and 1"]],
  [
    "too few labels",
    [ours, theirs, "--labels", fileOf("few.csv", "a,b,c\no1,t1,1\n")],
    ["at least 10 of each"],
  ],
];
for (const [name, words, said] of refused) {
  test(`${name} is refused in a sentence, and nothing is written`, async () => {
    const file = join(folder, "never.csv");
    const { code, out, err } = await run(...words, "--out", file);
    expect(code).toBe(1);
    expect(out).toBe("");
    for (const word of said) expect(err).toContain(word);
    expect(err).not.toContain("bug in Waymark");
    expect(existsSync(file)).toBe(false);
  });
}
