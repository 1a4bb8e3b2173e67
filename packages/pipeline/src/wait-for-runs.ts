import { listProgress, type Pool, type RunState } from "@waymark/store";
import { pause } from "./pause.ts";

export type RunProgress = {
  id: string;
  sourceId: string;
  state: RunState;
  visited: number;
  wanted: number;
  unread: number;
};

/**
 * Waits until runs are finished: everything fetched is read and reviewed then, confirmations included,
 * also for the sites that these runs found. Tells how far they are each time it looks.
 */
export async function waitForRuns(
  db: Pool,
  ids: string[],
  {
    onProgress,
    pollMs = 250,
    signal,
  }: {
    onProgress?: (progress: RunProgress[]) => void;
    pollMs?: number;
    signal?: AbortSignal;
  } = {},
): Promise<void> {
  for (;;) {
    const progress = await listProgress(db, ids);
    onProgress?.(progress);
    if (progress.every((run) => run.state === "finished") || signal?.aborted) return;
    await pause(pollMs, signal);
  }
}
