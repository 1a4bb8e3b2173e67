import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, chmod, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { isBrowser } from "./browser-process.ts";

/** A browser that can be started, and where it comes from. */
export type Chromium = { path: string; from: "system" | "npm" };

/** Where to look for a browser. */
export type FindChromiumOptions = {
  /** The one to take; where it is no program, none is found. */
  chromiumPath?: string | undefined;
  /** Folders to search, as PATH has them; by default the usual ones. */
  searchPath?: string | undefined;
  /** Where the browser from npm may be unpacked (209 MB, once a version); without it that one is left out. */
  cacheFolder?: string | undefined;
};

/**
 * The browser to render with: the one given, or the cheapest there is. Shell builds come first, an installed
 * one before the one that npm brought along, and a whole browser last: it is the same engine with windows,
 * menus and profiles, at twice the processor time a page.
 */
export async function findChromium(
  options: FindChromiumOptions = {},
): Promise<Chromium | undefined> {
  const { chromiumPath, searchPath, cacheFolder } = options;
  if (chromiumPath) {
    return (await isProgram(chromiumPath)) ? { path: chromiumPath, from: "system" } : undefined;
  }
  const folders = searchPath?.split(delimiter).filter(Boolean) ?? usualFolders;
  const shell = await findInstalled(shells, folders);
  if (shell) return shell;
  const whole = await findInstalled(wholeBrowsers, folders);
  if (cacheFolder === undefined) return whole;
  try {
    return (await findPackaged(cacheFolder)) ?? whole;
  } catch (error) {
    if (whole) return whole;
    throw error;
  }
}

async function findInstalled(names: string[], folders: string[]): Promise<Chromium | undefined> {
  for (const name of names) {
    for (const folder of folders) {
      const path = join(folder, name);
      if (await isProgram(path)) return { path, from: "system" };
    }
  }
  return undefined;
}

const usualFolders = ["/usr/local/bin", "/usr/bin", "/bin", "/snap/bin"];

const shells = ["chromium-headless-shell", "chrome-headless-shell"];
const wholeBrowsers = ["chromium", "chromium-browser", "google-chrome"];

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

const run = promisify(execFile);

/** The build of `@sparticuz/chromium`, for x64 Linux; the package is optional. */
async function findPackaged(cacheFolder: string): Promise<Chromium | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const required = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = required.resolve("@sparticuz/chromium");
  } catch {
    return undefined;
  }
  const { version } = required(join(dirname(entry), "..", "package.json")) as { version: string };
  const folder = join(cacheFolder, `chromium-${version}`);
  if (!(await isOurs(folder))) await unpack(entry, folder);
  // A binary that is there may still lack a library of the system.
  for (const name of ["run", "run-with-libraries"]) {
    const path = join(folder, name);
    if (await isBrowser(path)) return { path, from: "npm" };
  }
  return undefined;
}

/**
 * Unpacks in a child process, because the package knows no other place than the temp folder of its process
 * and takes whatever lies there already for its own. It goes to a name of its own first: two workers
 * that start together then both succeed, and nobody meets half a browser.
 */
async function unpack(entry: string, folder: string): Promise<void> {
  const partial = `${folder}.${process.pid}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  await chmod(partial, 0o700);
  await run(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      "await (await import(process.argv[1])).default.executablePath()",
      entry,
    ],
    // The last name makes the package unpack the libraries that a bare image lacks.
    {
      env: { TMPDIR: partial, HOME: partial, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
      timeout: 120_000,
    },
  );
  const chromium = join(folder, "chromium");
  const start = `export FONTCONFIG_FILE=${quote(join(folder, "fonts.conf"))}\nexec ${quote(chromium)} "$@"\n`;
  const libraries = `export LD_LIBRARY_PATH=${quote(join(folder, "al2023", "lib"))}\n`;
  await writeFile(join(partial, "fonts.conf"), fontsOf(folder));
  await writeFile(join(partial, "run"), `#!/bin/sh\n${start}`, { mode: 0o700 });
  await writeFile(join(partial, "run-with-libraries"), `#!/bin/sh\n${libraries}${start}`, {
    mode: 0o700,
  });
  try {
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    // Another worker was quicker.
    if (!(await isOurs(folder))) throw error;
  }
}

/** Invariant: no browser is started from a folder that another user could have written to. */
async function isOurs(folder: string): Promise<boolean> {
  const found = await stat(folder).catch(() => undefined);
  if (!found) return false;
  if (found.uid !== process.getuid?.() || (found.mode & 0o077) !== 0) {
    throw new Error(`${folder} can be changed by other users: remove it, and it is unpacked anew`);
  }
  return true;
}

const quote = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

/** The package brings one font, listed under the folders of another kind of machine. */
const fontsOf = (folder: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}/fonts</dir>
  <cachedir>${folder.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}/fonts-cache</cachedir>
</fontconfig>
`;
