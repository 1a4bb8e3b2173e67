import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { countUsers, withHomeLock } from "./home-users.ts";
import { connectionFile, dataOf, logOf, runningServer } from "./postgres-home.ts";
import { stopServer } from "./postgres-server.ts";

/**
 * Removes the embedded database of a home with all that is in it. Answers what came of it: nobody's
 * database is taken away while a process uses it.
 */
export async function removeEmbeddedPostgres(
  folder: string,
): Promise<"removed" | "in-use" | "none"> {
  const home = resolve(folder);
  if (!existsSync(dataOf(home))) return "none";
  return withHomeLock(home, async () => {
    if (countUsers(home) > 0) return "in-use";
    if (runningServer(home)) await stopServer(home);
    for (const path of [dataOf(home), connectionFile(home), logOf(home)]) {
      rmSync(path, { recursive: true, force: true });
    }
    return "removed";
  });
}
