import { claimHost, listWaitingHosts, releaseHost } from "@waymark/store";
import type { Context } from "../context.ts";
import type { Payload } from "../jobs.ts";
import { walkHost } from "./walk-host.ts";

/**
 * Walks a host's wanted pages, one at a time at its pace, for one slice of time. The host is leased: no
 * other worker sends it a request meanwhile, and what a lost lease brings back is not written.
 */
export const visitHost = (ctx: Context, { hostId }: Payload<"visit-host">): Promise<void> =>
  walk(ctx, hostId, false);

/** The same for the pages of a host that show themselves only in a browser. */
export const renderHost = (ctx: Context, { hostId }: Payload<"render-host">): Promise<void> =>
  walk(ctx, hostId, true);

async function walk(
  ctx: Context,
  hostId: Payload<"visit-host">["hostId"],
  browser: boolean,
): Promise<void> {
  const host = await claimHost(ctx.db, hostId, ctx.leaseMs);
  if (!host) return;
  ctx.leases.add(host.token);
  try {
    await walkHost(ctx, host, browser);
  } finally {
    ctx.leases.delete(host.token);
    await releaseHost(ctx.db, host).catch(() => undefined);
  }
  const waiting = await listWaitingHosts(ctx.db, host);
  for (const { id, browser: needsOne } of waiting) {
    await ctx.bell.ring(needsOne ? "render-host" : "visit-host", { hostId: id });
  }
  if (waiting.length === 0) await ctx.bell.ring("advance-runs", {});
}
