import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findKnowledge, listVocabularyTerms, openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

// Every command is a process of its own; on a busy machine a test of some of them takes its time.
vi.setConfig({ testTimeout: 120_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-vocabulary-"));
const exported = join(folder, "exported.csv");
const columns =
  "id,name,aliases,acronym,url,kind,description,lead_organization,funders,partners,states,start,end,status,topics";
let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPool(database.url);
  await run("vocabulary", "export", "--output", exported);
  // Where there is no catalog, pages are read without knowledge.
  await run("catalog", "import", fileOf("catalog.csv", `${columns}\nA1,Alder${",".repeat(13)}\n`));
});
afterAll(async () => {
  await db.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const run = (...words: string[]) => waymark(words, { DATABASE_URL: database.url });

function fileOf(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

test("an edit reaches the reader by new knowledge, and the exported file takes it back", async () => {
  const before = await listVocabularyTerms(db);
  expect(before.filter(({ vocabulary }) => vocabulary === "goal")).toHaveLength(6);
  expect(before.filter(({ vocabulary }) => vocabulary === "effort-area")).toHaveLength(8);
  expect(before.filter(({ vocabulary }) => vocabulary === "feature")).toHaveLength(44);
  const text = readFileSync(exported, "utf8")
    .replace(/^topic,,transfer,.*\n/m, "")
    .replace(/^topic,,youth,Young people,/m, "topic,,youth,Youth,");
  const edited = fileOf("edited.csv", `${text}topic,,kites,Kites,,kite | box kite\n`);
  const imported = await run("vocabulary", "import", edited);
  expect(imported.out).toContain(
    `${before.length} terms: 1 added, 1 changed, 1 removed, ${before.length - 2} as they were`,
  );
  const document = fileOf(
    "page.html",
    "<title>Lantern Initiative</title><h1>Lantern Initiative</h1><p>The Lantern Initiative teaches adults to build <b>box</b> kites and helps them find careers.</p><p>It is funded by the Quill Foundation.</p>",
  );
  const read = await run("read", document, "--url", "http://lantern.example/", "--json");
  const [mention] = JSON.parse(read.out).mentions;
  const topics = mention.evidence.filter(({ field }: { field: string }) => field === "topics");
  expect(topics.map(({ quote }: { quote: string }) => quote)).toEqual(["box kites"]);

  const undone = await run("vocabulary", "import", exported, "--json");
  expect(JSON.parse(undone.out)).toEqual({
    ...{ added: 1, changed: 1, removed: 1 },
    unchanged: before.length - 2,
  });
  expect(await listVocabularyTerms(db)).toEqual(before);
  expect((await findKnowledge(db))?.terms).toEqual(before);
});

test("one vocabulary is brought in alone, and the others stay", async () => {
  const before = await listVocabularyTerms(db);
  const one = fileOf("goals.csv", "key,vocabulary,label,edition,source,phrases\na,goal,A,x,,\n");
  expect((await run("vocabulary", "import", one, "--only", "goal")).out).toContain("6 removed");
  const others = before.filter(({ vocabulary }) => vocabulary !== "goal");
  expect((await listVocabularyTerms(db)).filter(({ key }) => key !== "a")).toEqual(others);
  expect((await run("vocabulary", "show", "goal", "a")).out).toContain("goal, x");
  expect((await run("vocabulary", "list")).out).toMatch(/effort-area\s+–\s+8\s/);
  expect((await run("vocabulary", "import", exported)).code).toBe(0);
  expect(await listVocabularyTerms(db)).toEqual(before);
});

const refuses = (name: string, words: () => string[], said: string) =>
  test(name, async () => {
    const before = await listVocabularyTerms(db);
    const { code, out, err } = await run("vocabulary", ...words());
    expect(err).toContain(said);
    expect(err).not.toMatch(/\n {4}at |This is a bug/);
    expect(out).toBe("");
    expect(code).toBe(1);
    expect(await listVocabularyTerms(db)).toEqual(before);
  });

refuses(
  "a file that cannot be used",
  () => ["import", fileOf("bad.csv", "vocabulary,edition,key,label,source,phrases\nx,,a,A,,\n")],
  'line 2, column vocabulary: "x" is not one of topic',
);
refuses(
  "a file without a term",
  () => ["import", fileOf("none.csv", "vocabulary,edition,key,label,source,phrases\n")],
  "holds no term, and bringing it in would remove them all",
);
refuses(
  "terms of another vocabulary than the one named",
  () => ["import", exported, "--only", "goal"],
  "--only goal leaves those alone",
);
refuses(
  "a term that is not there",
  () => ["show", "goal", "nowhere"],
  'goal has no term "nowhere"; `waymark vocabulary show goal` shows them all',
);
