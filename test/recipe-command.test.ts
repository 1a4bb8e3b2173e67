import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importSources } from "@waymark/pipeline";
import { openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

/*
 * What an operator types about recipes, from a saved page to a recipe that holds.
 */

vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-recipe-"));
let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPool(database.url);
  const seeds = ["https://moss.example/"];
  const source = { id: "moss" as never, name: "Moss Trust", kind: "foundation" as const, seeds };
  await importSources(db, [source], new Date("2026-03-01T02:00:00Z"));
});
afterAll(async () => {
  await db.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]) =>
  waymark(["recipe", ...words], {
    DATABASE_URL: database.url,
    WAYMARK_CLOCK: "2026-03-02T02:00:00Z",
  });

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

const entries = ["River", "Hill", "Lake", "Harbor"].map(
  (place) =>
    `<li class="card"><h3><a href="/p/${place}">${place} Skills Initiative</a></h3><p>Helps adult learners of ${place} County into training and better jobs.</p></li>`,
);
const page = (cards: readonly string[]) =>
  `<!doctype html><title>Programs</title><main><h1>Programs</h1><ul>${cards.join("\n")}</ul></main>`;
const url = ["--url", "https://moss.example/programs"];

test("a recipe is proposed from a saved page, tried, given to a source, and taken back", async () => {
  const saved = fileOf("programs.html", page(entries));
  const recipe = join(folder, "recipe.json");
  const proposed = await run("propose", saved, ...url, "--out", recipe);
  expect(proposed.err).toContain("waymark recipe set ID");
  expect(proposed.out).toContain("Reads 4 entries on 1 page");
  expect(proposed.out).toContain("River Skills Initiative");
  expect(JSON.parse(readFileSync(recipe, "utf8"))).toMatchObject({ item: "li.card" });

  const tried = await run("test", recipe, saved, ...url, "--json");
  expect(JSON.parse(tried.out)).toMatchObject({ entries: 4, faults: [] });
  expect(tried.code).toBe(0);
  const thin = fileOf("thin.html", page(entries.map((card) => card.replace(/<p>.*<\/p>/, ""))));
  const failed = await run("test", recipe, thin, ...url);
  expect(failed.out).toContain("requires description and finds it in 0 of 4 entries");
  expect(failed.code).toBe(1);

  expect((await run("set", "moss", recipe, "--note", "cards", "--as", "ann")).out).toContain(
    "version 1 of the recipe of moss holds",
  );
  expect((await run("set", "moss", "--none")).out).toContain("moss is read without a recipe");
  expect((await run("set", "moss", "--to", "1")).out).toContain("version 1");
  const shown = JSON.parse((await run("show", "moss", "--json")).out);
  expect(shown.versions).toMatchObject([{ version: 1, active: true, who: "ann", note: "cards" }]);
  expect((await run("show")).out).toMatch(/moss +1 +yes .*ann/);
  expect((await run("relocate", "moss")).out).toContain("Nothing to relocate");
  expect((await run("accept", "moss")).out).toContain("Nothing of moss is held back");
});

test.each([
  [
    "a recipe that is no JSON",
    () => ["test", fileOf("a.json", "{"), "x.html"],
    "a.json is no JSON",
  ],
  [
    "a selector that does not parse",
    () => ["set", "moss", fileOf("b.json", '{"item":"li[","fields":{"name":{"selectors":["a"]}}}')],
    'b.json: item "li[" cannot be used',
  ],
  ["a source there is not", () => ["show", "nobody"], 'there is no source "nobody"'],
  [
    "a version there is not",
    () => ["set", "moss", "--to", "9"],
    'source "moss" has no version 9 of its recipe; it has 1',
  ],
  [
    "a stored page there is not",
    () => ["propose", "https://moss.example/none", "--source", "moss"],
    'source "moss" has no stored page https://moss.example/none',
  ],
  ["nothing to set", () => ["set", "moss"], "name one of: a recipe's file, --to N, --none"],
  ["nothing to test", () => ["test"], "name a recipe's file, or --source"],
  [
    "a page without a list",
    () => [
      "propose",
      fileOf("empty.html", "<title>Us</title><p>We are a trust in the woods.</p>"),
      ...url,
    ],
    "shows no list of efforts",
  ],
])("%s is refused in a sentence", async (_title, words, sentence) => {
  const { code, out, err } = await run(...words());
  expect(err).toContain(sentence);
  expect(err).not.toMatch(/\n {4}at |This is a bug/);
  expect(out).toBe("");
  expect(code).toBe(1);
});
