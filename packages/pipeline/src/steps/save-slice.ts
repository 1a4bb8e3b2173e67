import type { HostId, PageId, RunId } from "@waymark/domain";
import {
  addCutOffs,
  addVisits,
  countTowardsRuns,
  type Db,
  dropRunPages,
  isTransient,
  leavePagesToBrowser,
  markSamePages,
  openIncident,
  partSamePages,
  renewLease,
  saveSnapshot,
  saveTrust,
  saveVisitedPages,
  transaction,
} from "@waymark/store";
import { followLinks } from "./follow-links.ts";
import { trustOf, visitedPageOf, visitOf } from "./visit-rows.ts";
import type { Slice, Visited, Walk } from "./walk.ts";

const triesMax = 3;

/**
 * Commits visits that belong to one walk: snapshots, pages, visits, budgets and the links they led to,
 * together, under the host's lease (transaction 1 of the journey). False when the lease was lost: then
 * nothing is written. Rings for what is to be done next.
 */
export async function saveSlice(walk: Walk, slice: Slice): Promise<boolean> {
  const { ctx, host } = walk;
  const saved = await patiently(() =>
    transaction(ctx.db, async (db) =>
      (await renewLease(db, host, ctx.leaseMs)) ? writeSlice(walk, slice, db) : undefined,
    ),
  );
  if (!saved) return false;
  for (const [runId, met] of saved.met) remember(walk, runId, met);
  saved.hosts.delete(host.id);
  await ctx.bell.ringAll(
    "visit-host",
    [...saved.hosts].map((hostId) => ({ hostId })),
  );
  await ctx.bell.ringAll(
    "read-page",
    saved.unread.map((pageId) => ({ pageId })),
  );
  if (slice.toBrowser.length > 0) await ctx.bell.ring("render-host", { hostId: host.id });
  for (const { page, seen } of slice.visited) {
    ctx.log.debug(
      { url: page.url, outcome: seen.observed.outcome, changed: seen.changed },
      "page visited",
    );
  }
  return true;
}

/** Two slices may wait for rows of each other: one of them is written a second time. */
async function patiently<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write();
    } catch (error) {
      if (tries >= triesMax || !isTransient(error)) throw error;
    }
  }
}

type Saved = { hosts: Set<HostId>; unread: PageId[]; met: Map<RunId, Set<string>> };

/** Only what is written counts as known: a slice that is rolled back leads to its links again. */
function remember(walk: Walk, runId: RunId, met: Set<string>): void {
  const known = walk.known.get(runId);
  if (known) for (const url of met) known.add(url);
  else walk.known.set(runId, met);
}

async function writeSlice(walk: Walk, slice: Slice, db: Db): Promise<Saved> {
  const { ctx, host } = walk;
  const now = ctx.now();
  const { visited } = slice;
  // In one order everywhere, so that slices with the same bytes do not lock each other out.
  const packed = visited
    .flatMap(({ seen }) => seen.snapshot ?? [])
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const snapshot of packed) await saveSnapshot(db, snapshot, now);
  await saveVisitedPages(
    db,
    visited.map((one) => visitedPageOf(one, now)),
  );
  await addVisits(
    db,
    visited.map((one) => visitOf(one, now)),
  );
  if (slice.toBrowser.length > 0) {
    await leavePagesToBrowser(
      db,
      slice.toBrowser.map((page) => page.id),
    );
  }
  const trust = trustOf(visited);
  if (trust) await saveTrust(db, host.id, trust);
  const withBytes = visited.filter(({ seen }) => seen.snapshot).map(({ page }) => page.id);
  const same = withBytes.length > 0 ? await markSamePages(db, withBytes) : [];
  const changed = visited.filter(
    ({ seen }) => seen.snapshot || seen.observed.outcome !== "unchanged",
  );
  const parted = await partSamePages(
    db,
    changed.filter(({ page }) => page.visitedAt).map(({ page }) => page.id),
  );
  const hosts = new Set<HostId>();
  const met = new Map<RunId, Set<string>>();
  for (const [runId, ofRun] of Map.groupBy(visited, ({ run }) => run.id)) {
    const led = await followLinks(walk, ofRun, db);
    for (const id of led.hosts) hosts.add(id);
    met.set(runId, led.met);
    const doubles = same.filter(({ id }) => ofRun.some(({ page }) => page.id === id));
    if (doubles[0]) {
      const { url, first } = doubles[0];
      led.cutOffs.push({
        reason: "same bytes as another page: not read twice",
        times: doubles.length,
        example: `${url} is ${first}`,
      });
    }
    await addCutOffs(db, runId, led.cutOffs);
  }
  await keepBudgets(walk, visited, db);
  const read = new Set(same.map(({ id }) => id));
  return { hosts, met, unread: [...withBytes.filter((id) => !read.has(id)), ...parted] };
}

/** Ends the visiting of runs that have used up their source's budget, and tells the operator. */
async function keepBudgets(walk: Walk, visited: Visited[], db: Db): Promise<void> {
  const byRun = Map.groupBy(visited, ({ run }) => run.id);
  const totals = await countTowardsRuns(
    db,
    [...byRun].map(([id, ofRun]) => ({ id, n: ofRun.length })),
  );
  for (const [runId, total] of totals) {
    const { source, run } = byRun.get(runId)![0]!;
    // What is visited once more to confirm a change is few, and the change must not pass without it.
    if (total < source.pagesMax || run.state === "confirming") continue;
    const cut = await dropRunPages(db, runId);
    if (cut[0] === undefined) continue;
    await addCutOffs(db, runId, [
      { reason: `budget: ${source.pagesMax} pages`, times: cut.length, example: cut[0] },
    ]);
    await openIncident(db, {
      sourceId: source.id,
      runId,
      code: "budget",
      message: `the run visited ${source.pagesMax} pages, its budget, and left ${cut.length} unvisited; raise pagesMax or narrow the scope`,
      now: walk.ctx.now(),
    });
  }
}
