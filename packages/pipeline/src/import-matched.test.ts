import type { InitiativeId, InitiativeValues } from "@waymark/domain";
import {
  findInitiative,
  listInitiatives,
  openPool,
  type Pool,
  saveMergedInto,
} from "@waymark/store";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { importCatalog } from "./import-catalog.ts";
import { importMatched, planMatchedImport } from "./import-matched.ts";
import type { ImportChoices, MatchedRow } from "./plan-import.ts";

let db: Pool;
let drop: () => Promise<void>;
const now = new Date("2026-03-01T02:00:00Z");

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url, { max: 3 });
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});
beforeEach(async () => {
  await db.query("truncate initiative, judgement, merge, knowledge cascade");
  await importCatalog(
    db,
    [
      {
        id: "MT-1",
        name: "Millrace Technician Academy",
        leadOrganization: "Millrace College",
        url: "https://academy.millrace.example/",
        status: "active",
      },
      {
        id: "OQ-1",
        name: "Orchard Quay Credential Bridge",
        leadOrganization: "Orchard Trust",
        states: ["OR"],
      },
      { id: "TW-1", name: "Tin Whistle Learning Ledger", leadOrganization: "Tin Works" },
    ],
    now,
  );
});

const careful: ImportChoices = { overwrite: false, unsure: "skip" };
const rowsOf = (...given: (InitiativeValues & { id?: string })[]): MatchedRow[] =>
  given.map(({ id, ...values }, at) => ({ line: at + 2, id, values }));
const plan = (rows: MatchedRow[], choices = careful) => planMatchedImport(db, rows, choices);
const apply = async (rows: MatchedRow[], choices = careful) => {
  const shown = await plan(rows, choices);
  await importMatched(db, { rows, choices, shown, now });
  return shown;
};
const valuesOf = async (id: string) => (await findInitiative(db, id as InitiativeId))!.values;

const academy: InitiativeValues = {
  name: "Millrace Academy for Technicians",
  leadOrganization: "Millrace College",
  url: "https://academy.millrace.example",
  status: "ended",
  start: "2020",
};
const stranger: InitiativeValues = {
  name: "Gravel Pit Welding Fellowship",
  leadOrganization: "Gravel Union",
  topics: ["welding"],
};

test("a row that is an entry fills its gaps under its id and keeps what stands", async () => {
  const [row] = await apply(rowsOf({ id: "foreign-7", ...academy }));
  expect(row).toMatchObject({ outcome: "same", entry: { id: "MT-1" } });
  expect(await valuesOf("MT-1")).toMatchObject({
    name: "Millrace Technician Academy",
    status: "active",
    start: "2020",
  });
  expect(await listInitiatives(db)).toHaveLength(3);
});

test("overwriting takes the file's values, and leaves what the file does not tell", async () => {
  await apply(
    rowsOf({
      name: academy.name,
      leadOrganization: "Millrace College",
      url: academy.url!,
      status: "ended",
    }),
    {
      ...careful,
      overwrite: true,
    },
  );
  expect(await valuesOf("MT-1")).toMatchObject({ name: academy.name, status: "ended" });
});

test("what the catalog lacks becomes an entry, and a second import changes nothing", async () => {
  const rows = rowsOf(academy, stranger, { id: "own-3", name: "Cobalt Reading Circle Passport" });
  const shown = await apply(rows);
  expect(shown.map(({ outcome }) => outcome)).toEqual(["same", "new", "new"]);
  const before = (await db.query("select * from initiative_value order by id")).rows;
  expect(await listInitiatives(db)).toHaveLength(5);
  expect((await valuesOf("own-3")).name).toBe("Cobalt Reading Circle Passport");
  const again = await apply(rows);
  expect(again.map(({ outcome }) => outcome)).toEqual(["same", "same", "same"]);
  expect((await db.query("select * from initiative_value order by id")).rows).toEqual(before);
});

test("an entry that an earlier import made is found again, whatever became of it", async () => {
  const rows = rowsOf(stranger);
  const [made] = await apply(rows);
  const id = made!.outcome === "new" ? made!.entry.id : undefined;
  await saveMergedInto(db, id!, "TW-1" as InitiativeId);
  expect(await plan(rows)).toMatchObject([{ outcome: "same", entry: { id: "TW-1" } }]);
});

test("of rows that are one effort the first counts; one that contradicts it is a conflict", async () => {
  const rows = rowsOf(
    stranger,
    { ...stranger, name: "Gravel Pit Fellowship in Welding", topics: ["metal"] },
    { ...stranger, url: "https://welding.gravel.example/", status: "active" },
    { ...academy, status: "active" },
    { ...academy, name: "Millrace Technician Academy", status: "planned" },
  );
  const shown = await plan(rows);
  expect(shown.map(({ outcome }) => outcome)).toEqual([
    "new",
    "double",
    "double",
    "same",
    "conflict",
  ]);
  expect(shown[1]).toMatchObject({ ofLine: 2 });
  expect(shown[4]).toMatchObject({ because: expect.stringContaining("status") });
});

test("a catalog that is brought in again is itself, also where two entries look like one", async () => {
  await importCatalog(db, [{ id: "MT-2", ...academy }], now);
  const rows = (await listInitiatives(db)).map(({ id, values }, at) => ({
    line: at + 2,
    id,
    values,
  }));
  const shown = await plan(rows, { ...careful, overwrite: true });
  expect(shown).toMatchObject(
    rows.map(({ id }) => ({ outcome: "same", entry: { id }, changes: [] })),
  );
});

test("an id that is another effort's is a conflict and touches nothing", async () => {
  const rows = rowsOf({ id: "MT-1", ...stranger });
  expect(await apply(rows)).toMatchObject([
    { outcome: "conflict", because: expect.stringContaining("MT-1") },
  ]);
  expect((await valuesOf("MT-1")).name).toBe("Millrace Technician Academy");
});

test("a row that may be either of two is left out with both, or made an entry when asked", async () => {
  const namesake = { name: "Orchard Quay Credential Bridge", leadOrganization: "Quay College" };
  await importCatalog(db, [{ id: "OQ-2", ...namesake, states: ["ME"] }], now);
  const rows = rowsOf({ name: namesake.name });
  const [row] = await apply(rows);
  expect(row).toMatchObject({ outcome: "unsure", candidates: [{ id: "OQ-1" }, { id: "OQ-2" }] });
  expect(await listInitiatives(db)).toHaveLength(4);
  expect(await apply(rows, { ...careful, unsure: "new" })).toMatchObject([{ outcome: "new" }]);
  expect(await apply(rows)).toMatchObject([{ outcome: "same" }]);
  expect(await listInitiatives(db)).toHaveLength(5);
});

test("a catalog that has changed since the report is not written", async () => {
  const rows = rowsOf(academy);
  const shown = await plan(rows);
  await importCatalog(
    db,
    [{ id: "MT-1", name: "Millrace Technician Academy", start: "2019" }],
    now,
  );
  await expect(importMatched(db, { rows, choices: careful, shown, now })).rejects.toThrow(
    "has changed since the report",
  );
  expect((await valuesOf("MT-1")).start).toBe("2019");
});

test("an empty catalog takes every row that is not another's double", async () => {
  await db.query("truncate initiative, knowledge cascade");
  const shown = await apply(rowsOf(academy, stranger, academy));
  expect(shown.map(({ outcome }) => outcome)).toEqual(["new", "new", "double"]);
});
