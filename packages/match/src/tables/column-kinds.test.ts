import { expect, test } from "vitest";
import { alignColumns } from "./align-columns.ts";
import { amountIn, columnKinds, membersIn } from "./column-kinds.ts";
import type { Table } from "./table.ts";

const towns = ["Alder", "Birch", "Cedar"];

/** Thirty courses; the headings say nothing of what the columns hold. */
function madeTable(columns: string[]): Table {
  const rows = Array.from({ length: 30 }, (_, index) => ({
    id: String(index),
    cells: [
      `Course ${index} in trade ${index % 7} skills`,
      `${towns[index % 3]} College`,
      `$${index * 10}.50`,
      String(1990 + index),
      `Ann ${towns[index % 3]}, Cid Dee`,
      `AB-${1000 + index}`,
      "A longer text that says what the course is good for, who may take it and when it begins",
      "",
    ],
  }));
  return { columns, rows };
}

test("what columns hold is told by their cells", () => {
  expect(columnKinds([madeTable([..."abcdefgh"])])).toEqual([
    ...["name", "group", "number", "year", "list", "code", "prose", "empty"],
  ]);
});

test("columns of two tables meet by heading, else by what they hold", () => {
  const left = madeTable([..."abcdefgh"]);
  const right = madeTable(["A", "place", ..."cdefgh"]);
  const { pairs, tables } = alignColumns(left, right);
  expect(pairs.slice(0, 2)).toEqual([
    { left: "a", right: "A" },
    { left: "b", right: "place" },
  ]);
  expect(tables[1].columns).toEqual(tables[0].columns);
  expect(tables[1].rows[4]!.cells[1]).toBe("Birch College");
});

test("a column that only one table has stays, empty in the other", () => {
  const left: Table = { columns: ["name"], rows: [{ id: "1", cells: ["Alder Fund"] }] };
  const right: Table = { columns: ["name", "fee"], rows: [{ id: "2", cells: ["Alder", "7"] }] };
  const { tables } = alignColumns(left, right);
  expect(tables[0]).toEqual({
    columns: ["name", "fee"],
    rows: [{ id: "1", cells: ["Alder Fund", ""] }],
  });
});

test("amounts and lists are told from other text", () => {
  expect([amountIn("$1,200.50"), amountIn("30 %"), amountIn("12 EUR")]).toEqual([1200.5, 30, 12]);
  expect(amountIn("level 2")).toBeNaN();
  expect(membersIn("Ann Bee , C. Dee and Eve O'Fay")).toEqual(["Ann Bee", "C. Dee", "Eve O'Fay"]);
  expect(membersIn("welding, intro, level 1")).toEqual(["welding, intro, level 1"]);
});
