import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Where a Redis server is installed here, if one is. */
export function findRedisServer(): string | undefined {
  return findProgram("redis-server");
}

/** Where a Chromium is installed here, if one is. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH;
  if (given) return isProgram(given) ? given : undefined;
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    const found = findProgram(name);
    if (found) return found;
  }
  return undefined;
}

/** One sentence for each program whose absence leaves tests out. */
export function missingPrograms(): string[] {
  const missing: string[] = [];
  if (!findRedisServer()) missing.push("there is no redis-server on the PATH");
  if (!findChromium()) missing.push("there is no Chromium (CHROMIUM_PATH, or on the PATH)");
  return missing;
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  return folders.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
