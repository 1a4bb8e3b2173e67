import {
  addVisits,
  countTowardsRuns,
  dropWantedPages,
  renewLease,
  transaction,
} from "@waymark/store";
import type { Unasked } from "./seen.ts";
import { flush, type Walk } from "./walk.ts";

/**
 * Gives up all that runs still want of a host that lets nobody in tonight: each page keeps a visit that
 * says why, and the rows of the pages stay as they are, since this says nothing of them.
 */
export async function closeHost(walk: Walk, why: Unasked): Promise<void> {
  if (!(await flush(walk))) return;
  const { ctx, host } = walk;
  const at = ctx.now();
  await transaction(ctx.db, async (db) => {
    if (!(await renewLease(db, host, ctx.leaseMs))) return;
    const dropped = await dropWantedPages(db, host.id, ctx.archive);
    await addVisits(
      db,
      dropped.map(({ id, runId }) => ({
        pageId: id,
        runId,
        at,
        outcome: why.outcome,
        status: why.status,
        error: why.error,
        location: undefined,
        bodyBytes: undefined,
        wireBytes: undefined,
        tookMs: 0,
        snapshotId: undefined,
        changed: false,
        rendered: false,
        headers: undefined,
      })),
    );
    const byRun = Map.groupBy(dropped, ({ runId }) => runId);
    await countTowardsRuns(
      db,
      [...byRun].map(([id, pages]) => ({ id, n: pages.length })),
    );
  });
}
