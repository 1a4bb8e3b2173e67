import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InitiativeId } from "@waymark/domain";
import { addJudgement, openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

// Every command is a process of its own; on a busy machine a test of some of them takes its time.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-match-"));
let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPool(database.url);
  const rows = [
    "id,name,aliases,acronym,url,kind,description,lead_organization,funders,partners,states,start,end,status,topics",
    "KC-1,Kiln Craft Network,,KCN,http://kilncraft.example/,network,,Pier Council,,,OH,,,,",
    "KC-2,Kiln Craft Network Phase II,,KCN,,,,Pier Council,,,OH,,,,",
    "KC-3,Tidewater Ladder,,,,,,,,,,,,,",
    "KC-4,The Tidewater Ladder,,,,,,,,,,,,,",
    "KC-5,Elm Badge Bank,Badge Bank of Elm,,,,,,,,,,,,",
  ];
  expect((await run("catalog", "import", fileOf("catalog.csv", rows.join("\n")))).code).toBe(0);
});
afterAll(async () => {
  await db.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]) => waymark(words, { DATABASE_URL: database.url });
const explain = (...words: string[]) => run("match", "explain", ...words);

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("two entries, side by side, with sentences, sums and what is missing", async () => {
  const { out, code } = await explain("KC-1", "KC-2");
  expect(code).toBe(0);
  expect(out).toContain("Kiln Craft Network / Kiln Craft Network Phase II: related");
  expect(out).toContain("“Kiln Craft Network Phase II” is a phase of “Kiln Craft Network”.");
  expect(out).toMatch(/same acronym KCN.*; but only one is number 2 of a series\./);
  expect(out).toMatch(/^ {2}acronym +KCN +KCN$/m);
  expect(out).toMatch(/^ {2}series +-6\.0 +\+?-?\d+\.\d +█{6}│/m);
  expect(out).toContain(
    "(only one is number 2 of a series): only a person's judgement makes them one",
  );
});

test("the sums end where the score says, and a program gets all of it", async () => {
  const { out } = await explain("KC-1", "KC-2", "--json");
  const told = JSON.parse(out);
  expect(told).toMatchObject({
    ...{ a: { id: "KC-1", acronym: "KCN" }, between: "entries", verdict: "related" },
    ...{ relation: "phase_of", relation_from: "b", judgement: null, nearest: null },
  });
  const { sum } = told.reasons.at(-1);
  expect(told.score).toBeCloseTo(1 / (1 + Math.exp(-sum)), 9);
});

test("a judgement is told with the pair it is about", async () => {
  const [a, b] = (["KC-3", "KC-4"] as InitiativeId[]).map((initiativeId) => ({ initiativeId }));
  const judged = { a: a!, b: b!, verdict: "different" as const, who: "rosa", now: new Date(0) };
  await addJudgement(db, { ...judged, why: undefined, decisionId: undefined });
  expect((await explain("KC-4", "KC-3")).out).toContain("A person judged the two different");
});

test("an entry by its alias, and an effort by flags", async () => {
  const { out } = await explain("badge bank of elm", "--name", "Elm Badge Bank", "--states", "OH");
  expect(out).toContain("Elm Badge Bank / Elm Badge Bank: same");
  expect(out).not.toContain("Not the same");
});

test("the catalog's nearer entry is named", async () => {
  const { out } = await explain("--name", "Elm Badge Bank", "KC-1");
  expect(out).toContain("In the catalog it comes nearer to KC-5: same.");
});

describe("efforts of files, without a catalog", () => {
  const alone = (...words: string[]) =>
    waymark(["match", "explain", ...words], { WAYMARK_HOME: join(folder, "no-home") });

  test("rows of a table and a line of JSON", async () => {
    const table = fileOf("names.csv", "name,states\nOpen Kiln,OH\nOpen Kiln,TX\n");
    const lines = fileOf("names.jsonl", '{"name":"Open Kiln","states":["OH"]}\n');
    const two = await alone(`${table}:1`, `${table}:2`);
    expect(two.out).toContain("Open Kiln / Open Kiln: different");
    expect(two.err).toContain("There is no catalog");
    const same = await alone(`${table}:1`, lines);
    expect(same.out).toContain("Open Kiln / Open Kiln: same");
  });

  test("objects on the command line, told as the web's mentions are", async () => {
    const { out } = await alone(
      '{"name":"Open Kiln Registry","leadOrganization":"Open Kiln","evidence":[]}',
      '{"name":"Open Kiln","lead_organization":"Open Kiln"}',
    );
    expect(out).toContain("“Open Kiln Registry” is a product of “Open Kiln”.");
  });
});

describe("what cannot be used is refused in a sentence", () => {
  const refuses = (name: string, words: () => string[], ...said: string[]) =>
    test(name, async () => {
      const { code, out, err } = await explain(...words());
      expect({ code, out }).toEqual({ code: 1, out: "" });
      for (const text of said) expect(err).toContain(text);
      expect(err).not.toContain("bug in Waymark");
    });
  refuses(
    "an id that is nearly one",
    () => ["KC1", "KC-2"],
    'no entry has the id or the name "KC1"',
    "KC-1  Kiln Craft Network",
  );
  refuses("a name that comes near", () => ["Kiln Crafts Net", "KC-2"], "KC-1  Kiln Craft Network");
  refuses(
    "a name of two entries",
    () => ["Tidewater Ladder", "KC-1"],
    "what 2 entries are called",
    "KC-3",
    "KC-4",
  );
  refuses("one effort only", () => ["KC-1"], "a pair is two efforts, and one was given");
  refuses("three efforts", () => ["KC-1", "KC-2", "KC-3"], "and 3 were given");
  refuses("none", () => [], "none was given");
  refuses(
    "three beside a name",
    () => ["KC-1", "KC-2", "--name", "X"],
    "one id or name of an entry, not 2",
  );
  refuses("a flag without a name", () => ["KC-1", "--lead", "X"], "--lead says more", "add --name");
  refuses("no JSON", () => ["{name:1}", "KC-1"], "is not JSON");
  refuses(
    "an unknown field",
    () => ['{"name":"X","lead":"Y"}', "KC-1"],
    'unknown field "lead"',
    "lead_organization",
  );
  refuses("no name", () => ['{"url":"http://x.example/"}', "KC-1"], "has no name");
  refuses(
    "a date that is none",
    () => ["KC-1", "--name", "X", "--start", "soon"],
    "start",
    '"soon" cannot be used',
  );
  refuses("a file of many", () => [fileOf("many.csv", "name\nA\nB\n"), "KC-1"], "say which, as in");
  refuses(
    "a number past the end",
    () => [`${fileOf("few.csv", "name\nA\n")}:4`, "KC-1"],
    "holds 1 effort, so there is no",
  );
  refuses("no such file", () => [join(folder, "none.csv"), "KC-1"], "there is no such file");
});
