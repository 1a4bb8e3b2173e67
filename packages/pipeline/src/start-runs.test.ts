import type { SourceId } from "@waymark/domain";
import { listDueSources, listRuns, openPool, type Pool } from "@waymark/store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import { importSources } from "./import-sources.ts";
import { startRuns } from "./start-runs.ts";

let db: Pool;
let drop: () => Promise<void>;
const source = (id: string) => ({
  id: id as SourceId,
  name: id,
  kind: "foundation" as const,
  seeds: [`http://${id}.example/`],
});

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url);
  drop = database.drop;
});
afterAll(async () => {
  await db.end();
  await drop();
});

test("five schedulers that see the same night open one run a source (rule R12)", async () => {
  const before = new Date("2026-03-01T00:00:00Z");
  const now = new Date("2026-03-01T08:00:00Z");
  await importSources(db, [source("a"), source("b")], before);
  const tick = async () => {
    const due = await listDueSources(db, now);
    await startRuns(
      { db, bell: undefined, now: () => now },
      { sourceIds: due.map((one) => one.id), trigger: "schedule", who: undefined },
    );
  };
  await Promise.all([tick(), tick(), tick(), tick(), tick()]);
  await tick();
  const runs = await listRuns(db);
  expect(runs.map((run) => run.sourceId).sort()).toEqual(["a", "b"]);
  expect(await listDueSources(db, now)).toEqual([]);
});

test("a source that is not known, or paused, is a clear error and nothing starts", async () => {
  const ctx = { db, bell: undefined, now: () => new Date("2026-03-05T00:00:00Z") };
  const request = { trigger: "operator" as const, who: "test" };
  const before = (await listRuns(db)).length;
  await expect(
    startRuns(ctx, { ...request, sourceIds: ["a", "lumnia"] as SourceId[] }),
  ).rejects.toThrow('there is no source "lumnia"');
  expect((await listRuns(db)).length).toBe(before);
});
