import type { Effort, PageId, RunId } from "@waymark/domain";
import { blockKeys, clusterRecords } from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import {
  claimFreshnessCheck,
  countOpenWork,
  type Db,
  ensureClusters,
  finishRuns,
  listConfirming,
  listDueClusters,
  listDueInitiatives,
  listEmptiedClusters,
  listOpenRuns,
  listUnmatchedMentions,
  lockRuns,
  markAllInitiativesDue,
  markClustersDue,
  markConfirmed,
  markInitiativesDue,
  moveRunsTo,
  type Run,
  saveMentionClusters,
  saveMentionMatches,
  transaction,
  wantPages,
} from "@waymark/store";
import type { Context } from "../context.ts";
import { currentKnowledge } from "../current-knowledge.ts";
import { openFoundSources, relevanceMin } from "./found-sources.ts";
import { matchMentions } from "./match-mentions.ts";
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
    const work = await countOpenWork(db);
    if (work.wanted + work.unread > 0) return {};
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
}

/** What to ring once the rows are written. */
type Rings = { plan?: RunId[]; efforts?: Effort[]; visits?: boolean };

async function advance(ctx: Context, db: Db, runs: Run[]): Promise<Rings> {
  const ids = runs.map((run) => run.id);
  if (runs.some((run) => run.state === "visiting")) {
    const found = await openFoundSources(db, ctx.now());
    if (found.length > 0) return { plan: found };
    await gatherEfforts(db, ctx.now());
    await moveRunsTo(db, ids, "reviewing");
    ctx.log.info({ runs: ids.length }, "all pages read, reviewing");
  } else if (runs.some((run) => run.state === "confirming")) {
    const shown = await listConfirming(db);
    await markConfirmed(
      db,
      shown.map((change) => change.id),
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

/**
 * Holds the mentions that are about no entry against the catalog again (it may have gained entries), and
 * gathers the rest into clusters: unseen efforts, each with all its mentions.
 */
async function gatherEfforts(db: Db, now: Date): Promise<void> {
  const knowledge = await currentKnowledge(db);
  const unmatched = await listUnmatchedMentions(db, relevanceMin);
  const matched: Awaited<ReturnType<typeof matchMentions>> = [];
  for (let from = 0; from < unmatched.length; from += 50) {
    const slice = unmatched.slice(from, from + 50).map((one) => one.mention);
    matched.push(...(await matchMentions(db, slice, knowledge)));
  }
  const settled = unmatched.flatMap(({ id }, index) => {
    const { match, initiativeId } = matched[index]!;
    return initiativeId ? [{ id, match, initiativeId }] : [];
  });
  await saveMentionMatches(db, settled, knowledge.version);
  await markInitiativesDue(db, [...new Set(settled.map((one) => one.initiativeId))]);

  const members = unmatched
    .filter((_, index) => matched[index]!.initiativeId === undefined)
    .map(({ id, mention, clusterId }) => ({ id, record: toRecord(mention, knowledge), clusterId }))
    .filter(({ record }) => blockKeys(record, knowledge).length > 0);
  const clusters = clusterRecords(members, knowledge);
  await ensureClusters(db, [...new Set(clusters.values())].sort());
  const placed = [...clusters].map(([id, clusterId]) => ({ id, clusterId }));
  const gained = await saveMentionClusters(db, placed);
  await markClustersDue(db, [...gained, ...(await listEmptiedClusters(db))]);
  if (await claimFreshnessCheck(db, now)) await markAllInitiativesDue(db);
}
