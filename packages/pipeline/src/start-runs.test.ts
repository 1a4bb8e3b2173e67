import type { PageId, SourceId } from "@waymark/domain";
import { findPage, findRun, listDueSources, listRuns, openPool, type Pool } from "@waymark/store";
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

test("who asks by hand while the night's own run is visiting gets every page, not only what is due", async () => {
  const now = new Date("2026-03-09T08:00:00Z");
  const ctx = { db, bell: undefined, now: () => now };
  await importSources(db, [source("c")], new Date("2026-03-08T00:00:00Z"));
  const sourceIds = ["c" as SourceId];
  const [night] = (await startRuns(ctx, { sourceIds, trigger: "schedule", who: undefined }))
    .started;
  await db.query("insert into host (id) values ('c.example')");
  await db.query(
    "insert into page (id, source_id, host_id, url, next_fetch_at, first_seen_at) values ('pg-c', 'c', 'c.example', 'http://c.example/', '2026-04-01', now())",
  );
  const asked = await startRuns(ctx, { sourceIds, trigger: "operator", who: "ada" });
  expect(asked).toEqual({ started: [], alreadyOpen: ["c"] });
  expect((await findRun(db, night!))?.trigger).toBe("operator");
  expect((await findPage(db, "pg-c" as PageId))?.wantedBy).toBe(night);
});
