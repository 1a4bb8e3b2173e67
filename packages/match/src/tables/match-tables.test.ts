import fc from "fast-check";
import { expect, test } from "vitest";
import { madeTables } from "../../test/made-tables.ts";
import { type MatchedTables, type MatchRequest, matchTables } from "./match-tables.ts";
import type { Table } from "./table.ts";

/** F1 of the pairs called same, by the ids of their rows. */
function f1Of({ pairs }: MatchedTables, tables: Table[], truth: Set<string>): number {
  const rows = tables.flatMap((table) => table.rows);
  const called = pairs
    .filter(({ verdict }) => verdict === "same")
    .map(({ left, right }) => `${rows[left]!.id} ${rows[right]!.id}`);
  const right = called.filter((pair) => truth.has(pair)).length;
  return (2 * right) / (called.length + truth.size);
}

const { tables, truth } = madeTables();
const labelled = [...truth].slice(0, 40).flatMap((pair) => {
  const [left, right] = pair.split(" ");
  const place = tables[0].rows.findIndex(({ id }) => id === left);
  const other = tables[0].rows.length + tables[1].rows.findIndex(({ id }) => id === right);
  return [
    { left: place, right: other, isSame: true },
    { left: (place + 1) % tables[0].rows.length, right: other, isSame: false },
  ];
});

const ways: [string, Partial<MatchRequest>, number][] = [
  ["two tables, one match a row, without labels", { isOneToOne: true }, 0.97],
  ["two tables, any number of matches, without labels", {}, 0.85],
  ["two tables with labels", { labelled, isOneToOne: true }, 0.95],
];
for (const [name, options, floor] of ways) {
  test(`${name}: F1 of at least ${floor}`, () => {
    expect(f1Of(matchTables({ tables, ...options }), tables, truth)).toBeGreaterThanOrEqual(floor);
  });
}

test("the same input gives the same bytes, and another order of rows the same pairs", () => {
  const bytes = JSON.stringify(matchTables({ tables, isOneToOne: true, explains: true }));
  expect(JSON.stringify(matchTables({ tables, isOneToOne: true, explains: true }))).toBe(bytes);
  const turned: [Table, Table] = [
    { ...tables[0], rows: tables[0].rows.toReversed() },
    { ...tables[1], rows: tables[1].rows.toReversed() },
  ];
  const matched = matchTables({ tables: turned, isOneToOne: true });
  expect(f1Of(matched, turned, truth)).toBeGreaterThanOrEqual(0.97);
});

for (const options of [{ isOneToOne: true }, {}, { labelled, isOneToOne: true }]) {
  const way = "labelled" in options ? "labels" : JSON.stringify(options);
  test(`reasons sum to the log-odds of the probability (${way})`, () => {
    const { pairs } = matchTables({ tables, explains: true, ...options });
    expect(pairs.length).toBeGreaterThan(50);
    for (const { probability, reasons } of pairs.slice(0, 100)) {
      const sum = reasons.reduce((all, { weight }) => all + weight, 0);
      expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(probability, 9);
    }
  });
}

test("reasons sum to the log-odds where a column is called as another reason is", () => {
  const columns = ["title", "spelling", "prior"];
  const titled: [Table, Table] = [
    { ...tables[0], columns },
    { ...tables[1], columns },
  ];
  const { pairs } = matchTables({ tables: titled, explains: true });
  expect(pairs.length).toBeGreaterThan(50);
  for (const { probability, reasons } of pairs.slice(0, 100)) {
    const sum = reasons.reduce((all, { weight }) => all + weight, 0);
    expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(probability, 9);
  }
});

test("each row of a file without rows beside it is matched with nothing", () => {
  const doubled = { ...tables[0], rows: [...tables[0].rows, ...tables[0].rows] };
  const none = { ...tables[0], rows: [] };
  expect(matchTables({ tables: [doubled, none] }).pairs).toEqual([]);
  expect(matchTables({ tables: [none, doubled] }).pairs).toEqual([]);
});

test("duplicates of one table come together in clusters", () => {
  const rows = ["a", "b", "c"].flatMap((copy) =>
    tables[0].rows.slice(0, 40).map(({ id, cells: [name, ...others] }) => ({
      id: `${copy}${id}`,
      cells: [copy === "b" ? name!.toUpperCase() : copy === "c" ? `${name}.` : name!, ...others],
    })),
  );
  const { clusters } = matchTables({ tables: [{ columns: tables[0].columns, rows }] });
  const whole = clusters.filter(
    (cluster) => cluster.length === 3 && new Set(cluster.map((row) => row % 40)).size === 1,
  );
  expect(whole.length).toBeGreaterThanOrEqual(36);
});

test("too few labels are refused with what to do", () => {
  expect(() => matchTables({ tables, labelled: labelled.slice(0, 4) })).toThrow(
    "label at least 10 of each",
  );
});

test("any small tables are matched without a fault, and no row stands twice where one match is allowed", () => {
  const cell = fc.constantFrom("", "Alder", "Alder Fund", "alder fund 2", "7", "1999", "a, b");
  const row = fc.tuple(cell, cell, cell);
  const toTable = (cells: string[][], mark: string): Table => ({
    columns: ["one", "two", "three"],
    rows: cells.map((own, index) => ({ id: `${mark}${index}`, cells: own })),
  });
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 1, maxLength: 6 }),
      fc.array(row, { minLength: 1, maxLength: 6 }),
      (left, right) => {
        const given: [Table, Table] = [toTable(left, "a"), toTable(right, "b")];
        const { pairs } = matchTables({ tables: given, isOneToOne: true });
        const same = pairs.filter(({ verdict }) => verdict === "same");
        const stood = same.flatMap((pair) => [pair.left, pair.right]);
        expect(new Set(stood).size).toBe(stood.length);
        matchTables({ tables: [toTable([...left, ...right], "c")] });
      },
    ),
    { numRuns: 30 },
  );
});
