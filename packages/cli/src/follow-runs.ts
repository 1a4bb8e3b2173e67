import { waitForRuns } from "@waymark/pipeline";
import type { Pool } from "@waymark/store";
import { showProgress } from "./progress.ts";

/** Waits for runs with their progress on the terminal. */
export async function followRuns(
  db: Pool,
  runIds: string[],
  { title, signal }: { title: string; signal: AbortSignal },
): Promise<void> {
  const display = showProgress(title);
  try {
    await waitForRuns(db, runIds, { onProgress: (progress) => display.show(progress), signal });
  } finally {
    display.end();
  }
}
