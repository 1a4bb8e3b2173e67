import { setTimeout as wait } from "node:timers/promises";

/** Waits, or returns at once when the signal is raised. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined);
}
