import type { Context } from "../context.ts";
import { refreshKnowledge } from "../refresh-knowledge.ts";

/** Gathers from the catalog, each night, what readers and matchers are given; then it is time to learn, and to compare. */
export async function buildKnowledge(ctx: Context): Promise<void> {
  const { version, documentCount } = await refreshKnowledge(ctx.db, ctx.now());
  ctx.log.info({ version, entries: documentCount }, "knowledge built");
  await ctx.bell.ring("train-model", {});
  await ctx.bell.ring("compare-entries", {});
}
