import type { ChangeId, HostId, PageId, RunId, SourceId } from "@waymark/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import {
  addPages,
  addVisits,
  ensureHosts,
  listConfirming,
  markConfirmed,
  openPool,
  openRun,
  type Pool,
  saveSource,
} from "./index.ts";

let db: Pool;
let drop: () => Promise<void>;
const sourceId = "s" as SourceId;
const runId = "s@1" as RunId;
const now = new Date("2026-03-01T02:00:00Z");

beforeAll(async () => {
  const database = await createTestDatabase();
  db = openPool(database.url);
  drop = database.drop;
  await saveSource(db, {
    ...{ id: sourceId, name: "S", kind: "state", seeds: ["http://s.example/"] },
    ...{ scope: ["http://s.example/"], origin: "operator", nextRunAt: undefined, now },
  });
  await ensureHosts(db, ["s.example" as HostId]);
  const run = { id: runId, sourceId, trigger: "operator" as const, who: "t", slot: "1" };
  await openRun(db, { ...run, delayMs: undefined, startedAt: now });
  await db.query("insert into cluster (id) values ('c')");
});
afterAll(async () => {
  await db.end();
  await drop();
});

test("a change is confirmed by pages that answered a second time, and waits where one could not be had", async () => {
  const answers = { shown: "unchanged", gone: "gone", reset: "broken", closed: "refused" } as const;
  const pages = Object.keys(answers) as (keyof typeof answers)[];
  await addPages(db, {
    ...{ sourceId, runId, now },
    pages: pages.map((name) => ({
      ...{ id: name as PageId, hostId: "s.example" as HostId, url: `http://s.example/${name}` },
      ...{ purpose: "page", depth: 0, hops: 0, template: "/*", because: "seed" },
    })),
  });
  for (const outcome of ["fetched", undefined]) {
    await addVisits(
      db,
      pages.map((name) => ({
        ...{ pageId: name as PageId, runId, at: now, outcome: outcome ?? answers[name] },
        ...{ status: answers[name] === "gone" ? 404 : undefined, error: undefined },
        ...{ location: undefined, bodyBytes: undefined, wireBytes: 0, tookMs: 1 },
        ...{ snapshotId: undefined, changed: false, rendered: false, headers: undefined },
      })),
    );
  }
  const asked = { a: ["shown", "gone"], b: ["shown", "reset"], c: ["closed"] };
  for (const [id, confirmBy] of Object.entries(asked)) {
    await db.query(
      "insert into change (id, kind, cluster_id, fingerprint, state, proposal, priority, proposed_at) values ($1, 'new', 'c', $1, 'confirming', $2, 1, $3)",
      [id, JSON.stringify({ evidence: [{}], confirmBy }), now],
    );
  }
  const waiting = (await listConfirming(db)).map((change) => change.id);
  expect(await markConfirmed(db, waiting)).toEqual([{ initiativeId: undefined, clusterId: "c" }]);
  const { rows } = await db.query("select id, confirmed from change order by id");
  expect(rows).toEqual([
    { id: "a" as ChangeId, confirmed: true },
    { id: "b", confirmed: false },
    { id: "c", confirmed: false },
  ]);
});
