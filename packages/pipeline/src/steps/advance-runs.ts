import type { Effort, PageId, RunId } from "@waymark/domain";
import {
  type Db,
  finishRuns,
  hasOpenWork,
  listConfirming,
  listDueClusters,
  listDueInitiatives,
  listOpenRuns,
  lockRuns,
  markClustersDue,
  markConfirmed,
  markInitiativesDue,
  moveRunsTo,
  type Run,
  transaction,
  wantPages,
} from "@waymark/store";
import type { Context } from "../context.ts";
import { openFoundSources } from "./found-sources.ts";
import { gatherEfforts } from "./gather-efforts.ts";
import { type DriftedRun, judgeRuns, tellRelocations } from "./judge-runs.ts";
import { closeRunAccounts } from "./run-accounts.ts";

/**
 * Moves the open runs on, together, whenever nothing is left to visit or read:
 *
 *   visiting ─► found sites join, or: match and cluster what is new ─► reviewing ─► confirming ─► reviewing ─► finished
 *
 * Runs that are open at the same time form one wave, so that an effort which several sources tell of is
 * reviewed once, with all its mentions, and the order of pages does not matter. All of it follows from
 * rows: rung too often, or again after a crash, it does nothing twice.
 */
export async function advanceRuns(ctx: Context): Promise<void> {
  const rings = await transaction(ctx.db, async (db): Promise<Rings> => {
    await lockRuns(db);
    const runs = await listOpenRuns(db);
    if (runs.length === 0) return { efforts: await listDueEfforts(db) };
    const unplanned = runs.filter((run) => !run.planned);
    if (unplanned.length > 0) return { plan: unplanned.map((run) => run.id) };
    if (await hasOpenWork(db)) return {};
    return advance(ctx, db, runs);
  });
  await ctx.bell.ringAll(
    "crawl-source",
    (rings.plan ?? []).map((runId) => ({ runId })),
  );
  await ctx.bell.ringAll(
    "review-initiative",
    (rings.efforts ?? []).map((effort) => ({ effort })),
  );
  if (rings.visits) await ctx.bell.ring("sweep", {});
  await tellRelocations(ctx, rings.drifted ?? []);
}

/** What to ring once the rows are written. */
type Rings = {
  plan?: RunId[];
  efforts?: Effort[];
  visits?: boolean;
  drifted?: DriftedRun[];
};

async function advance(ctx: Context, db: Db, runs: Run[]): Promise<Rings> {
  const drifted = await judgeRuns(
    db,
    runs.map((run) => run.id),
    ctx.now(),
  );
  for (const { runId, drifts } of drifted)
    ctx.log.warn({ runId, drifts: drifts.length }, "source has drifted, its run is held back");
  return { ...(await moveOn(ctx, db, runs)), drifted };
}

async function moveOn(ctx: Context, db: Db, runs: Run[]): Promise<Rings> {
  const ids = runs.map((run) => run.id);
  if (runs.some((run) => run.state === "visiting")) {
    const found = await openFoundSources(db, ctx.now());
    if (found.length > 0) return { plan: found };
    await gatherEfforts(db, ctx.now());
    await moveRunsTo(db, ids, "reviewing");
    ctx.log.info({ runs: ids.length }, "all pages read, reviewing");
  } else if (runs.some((run) => run.state === "confirming")) {
    const confirming = await listConfirming(db);
    const shown = await markConfirmed(
      db,
      confirming.map((change) => change.id),
    );
    await gatherEfforts(db, ctx.now());
    await markInitiativesDue(
      db,
      shown.flatMap((change) => (change.initiativeId ?? []) as never[]),
    );
    await markClustersDue(
      db,
      shown.flatMap((change) => (change.clusterId ?? []) as never[]),
    );
    await moveRunsTo(db, ids, "reviewing");
  }
  const efforts = await listDueEfforts(db);
  if (efforts.length > 0) return { efforts };
  if (!runs.some((run) => run.confirmed)) {
    const pages = [...new Set((await listConfirming(db)).flatMap((change) => change.pages))];
    if (pages.length > 0 && (await wantPages(db, pages as PageId[], ids, "confirm")) > 0) {
      await moveRunsTo(db, ids, "confirming");
      ctx.log.info({ pages: pages.length }, "confirming what would change much");
      return { visits: true };
    }
  }
  await finishRuns(db, ids, ctx.now());
  await closeRunAccounts(db, ids, ctx.now());
  ctx.log.info({ runs: ids.length }, "runs finished");
  return {};
}

async function listDueEfforts(db: Db): Promise<Effort[]> {
  const initiatives = await listDueInitiatives(db);
  const clusters = await listDueClusters(db);
  return [
    ...initiatives.map((initiativeId) => ({ initiativeId })),
    ...clusters.map((clusterId) => ({ clusterId })),
  ];
}
