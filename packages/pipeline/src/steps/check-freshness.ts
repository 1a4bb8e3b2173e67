import { claimFreshnessCheck, markAllInitiativesDue } from "@waymark/store";
import type { Context } from "../context.ts";

/** Once a day, marks every entry for review: time alone can make one stale. */
export async function checkFreshness(ctx: Context): Promise<void> {
  if (!(await claimFreshnessCheck(ctx.db, ctx.now()))) return;
  await markAllInitiativesDue(ctx.db);
  await ctx.bell.ring("advance-runs", {});
}
