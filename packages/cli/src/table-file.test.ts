import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadConfig } from "./config.ts";
import { readLabelFile } from "./label-file.ts";
import { readTableFile } from "./table-file.ts";

const folder = mkdtempSync(join(tmpdir(), "waymark-tables-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const config = { ...loadConfig(), folder };

function fileOf(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}

const read = (text: string, options: { id?: string; columns?: string[] } = {}) =>
  readTableFile(config, fileOf("table.csv", text), options);

for (const sign of [",", ";", "\t", "|"]) {
  test(`cells may stand apart by ${JSON.stringify(sign)}`, () => {
    const text = [
      ["id", "name"],
      ["7", '"Alder, ""the"" Fund"'],
    ].map((row) => row.join(sign));
    expect(read(`${text.join("\r\n")}\r\n`).table).toEqual({
      columns: ["name"],
      rows: [{ id: "7", cells: ['Alder, "the" Fund'] }],
    });
  });
}

test("rows are named by id, else by a first column of numbers or codes, else by their place", () => {
  const idsOf = ({ table }: ReturnType<typeof read>) => table.rows.map(({ id }) => id);
  expect(idsOf(read("name,ID\nAlder,x\nBirch,y\n"))).toEqual(["x", "y"]);
  expect(idsOf(read("number,name\nT-1,Alder\nT-2,Birch\n"))).toEqual(["T-1", "T-2"]);
  expect(idsOf(read("name,town\nAlder,Elm\nBirch,Elm\n"))).toEqual(["1", "2"]);
  expect(idsOf(read("name,town\nAlder,Elm\nBirch,Fir\n", { id: "town" }))).toEqual(["Elm", "Fir"]);
});

test("only the columns that are asked for are compared", () => {
  expect(read("id,a,b\n1,x,y\n", { columns: ["b"] }).table).toEqual({
    columns: ["b"],
    rows: [{ id: "1", cells: ["y"] }],
  });
});

const refused: [string, string, { id?: string; columns?: string[] }, string][] = [
  ["an empty file", "", {}, "is empty; its first line names the columns"],
  ["no row", "a,b\n", {}, "no row below"],
  ["no heading", "1,2\n3,4\n", {}, 'line 1 has "1" where the name of a column belongs'],
  ["an empty heading", "a,,c\n1,2,3\n", {}, "leaves the name of column 2 empty"],
  ["a heading twice", "a,a\n3,4\n", {}, 'line 1 names the column "a" twice'],
  ["no CSV", 'a,b\nx,"y\n', {}, "line 2 is not CSV"],
  ["other widths", "a,b\nx,y\nx,y,z\n", {}, "line 3 has 3 cells where the first line names 2"],
  ["an id twice", "id,b\n7,y\n7,z\n", {}, 'line 3, column id: the id "7" stands on line 2 already'],
  ["no id", "id,b\n7,y\n,z\n", {}, "line 3, column id: the id is empty"],
  ["an unknown id", "a,b\n7,y\n", { id: "key" }, 'no column "key"; its columns are a, b'],
  ["unknown columns", "a,b\n7,y\n", { columns: ["c"] }, 'no column "c"'],
  ["nothing to compare", "id\n7\n", {}, 'no column to compare beside "id"'],
];
for (const [name, text, options, said] of refused) {
  test(`${name}: refused in a sentence`, () => expect(() => read(text, options)).toThrow(said));
}

test("labels are places of rows, in the words that people use", () => {
  const { table } = read("id,name\n1,Alder\n2,Birch\n");
  const file = fileOf("labels.csv", "left,right,label\n1,2,same\n2,1,0\n");
  expect(readLabelFile(config, file, [table, table])).toEqual([
    { left: 0, right: 3, isSame: true },
    { left: 1, right: 2, isSame: false },
  ]);
  const wrong = fileOf("wrong.csv", "left,right,label\n1,9,same\n1,2,perhaps\n1,1,same\n");
  const readWrong = () => readLabelFile(config, wrong, [table]);
  expect(readWrong).toThrow('line 2: no row of the table has the id "9"');
  expect(readWrong).toThrow('line 3: "perhaps" is neither same (1) nor different (0)');
  expect(readWrong).toThrow('line 4: the row "1" is held against itself');
});
