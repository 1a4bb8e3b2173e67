import type { HostId, PageId, RunId, SnapshotId, SourceId } from "@waymark/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import {
  addPages,
  addVisits,
  ensureHosts,
  findSnapshot,
  openPool,
  openRun,
  type Pool,
  packPage,
  pruneSnapshots,
  pruneVisits,
  saveSnapshot,
  saveSource,
} from "./index.ts";

let db: Pool;
let drop: () => Promise<void>;
const old = new Date("2025-01-01T00:00:00Z");
const recent = new Date("2026-02-25T00:00:00Z");
const limit = new Date("2025-12-01T00:00:00Z");
const sourceId = "s" as SourceId;
const runId = "s@1" as RunId;
const pageId = "pg-1" as PageId;

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url);
  drop = database.drop;
  await saveSource(db, {
    id: sourceId,
    name: "S",
    kind: "state",
    seeds: ["http://s.example/"],
    scope: ["http://s.example/"],
    origin: "operator",
    nextRunAt: undefined,
    now: old,
  });
  await ensureHosts(db, ["s.example" as HostId]);
  const run = { id: runId, sourceId, trigger: "operator" as const, who: "t", slot: "1" };
  await openRun(db, { ...run, delayMs: undefined, startedAt: old });
  await addPages(db, {
    sourceId,
    runId,
    now: old,
    pages: [
      {
        id: pageId,
        hostId: "s.example" as HostId,
        url: "http://s.example/",
        purpose: "page",
        depth: 0,
        hops: 0,
        template: "/",
        because: "seed",
      },
    ],
  });
});
afterAll(async () => {
  await db.end();
  await drop();
});

const snapshot = async (letter: string, now: Date): Promise<SnapshotId> => {
  const id = letter.repeat(64) as SnapshotId;
  const bytes = new TextEncoder().encode(letter.repeat(500));
  const packed = { id, contentType: "text/html", skim: undefined, ...(await packPage({ bytes })) };
  await saveSnapshot(db, packed, now);
  return id;
};

test("old snapshots go, but for the newest of a page, the last accepted and those that evidence cites", async () => {
  const [forgotten, newest, accepted, cited, young] = [
    await snapshot("0", old),
    await snapshot("1", old),
    await snapshot("2", old),
    await snapshot("3", old),
    await snapshot("4", recent),
  ];
  await db.query("update page set snapshot_id = $1, accepted_snapshot_id = $2", [newest, accepted]);
  await db.query(
    `with entry as (insert into initiative (id, created_at) values ('E', $2) returning id)
     insert into initiative_value (initiative_id, field, value, origin, evidence, set_at)
     select id, 'name', '"E"', 'decision', jsonb_build_array(jsonb_build_object('snapshotId', $1::text)), $2 from entry`,
    [cited, old],
  );
  expect(await pruneSnapshots(db, limit)).toBe(1);
  expect(await findSnapshot(db, forgotten)).toBeUndefined();
  for (const kept of [newest, accepted, cited, young]) {
    expect((await findSnapshot(db, kept))?.bytes.length).toBe(500);
  }
});

test("old visits go, but for the newest of a page", async () => {
  const visit = {
    pageId,
    runId,
    outcome: "fetched",
    status: 200,
    error: undefined,
    location: undefined,
    bodyBytes: 1,
    wireBytes: 1,
    tookMs: 1,
    snapshotId: undefined,
    changed: false,
    rendered: false,
    headers: undefined,
  };
  await addVisits(db, [
    { ...visit, at: old },
    { ...visit, at: old },
  ]);
  expect(await pruneVisits(db, limit)).toBe(1);
  await addVisits(db, [{ ...visit, at: recent }]);
  expect(await pruneVisits(db, limit)).toBe(1);
  const { rows } = await db.query("select at from visit");
  expect(rows).toEqual([{ at: recent }]);
});
