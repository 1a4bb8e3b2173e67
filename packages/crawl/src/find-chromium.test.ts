import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findChromium } from "./find-chromium.ts";

let folder: string;
const program = async (name: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, "#!/bin/sh\n");
  await chmod(path, 0o755);
  return path;
};
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-programs-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("what is given is taken, and nothing else", async () => {
  const path = await program("my-browser");
  expect(await findChromium({ chromiumPath: path })).toEqual({ path, from: "system" });
  expect(await findChromium({ chromiumPath: join(folder, "none") })).toBeUndefined();
  expect(await findChromium({ chromiumPath: folder })).toBeUndefined();
});

test("an installed one is found, the shell build before the full one", async () => {
  expect(await findChromium({ searchPath: folder })).toBeUndefined();
  const full = await program("chromium");
  const searchPath = `${join(folder, "none")}:${folder}`;
  expect(await findChromium({ searchPath })).toEqual({ path: full, from: "system" });
  const shell = await program("chromium-headless-shell");
  expect(await findChromium({ searchPath })).toEqual({ path: shell, from: "system" });
});

const hasBuild = process.platform === "linux" && process.arch === "x64";
test.runIf(hasBuild)(
  "the build from npm is never started out of a folder that others can write to",
  async () => {
    const cacheFolder = await mkdtemp(join(tmpdir(), "waymark-cache-"));
    const searchPath = join(folder, "none");
    const found = await findChromium({ searchPath, cacheFolder });
    expect(found?.from).toBe("npm");
    await chmod(dirname(found!.path), 0o777);
    await expect(findChromium({ searchPath, cacheFolder })).rejects.toThrow(/other users/);
    await rm(cacheFolder, { recursive: true });
  },
);
