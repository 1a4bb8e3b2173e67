import { inScope, templateOf } from "@waymark/crawl";
import { canonicalAddress } from "@waymark/normalize";
import {
  addPages,
  ensureHosts,
  findRun,
  findSource,
  retestRendered,
  saveRunPlanned,
  transaction,
  wantAllPages,
  wantDuePages,
} from "@waymark/store";
import type { Context } from "../context.ts";
import type { Payload } from "../jobs.ts";
import { hostIdOf, pageIdOf } from "../row-ids.ts";
import { listNamedAddresses } from "./found-sources.ts";

/**
 * Plans a run: puts the seeds, the addresses that the catalog names inside this source, and the pages
 * that are due into the frontier. A run that somebody asked for wants every page, due or not.
 */
export async function crawlSource(ctx: Context, { runId }: Payload<"crawl-source">): Promise<void> {
  const run = await findRun(ctx.db, runId);
  if (!run || run.planned || run.state !== "visiting") return;
  const source = await findSource(ctx.db, run.sourceId);
  if (!source) return;
  const named = (await listNamedAddresses(ctx.db)).filter((url) => inScope(source.scope, url));
  const seeds = source.seeds.flatMap((seed) => canonicalAddress(seed) ?? []);
  const hostIds = await transaction(ctx.db, async (db) => {
    const pages = [
      ...seeds.map((url) => ({ url, because: "seed" as const })),
      ...named.map((url) => ({ url, because: "named" as const })),
    ].map(({ url, because }) => ({
      id: pageIdOf(url),
      hostId: hostIdOf(url),
      url,
      purpose: "page" as const,
      depth: 0,
      hops: 0,
      template: templateOf(url),
      because,
    }));
    await ensureHosts(
      db,
      pages.map((page) => page.hostId),
      source.politenessGroup,
    );
    await addPages(db, { sourceId: source.id, runId, now: ctx.now(), pages });
    await retestRendered(db, source.id, ctx.now());
    if (run.trigger === "schedule") await wantDuePages(db, source.id, runId, ctx.now());
    else await wantAllPages(db, source.id, runId, ctx.now());
    await saveRunPlanned(db, runId);
    return [...new Set(pages.map((page) => page.hostId))];
  });
  ctx.log.info({ sourceId: source.id, runId }, "run planned");
  await ctx.bell.ringAll(
    "visit-host",
    hostIds.map((hostId) => ({ hostId })),
  );
  await ctx.bell.ring("sweep", {});
}
