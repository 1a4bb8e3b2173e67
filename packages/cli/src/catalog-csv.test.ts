import { expect, test } from "vitest";
import { catalogColumns, parseCatalog, writeCatalog } from "./catalog-csv.ts";

const columns = catalogColumns.join(",");

/** What is said of a file with these lines under the usual first line. */
function check(name: string, lines: string[], said: string[], head = columns): void {
  test(name, () => {
    expect(() => parseCatalog([head, ...lines].join("\n"), "c.csv")).toThrow();
    try {
      parseCatalog([head, ...lines].join("\n"), "c.csv");
    } catch (error) {
      for (const part of said) expect((error as Error).message).toContain(part);
    }
  });
}

check(
  "each value at fault is named with its line and column, also after cells of several lines",
  [
    "A1,Alpha,,,,,,,,,,,,,",
    'A2,Beta,,,nowhere,sort,"two\nlines",,,,,March 2020,,live,',
    "A2,,,,,,,,,,,,,,",
    "A3,x",
  ],
  [
    'c.csv line 3, column url: "nowhere" is not an http or https address',
    'c.csv line 3, column kind: "sort" is not one of initiative, state-program',
    'c.csv line 3, column start: "March 2020" is not a date',
    'c.csv line 3, column status: "live" is not one of planned, active, ended',
    'c.csv line 5, column id: "A2" stands on line 3 already',
    'c.csv line 5, column name: "" is not a name',
    "c.csv line 6 has 2 cells where the first line names 15 columns",
  ],
);
check("a line that is no CSV", ['A1,"Alpha'], ["c.csv line 2 is not CSV"]);
check("an empty id", [",Alpha,,,,,,,,,,,,,"], ['line 2, column id: ""']);
check(
  "an unknown column",
  [],
  ['line 1 has an unknown column "colour"', 'lacks the column "topics"'],
  columns.replace("topics", "colour"),
);
check("a column named twice", [], ['names the column "id" twice'], `${columns},id`);
check(
  "of many problems the first are told",
  Array.from({ length: 30 }, (_, n) => `A${n},x,,,,sort,,,,,,,,,`),
  ["line 21, column kind", "… and 10 more"],
);

test("an empty file is told to begin with the columns", () => {
  expect(() => parseCatalog("", "c.csv")).toThrow(/c\.csv is empty.*id,name,aliases/);
});

test("columns stand in any order, empty cells are unknown, lists are split", () => {
  const head = [...catalogColumns].reverse().join(",");
  const line = `,active,,2019,CO | NY,,Lumina Foundation | Walmart,,"One, two",,,CAYG,,Credential As You Go,A1`;
  expect(parseCatalog(`\uFEFF${head}\r\n${line}\r\n\r\n`, "c.csv")).toEqual([
    {
      id: "A1",
      name: "Credential As You Go",
      acronym: "CAYG",
      description: "One, two",
      funders: ["Lumina Foundation", "Walmart"],
      states: ["CO", "NY"],
      start: "2019",
      status: "active",
    },
  ]);
});

test("what is written is read again as it was", () => {
  const values = {
    name: 'The "First", of two\nlines',
    aliases: ["One", "Two"],
    url: "https://a.example/",
    start: "2020-02",
    status: "active" as const,
  };
  expect(parseCatalog(writeCatalog([{ id: "A1", values }]), "c.csv")).toEqual([
    { id: "A1", ...values },
  ]);
});
