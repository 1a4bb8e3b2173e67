import type { InitiativeId } from "@waymark/domain";
import { importCatalog } from "@waymark/pipeline";
import { addJudgement, openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { waymark } from "./setup/command.ts";
import { createTestDatabase, type TestDatabase } from "./setup/database.ts";

// Every command is a process of its own; on a busy machine a test of some of them takes its time.
vi.setConfig({ testTimeout: 120_000 });

const now = new Date("2026-03-01T02:00:00Z");
let database: TestDatabase;
let db: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPool(database.url);
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const run = (...words: string[]) => waymark(["match", ...words], { DATABASE_URL: database.url });

const words = ["Kiln", "Elm", "Tide", "Pier", "Moss", "Flint", "Cove", "Rye", "Loom", "Fern"];

/** Pairs of which every other one is one effort under two leads, as no weight would have it. */
async function judgePairs(count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_none, index) => {
    const name = `${words[index % 10]} ${words[(index * 3 + Math.floor(index / 10) + 1) % 10]} Pathways`;
    const isSame = index % 2 === 0;
    return [
      { id: `A${index}`, name, leadOrganization: "Dock Council" },
      {
        id: `B${index}`,
        name: isSame ? name : `${words[index % 10]} Fund ${index}`,
        leadOrganization: `Quay Guild ${index}`,
      },
    ];
  });
  await importCatalog(db, rows.flat(), now);
  for (let index = 0; index < count; index++) {
    await addJudgement(db, {
      a: { initiativeId: `A${index}` as InitiativeId },
      b: { initiativeId: `B${index}` as InitiativeId },
      verdict: index % 2 === 0 ? "same" : "different",
      who: "rosa",
      why: undefined,
      now,
    });
  }
}

test("with nothing judged, the report says who scores, and training what it needs", async () => {
  const report = await run("report");
  expect(report.code).toBe(0);
  expect(report.out).toMatch(/^Scored by: expert-[0-9a-f]{8}$/m);
  expect(report.out).toContain("no model is active");
  const { code, err } = await run("train");
  expect(code).toBe(1);
  expect(err).toBe(
    "waymark: no pair was judged yet; training needs 25: judge pairs with `waymark match judge`, or decide on duplicates\n",
  );
});

test("what cannot be is refused in a sentence, and nothing is written", async () => {
  const refused: [string[], string][] = [
    [["train", "--activate", "model-none"], 'there is no model "model-none"; none was trained yet'],
    [["train", "--activate", "expert"], "no model is active"],
    [["train", "--activate", "--dry-run"], "leave one out"],
    [["train", "--min", "none"], "write a whole number, 1 or more"],
    [["settings", "--asking", "0"], "write a number above 0"],
    [["settings", "--activate-by", "moon"], "Allowed choices are person, policy"],
  ];
  for (const [words, why] of refused) {
    const { code, err } = await run(...words);
    expect(err).toContain(why);
    expect(code).toBe(1);
  }
  const { out } = await run("settings", "--json");
  expect(JSON.parse(out)).toEqual({
    costs: { falseSame: 10, missedSame: 2, asking: 1 },
    thresholds: { sameAtLeast: 0.9, unsureAtLeast: 0.5, sameLogOdds: expect.closeTo(2.197, 3) },
  });
});

test("from judgements to the model that scores, and back to the weights", async () => {
  await judgePairs(60);
  const dry = await run("train", "--dry-run");
  expect(dry.out).toMatch(/model-\w+ was trained on \d+ judgements, \d+ more kept for measuring/);
  expect(dry.err).toContain("Nothing was kept.");
  expect((await run("report")).out).not.toContain("Models");

  const trained = JSON.parse((await run("train", "--json")).out);
  const { version } = trained.model;
  expect(trained).toMatchObject({ kept: true, activated: false });
  const waiting = await run("report");
  expect(waiting.out).toContain(`${version} waits: waymark match train --activate ${version}`);
  expect(waiting.out).toMatch(
    /that was judged same .*\n( {2}\d\.\d\d {2}[█·│]{30} {2}\d+ of \d+\n)+/,
  );

  expect((await run("train", "--activate", version, "--as", "rosa")).out).toContain(
    "scores from now on",
  );
  const active = await run("report");
  expect(active.out).toContain(`Scored by: ${version}`);
  expect(active.out).toContain("by rosa");
  expect(JSON.parse((await run("report", "--json")).out)).toMatchObject({ scoring: version });
  expect((await run("train", "--activate", version)).err).toContain("is active already");
  expect((await run("train", "--activate", "expert")).out).toContain("The weights score alone");
  expect((await run("report")).out).toMatch(/^Scored by: expert-/m);
});

test("costs that are set move the thresholds", async () => {
  const { out } = await run(
    "settings",
    "--false-same",
    "20",
    "--activate-by",
    "policy",
    "--as",
    "rosa",
  );
  expect(out).toContain("same from     0.950");
  expect(out).toContain("policy, switched on by rosa");
});
