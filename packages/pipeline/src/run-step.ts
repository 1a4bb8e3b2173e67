import { GiveUp, Retry } from "@waymark/domain";
import {
  findPage,
  isTransient,
  saveIssues,
  saveReadFailure,
  setPageAside,
  setRunAside,
} from "@waymark/store";
import type { Context } from "./context.ts";
import { type JobName, jobs, type Payload } from "./jobs.ts";
import { ReaderDied } from "./reader-pool.ts";
import { steps } from "./steps.ts";

/** A page that killed its reader that often is set aside (rule R4). */
const deathsMax = 3;
const errorsMax = 3;

/**
 * Carries out one job: the only place that catches. What the world put in the way is rung again later,
 * what no retry can help is set aside, and both are written to the row; a bug rises to the log, and the
 * row stays due, so that the sweep tries it again.
 */
export async function runStep(ctx: Context, name: JobName, payload: unknown): Promise<void> {
  if (ctx.stopping.aborted) return;
  const parsed = jobs[name].payload.parse(payload) as never;
  try {
    await steps[name](ctx, parsed);
  } catch (error) {
    if (ctx.stopping.aborted) return;
    await writeFailure(ctx, name, parsed, error as Error);
  }
}

async function writeFailure(
  ctx: Context,
  name: JobName,
  payload: Payload<JobName>,
  error: Error,
): Promise<void> {
  const log = ctx.log.child({ job: name, ...payload });
  if (isTransient(error)) {
    log.info({ reason: error.message }, "the database is in the way, trying again soon");
    await ctx.bell.ring(name, payload as never, { delayMs: 1000 }).catch(() => undefined);
  } else if (error instanceof Retry) {
    log.info({ afterMs: error.afterMs, reason: error.message }, "trying again later");
    await ctx.bell.ring(name, payload as never, { delayMs: error.afterMs });
  } else if ("pageId" in payload && name === "read-page") {
    await writeReadFailure(ctx, payload.pageId, error);
    log.warn({ err: error }, "page could not be read");
  } else if (error instanceof GiveUp && "runId" in payload) {
    await setRunAside(ctx.db, payload.runId, error.message);
    log.error({ code: error.code, reason: error.message }, "run set aside");
  } else {
    log.error({ err: error }, "step failed");
    throw error;
  }
}

async function writeReadFailure(
  ctx: Context,
  pageId: Payload<"read-page">["pageId"],
  error: Error,
): Promise<void> {
  const page = await findPage(ctx.db, pageId);
  if (!page?.snapshotId) return;
  const failures = await saveReadFailure(ctx.db, pageId, page.snapshotId, 500);
  const most = error instanceof ReaderDied ? deathsMax : errorsMax;
  if (failures >= most) {
    const because = `${error.message.split("\n")[0]} (${failures} times)`;
    await setPageAside(ctx.db, pageId, because);
    const issue = { code: "page-set-aside", message: `The page was set aside: ${because}.` };
    await saveIssues(ctx.db, pageId, {
      issues: [issue],
      snapshotId: page.snapshotId,
      now: ctx.now(),
    });
    await ctx.bell.ring("advance-runs", {});
  } else {
    await ctx.bell.ring("read-page", { pageId }, { delayMs: 500 });
  }
}
