import {
  claimPruning,
  countUncompared,
  cutOverdueRuns,
  finishStuckRuns,
  listDueSources,
  listHostsToVisit,
  listOpenRuns,
  listUnreadPages,
  openIncident,
  pruneMentions,
  pruneSnapshots,
  pruneVisits,
  saveSwept,
} from "@waymark/store";
import type { Context } from "../context.ts";
import { startRuns } from "../start-runs.ts";
import { patienceMs } from "./walk.ts";

const dayMs = 86_400_000;
const keepVisitsMs = 400 * dayMs;
const keepSnapshotsMs = 90 * dayMs;

/**
 * Rings again for whatever the rows say is due: sources whose night has come, runs without a plan, hosts
 * with wanted pages, snapshots not read, efforts not reviewed. Losing the whole queue costs one sweep.
 */
export async function sweep(ctx: Context): Promise<void> {
  const { db, bell } = ctx;
  const now = ctx.now();
  for (const runId of await cutOverdueRuns(db)) {
    ctx.log.warn({ runId }, "run is past its deadline, its unvisited pages are dropped");
  }
  for (const { id, sourceId } of await finishStuckRuns(db, now)) {
    ctx.log.error({ runId: id }, "run was stuck and is ended");
    await openIncident(db, {
      sourceId,
      runId: id,
      code: "stuck",
      message: "a run did not come to its end and was ended; the log of the worker tells more",
      now,
    });
  }
  const due = ctx.keepsSchedule ? await listDueSources(db, now) : [];
  if (due.length > 0) {
    await startRuns(ctx, {
      sourceIds: due.map((source) => source.id),
      trigger: "schedule",
      who: undefined,
    });
  }
  const unplanned = (await listOpenRuns(db)).filter((run) => !run.planned);
  await bell.ringAll(
    "crawl-source",
    unplanned.map((run) => ({ runId: run.id })),
  );
  for (const host of await listHostsToVisit(db)) {
    const name = host.browser ? "render-host" : "visit-host";
    const { waitMs, abandoned: instead } = host;
    // What is not waited for is given up at once: a ring an hour away would keep nearer ones from being heard.
    const delayMs = waitMs > patienceMs ? 0 : waitMs;
    await bell.ring(name, { hostId: host.id }, { delayMs, instead });
  }
  const unread = await listUnreadPages(db);
  await bell.ringAll(
    "read-page",
    unread.filter((page) => page.waitMs === 0).map((page) => ({ pageId: page.id })),
  );
  for (const page of unread.filter((one) => one.waitMs > 0)) {
    await bell.ring("read-page", { pageId: page.id }, { delayMs: page.waitMs });
  }
  await bell.ring("advance-runs", {});
  if ((await countUncompared(db)) > 0) await bell.ring("compare-entries", {});
  if (await claimPruning(db, now)) {
    const visits = await pruneVisits(db, new Date(now.getTime() - keepVisitsMs));
    const mentions = await pruneMentions(db, 5);
    const snapshots = await pruneSnapshots(db, new Date(now.getTime() - keepSnapshotsMs));
    ctx.log.info({ visits, mentions, snapshots }, "forgot what nothing needs any more");
  }
  await saveSwept(db);
}
