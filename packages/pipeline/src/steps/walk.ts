import { forgiveFailures, hostBackoff, type Robots } from "@waymark/crawl";
import {
  findRun,
  findSource,
  type LeasedHost,
  listRenderVerdicts,
  type Page,
  type RenderVerdict,
  type Run,
  reserveTurn,
  type StoredSource,
  saveHostBackoff,
  saveHostFailures,
} from "@waymark/store";
import type { Context } from "../context.ts";
import { pause } from "../pause.ts";
import type { Seen } from "./seen.ts";

/** A host that asks for more patience than this is left alone for the rest of the run. */
export const patienceMs = 76_000;
/** A crawl-delay beyond this is capped, so that a typo does not keep a site from being crawled. */
export const crawlDelayMaxMs = 30_000;
/** A page that the host put off that often in one run is left for another night. */
export const triesMax = 3;

/** What is committed together at most: so much a killed worker fetches again. */
const sliceMax = { visits: 100, bytes: 256 * 1024, ms: 2500 };

/** One visit and what it came to, not yet written. */
export type Visited = { page: Page; run: Run; source: StoredSource; seen: Seen };

/** Visits that are committed together, and pages among them that turned out to need a browser. */
export type Slice = { visited: Visited[]; toBrowser: Page[]; bytes: number; beganAt: number };

/** A walk through a host's pages: whose they are, what was learnt on the way, what is not yet written. */
export type Walk = {
  ctx: Context;
  host: LeasedHost;
  /** Whether this walk takes the pages that need a browser. */
  browser: boolean;
  robots: Robots | undefined;
  /** Whether the host's next turn must be waited for, however fast its pages may be asked. */
  mustWait: boolean;
  runs: Map<string, Run | undefined>;
  sources: Map<string, StoredSource | undefined>;
  renderVerdicts: Map<string, RenderVerdict[]>;
  /** Addresses that are in the frontier already, by run: links repeat from page to page. */
  known: Map<string, Set<string>>;
  slice: Slice;
  /** Commits a slice; false when the lease was lost, and nothing was written. */
  save: (walk: Walk, slice: Slice) => Promise<boolean>;
};

/** Begins a walk through a leased host. */
export const openWalk = (given: Pick<Walk, "ctx" | "host" | "browser" | "save">): Walk => ({
  ...given,
  robots: undefined,
  mustWait: given.host.waitMs > 0,
  runs: new Map(),
  sources: new Map(),
  renderVerdicts: new Map(),
  known: new Map(),
  slice: emptySlice(),
});

const emptySlice = (): Slice => ({
  visited: [],
  toBrowser: [],
  bytes: 0,
  beganAt: performance.now(),
});

/** Whether what is not yet written should be, before more is fetched. */
export function isFull({ slice, ctx }: Walk): boolean {
  return (
    isSpent(slice) ||
    slice.visited.length >= sliceMax.visits ||
    slice.bytes >= sliceMax.bytes ||
    performance.now() - slice.beganAt >= Math.min(sliceMax.ms, ctx.leaseMs / 4)
  );
}

/** Whether its run's budget is used up with the last visit: what is left of it is dropped when the slice is written. */
function isSpent({ visited }: Slice): boolean {
  const last = visited.at(-1);
  if (!last) return false;
  const { run, source } = last;
  if (run.state === "confirming") return false;
  const unwritten = visited.filter((one) => one.run.id === run.id).length;
  return run.visited + unwritten >= source.pagesMax;
}

/** Commits what has been visited since the last time; false when the lease was lost: then nothing is written. */
export async function flush(walk: Walk): Promise<boolean> {
  const { slice } = walk;
  walk.slice = emptySlice();
  // How far its run is by then, other hosts' walks included, the next slice asks anew.
  walk.runs.clear();
  if (slice.visited.length + slice.toBrowser.length === 0) return true;
  return walk.save(walk, slice);
}

/**
 * Waits for the host's next turn and reserves it; false when the lease was lost meanwhile. Where there is
 * no pause to keep, the lease alone keeps everybody else away, and nothing need be reserved.
 */
export async function takeTurn(walk: Walk, delayMs: number): Promise<boolean> {
  const { ctx, host } = walk;
  if (delayMs === 0 && !walk.mustWait) return true;
  for (;;) {
    const turn = await reserveTurn(ctx.db, host, { leaseMs: ctx.leaseMs, delayMs });
    if (turn === "reserved") {
      walk.mustWait = false;
      return true;
    }
    if (turn === "lost" || ctx.stopping.aborted) return false;
    if (turn.waitMs > patienceMs) return false;
    const askedAt = performance.now();
    // The pause is long enough to write down what is known by now.
    if (!(await flush(walk))) return false;
    await pause(Math.max(0, turn.waitMs - (performance.now() - askedAt)), ctx.stopping);
  }
}

/** Leaves the host alone for as long as it asks for, or ever longer; returns for how many milliseconds. */
export async function backOff(walk: Walk, retryAfterMs: number | undefined): Promise<number> {
  const { ctx, host } = walk;
  const failures = forgiveFailures({ failures: host.failures, quietMs: host.quietMs ?? 0 }) + 1;
  host.failures = failures;
  host.quietMs = 0;
  const waitMs = hostBackoff({ retryAfterMs, failures, random: Math.random() });
  await saveHostBackoff(ctx.db, host, { failures, waitMs });
  walk.mustWait = true;
  return waitMs;
}

/** The host has answered well: one of the times that it turned us away is forgiven. */
export async function forgive({ ctx, host }: Walk): Promise<void> {
  if (host.failures === 0) return;
  host.failures -= 1;
  await saveHostFailures(ctx.db, host, host.failures);
}

/** The run that wants a page, and its source; undefined when one of them is gone. */
export async function wantedFor(
  { ctx, runs, sources }: Walk,
  page: Page,
): Promise<{ run: Run; source: StoredSource } | undefined> {
  const runId = page.wantedBy!;
  if (!runs.has(runId)) runs.set(runId, await findRun(ctx.db, runId));
  if (!sources.has(page.sourceId))
    sources.set(page.sourceId, await findSource(ctx.db, page.sourceId));
  const run = runs.get(runId);
  const source = sources.get(page.sourceId);
  return run && source && { run, source };
}

/** What a browser brought to pages of this kind before, if one was tried. */
export async function renderVerdictOf(
  { ctx, renderVerdicts }: Walk,
  { sourceId, template }: Page,
): Promise<RenderVerdict | undefined> {
  const known = renderVerdicts.get(sourceId) ?? (await listRenderVerdicts(ctx.db, sourceId));
  renderVerdicts.set(sourceId, known);
  return known.find((verdict) => verdict.template === template);
}
