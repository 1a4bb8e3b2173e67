import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findInitiative, listInitiatives, openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

// Every command is a process of its own; on a busy machine a test of some of them takes its time.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-upkeep-"));
let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPool(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]) => waymark(words, { DATABASE_URL: database.url });
function fileOf(name: string, lines: string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

test("a file without ids is matched, reported, written once, and swept for duplicates", async () => {
  const first = fileOf("first.csv", [
    "name,lead_organization,url,remark",
    "Pebble Creek Credential Compass,Pebble Creek College,https://compass.pebble.example/,ours",
    "Foxglove Apprentice Exchange,Foxglove Council,,",
  ]);
  const looked = await run("catalog", "import", first, "--match");
  expect(looked).toMatchObject({
    code: 0,
    err: expect.stringContaining("passed over, since the catalog has no such columns: remark"),
  });
  expect(looked.out).toContain("2 rows: 0 same, 2 new, 0 unsure, 0 double, 0 conflict");
  expect(await listInitiatives(db)).toEqual([]);

  expect((await run("catalog", "import", first, "--match", "--apply")).err).toContain(
    "2 rows written.",
  );
  const second = fileOf("second.csv", [
    "id,name,lead_organization,url,start",
    "x-1,The Credential Compass of Pebble Creek,Pebble Creek College,https://compass.pebble.example,2021-04",
    "x-2,=HYPERLINK Foxglove Exchange for Apprentices,Foxglove Council,,",
  ]);
  const report = join(folder, "report.csv");
  const written = await run(
    "catalog",
    "import",
    second,
    "--match",
    "--apply",
    "--json",
    "--report",
    report,
  );
  expect(JSON.parse(written.out)).toMatchObject({ rows: 2, changing: expect.any(Number) });
  const entries = await listInitiatives(db);
  const compass = entries.find(({ values }) => values.name.startsWith("Pebble Creek"))!;
  expect((await findInitiative(db, compass.id))!.values.start).toBe("2021-04");
  const told = readFileSync(report, "utf8");
  expect(told).toContain("start,–,2021-04,yes");
  expect(told).not.toMatch(/(^|,)"?=HYPERLINK/m);
  const again = await run("catalog", "import", second, "--match", "--apply", "--json");
  expect(JSON.parse(again.out).changing).toBe(0);

  const double = fileOf("double.csv", [
    "id,name,aliases,acronym,url,kind,description,lead_organization,funders,partners,states,start,end,status,topics",
    "D-1,Pebble Creek Credential Compass Program,,,https://compass.pebble.example/,,,Pebble Creek College,,,,,,,",
  ]);
  await run("catalog", "import", double);
  expect((await run("match", "sweep")).out).toContain("same");
  const [pair] = (await run("match", "pairs", "--verdict", "same", "--json")).out
    .split("\n")
    .map((line) => line && JSON.parse(line));
  expect(pair).toMatchObject({
    verdict: "same",
    initiative: { id: "D-1" },
    other: { id: compass.id },
  });
});

test("what cannot be used is refused with its line and column, and nothing is written", async () => {
  const before = await listInitiatives(db);
  const bad = fileOf("bad.csv", [
    "name,url,status",
    "Amber Gate Studio,ftp://x.example,sleeping",
    ",,",
  ]);
  const { code, out, err } = await run("catalog", "import", bad, "--match", "--apply");
  expect([code, out]).toEqual([1, ""]);
  expect(err).toContain('line 2, column url: "ftp://x.example" is not an http or https address');
  expect(err).toContain('line 2, column status: "sleeping" is not one of');
  expect(err).toContain('line 3, column name: "" is not a name');
  const nameless = fileOf("nameless.csv", ["title", "Amber Gate Studio"]);
  expect((await run("catalog", "import", nameless, "--match")).err).toContain(
    'lacks the column "name"',
  );
  expect((await run("catalog", "import", bad, "--overwrite")).err).toContain(
    "--overwrite goes with --match only",
  );
  expect((await run("catalog", "import", bad, "--match", "--report", "report.xls")).err).toContain(
    "must end in .csv, .json or .md",
  );
  expect(await listInitiatives(db)).toEqual(before);
});
