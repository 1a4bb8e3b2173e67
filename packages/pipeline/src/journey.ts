/*
 * The journey of a page, and the table of contents of the product. Each line calls the room that owns
 * the step; what leads up to it (plan, visit) and away from it (decide) is in the files named beside:
 *
 *   steps/crawl-source ─► steps/visit-host ─► readPage ─► steps/advance-runs ─► reviewInitiative ─► decide-change
 */
import type { Effort } from "@waymark/domain";
import { proposeChanges } from "@waymark/review";
import { type Pool, transaction } from "@waymark/store";
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
  await reviewEffort(ctx.db, effort, ctx.now());
  await ctx.bell.ring("advance-runs", {});
}

/** The same where nothing waits for it: whoever asked for a sweep wants to see its duplicates at once. */
export async function reviewEffort(pool: Pool, effort: Effort, now: Date): Promise<void> {
  await transaction(pool, async (db) => {
    const locked = await lockEffort(db, effort); // the entry, all current mentions, judgements, past decisions
    if (!locked) return;
    const review = proposeChanges(locked.known, locked.knowledge, now);
    await saveReview(db, locked.known, review, now);
    if ("initiativeId" in effort) {
      await saveHistory(db, effort.initiativeId, locked.known.mentions, locked.knowledge);
    }
  });
}
