import { openBell } from "@waymark/pipeline";
import type { Config } from "./config.ts";

/** Finds out, before anything else begins, whether a Redis that the settings name can be reached. */
export async function assertQueueReachable({ redisUrl }: Config): Promise<void> {
  if (!redisUrl) return;
  const bell = await openBell({ databaseUrl: "", redisUrl });
  await bell.close();
}
