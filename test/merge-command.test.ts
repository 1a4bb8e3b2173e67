import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

// Every command is a process of its own; on a busy machine a test of some of them takes its time.
vi.setConfig({ testTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), "waymark-merge-"));
let database: TestDatabase;
const run = (...words: string[]) => waymark(words, { DATABASE_URL: database.url });

beforeAll(async () => {
  database = await createTestDatabase();
  const file = join(folder, "catalog.csv");
  writeFileSync(
    file,
    `id,name,aliases,acronym,url,kind,description,lead_organization,funders,partners,states,start,end,status,topics
RC-1,River Skills Compact,,,,,,Alder College,Oak Fund,,OH,,,,
RC-2,River Compact for Skills,RCS,,,,,Alder College,Elm Trust,,OH,,,,
RC-3,Harbor Credential Exchange,,,,,,,,,,,,,
`,
  );
  expect((await run("catalog", "import", file)).code).toBe(0);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

test("what people say is kept, listed, and refused by name where it contradicts", async () => {
  const same = await run(
    "match",
    "judge",
    "RC-1",
    "River Compact for Skills",
    "same",
    "--as",
    "rosa",
  );
  expect(same.out).toMatch(/same \(judgement 1\)\nThe merge waits .*: waymark changes accept ch-/);
  await run("match", "judge", "RC-2", "RC-3", "different", "--as", "tom", "--why", "two towns");
  const refused = await run("match", "judge", "RC-1", "RC-3", "same");
  expect(refused.code).toBe(1);
  expect(refused.err).toMatch(/contradicts what stands: rosa said .*; tom said .*\(judgement 2\)/);
  const list = await run("match", "judgements", "RC-3");
  expect(list.out).toContain("two towns");
  expect(list.out).toContain("2 judgements");
  const lines = (await run("match", "judgements", "--json")).out.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).verdict)).toEqual(["different", "same"]);
});

test("merged, foreseen and un-merged by hand, with every refusal in a sentence", async () => {
  expect((await run("catalog", "merge", "RC-1", "RC-3")).err).toMatch(
    /cannot be merged: .*tom said/,
  );
  const merged = await run("catalog", "merge", "RC-2", "RC-1", "--why", "renamed");
  expect(merged.out).toContain("`waymark catalog unmerge RC-2` takes it back");
  const lines = (await run("catalog", "export", "--format", "jsonl")).out.trim().split("\n");
  expect(lines.map((line) => JSON.parse(line)).map(({ id, former_ids: ids }) => [id, ids])).toEqual(
    [
      ["RC-1", ["RC-2"]],
      ["RC-3", undefined],
    ],
  );
  // A file from before the merge writes nothing under the id that went, and says so.
  const exported = await run("catalog", "export");
  const before = join(folder, "before.csv");
  const [columns] = exported.out.split("\n", 1);
  writeFileSync(before, `${columns}\nRC-2,River Compact${",".repeat(13)}\n`);
  const old = await run("catalog", "import", before);
  expect(old.out).toContain("1 row: 0 added, 0 changed, 0 as they were");
  expect(old.out).toContain("left out: RC-2 was merged into RC-1; write the row under that id");
  expect((await run("catalog", "export")).out).toBe(exported.out);
  const foreseen = await run("catalog", "unmerge", "RC-2", "--dry-run");
  expect(foreseen.out).toContain("RC-1 loses what came with it: aliases, funders.");
  expect((await run("catalog", "unmerge", "RC-2")).code).toBe(0);
  expect((await run("catalog", "export")).out).toContain("RC-2,River Compact for Skills,RCS");
  for (const [words, said] of [
    [["catalog", "unmerge", "RC-2"], "was not merged into another entry"],
    [["catalog", "split", "RC-1", "--mentions", "mn-none", "--name", "X"], "add --new"],
    [["catalog", "split", "RC-1", "--mentions", ""], 'has no mention ""'],
  ] as const) {
    const answer = await run(...words);
    expect([answer.code, answer.err]).toEqual([1, expect.stringContaining(said)]);
  }
});
