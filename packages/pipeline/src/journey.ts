/*
 * The journey of a page, and the table of contents of the product. Each line calls the room that owns
 * the step; what leads up to it (plan, visit) and away from it (decide) is in the files named beside:
 *
 *   steps/crawl-source ─► steps/visit-host ─► readPage ─► steps/advance-runs ─► reviewInitiative ─► decide-change
 */
import { proposeChanges } from "@waymark/review";
import { transaction } from "@waymark/store";
import type { Context } from "./context.ts";
import type { Payload } from "./jobs.ts";
import { loadForReading } from "./steps/load-for-reading.ts";
import { lockEffort } from "./steps/lock-effort.ts";
import { matchPage } from "./steps/match-mentions.ts";
import { saveHistory } from "./steps/save-history.ts";
import { saveReading } from "./steps/save-reading.ts";
import { saveReview } from "./steps/save-review.ts";

/** What one page says: its mentions, each held against the catalog (transaction 2 of the journey). */
export async function readPage(ctx: Context, { pageId }: Payload<"read-page">): Promise<void> {
  const toRead = await loadForReading(ctx.db, pageId);
  if (!toRead) return;
  const { knowledge, recipe } = toRead;
  const reading = await ctx.reader.read(toRead.document, knowledge, recipe); // extract and normalize, in a child process
  const accepted = toRead.accepted && (await ctx.reader.read(toRead.accepted, knowledge, recipe));
  const matched = await matchPage(ctx.db, reading.mentions, knowledge);
  await saveReading(ctx, { page: toRead.page, knowledge, recipe, reading, accepted, matched });
}

/** What all pages together say of one effort, held against the catalog (transaction 3). */
export async function reviewInitiative(
  ctx: Context,
  { effort }: Payload<"review-initiative">,
): Promise<void> {
  await transaction(ctx.db, async (db) => {
    const locked = await lockEffort(db, effort); // the entry, all current mentions, judgements, past decisions
    if (!locked) return;
    const review = proposeChanges(locked.known, locked.knowledge, ctx.now());
    await saveReview(db, locked.known, review, ctx.now());
    if ("initiativeId" in effort) {
      await saveHistory(db, effort.initiativeId, locked.known.mentions, locked.knowledge);
    }
  });
  await ctx.bell.ring("advance-runs", {});
}
