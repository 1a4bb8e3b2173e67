import type { Context } from "../context.ts";
import { findPairs } from "../find-pairs.ts";

/** Compares the entries that were touched with the others, so that pairs that may be one effort come up. */
export async function compareEntries(ctx: Context): Promise<void> {
  const { now, stopping } = ctx;
  const { entries, toReview } = await findPairs(ctx.db, { now: now(), stopping });
  if (entries === 0) return;
  ctx.log.info({ entries, same: toReview.length }, "entries compared");
  if (toReview.length > 0) await ctx.bell.ring("advance-runs", {});
}
