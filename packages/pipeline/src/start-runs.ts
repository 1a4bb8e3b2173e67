import { BadInput, type RunId, type SourceId } from "@waymark/domain";
import {
  type Db,
  findSource,
  listOpenRuns,
  openRun,
  saveNextRun,
  takeOverRun,
  wantAllPages,
} from "@waymark/store";
import type { Bell } from "./bell.ts";
import type { Clock } from "./clock.ts";
import { refreshKnowledge } from "./refresh-knowledge.ts";
import { runIdOf } from "./row-ids.ts";
import { nextRunAt } from "./schedules.ts";

export type RunRequest = {
  sourceIds: SourceId[];
  trigger: "operator" | "schedule" | "found";
  who: string | undefined;
  /** A pace for this run alone, in milliseconds between two requests to a host. */
  delayMs?: number | undefined;
  /** The archive that is to be the web for these runs; only a worker that has it takes their pages. */
  archive?: string | undefined;
};

/**
 * Opens a run for each source and rings for it. A source that has a run open already keeps it. Throws
 * BadInput for a source that is unknown or paused, before anything is written.
 */
export async function startRuns(
  ctx: { db: Db; bell: Bell | undefined; now: Clock },
  { sourceIds, trigger, who, delayMs, archive }: RunRequest,
): Promise<{ started: RunId[]; alreadyOpen: SourceId[] }> {
  const now = ctx.now();
  const sources = [];
  for (const id of sourceIds) {
    const source = await findSource(ctx.db, id);
    if (!source) {
      throw new BadInput(`there is no source "${id}"; \`waymark sources list\` shows them all`);
    }
    if (source.paused) {
      throw new BadInput(
        `source "${id}" is paused; \`waymark sources resume ${id}\` lets it go on`,
      );
    }
    sources.push(source);
  }
  // A wave of runs reads and matches with the knowledge of its beginning.
  if ((await listOpenRuns(ctx.db)).length === 0) await refreshKnowledge(ctx.db, now);
  const started: RunId[] = [];
  const alreadyOpen: SourceId[] = [];
  for (const source of sources) {
    // A schedule's slot is the time it was due, so that two schedulers open one run (rule R12). What
    // somebody asks for is its own occasion, told apart by the real time.
    const slot =
      trigger === "schedule" && source.nextRunAt
        ? source.nextRunAt.toISOString()
        : `${now.toISOString()}/${Date.now()}`;
    const id = runIdOf(source.id, slot);
    const run = { id, sourceId: source.id, trigger, who, slot, delayMs, startedAt: now, archive };
    if (await openRun(ctx.db, run)) {
      started.push(id);
    } else {
      alreadyOpen.push(source.id);
      if (trigger === "operator") await widenRun(ctx.db, source.id, { who, now });
    }
    await saveNextRun(ctx.db, source.id, nextRunAt(source, now));
  }
  if (alreadyOpen.length > 0) await ctx.bell?.ring("sweep", {});
  await ctx.bell?.ringAll(
    "crawl-source",
    started.map((runId) => ({ runId })),
  );
  return { started, alreadyOpen };
}

/** Who asks for a crawl by hand wants every page, also where the night has begun one of what is due. */
async function widenRun(
  db: Db,
  sourceId: SourceId,
  { who, now }: { who: string | undefined; now: Date },
): Promise<void> {
  const runId = await takeOverRun(db, sourceId, who);
  if (runId) await wantAllPages(db, sourceId, runId, now);
}
