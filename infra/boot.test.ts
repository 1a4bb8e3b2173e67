import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";

let root: string;

/** A project with the real boot script and an installer that only notes that it was called. */
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "waymark-boot-")));
  mkdirSync(join(root, "infra"));
  mkdirSync(join(root, "bin"));
  mkdirSync(join(root, "node_modules"));
  copyFileSync(fileURLToPath(new URL("./boot.mjs", import.meta.url)), join(root, "infra/boot.mjs"));
  writeFileSync(join(root, "pnpm-lock.yaml"), "first");
  useInstaller("sleep 0.3; echo called >> calls; echo noise");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function useInstaller(body: string) {
  writeFileSync(join(root, "bin/npx"), `#!/bin/sh\n${body}\n`, { mode: 0o755 });
}

function script(body: string) {
  writeFileSync(join(root, "script.ts"), body);
}

const installs = () => {
  const path = join(root, "calls");
  return existsSync(path) ? readFileSync(path, "utf8").trim().split("\n").length : 0;
};

function boot(...words: string[]) {
  const { INIT_CWD: _, ...env } = process.env;
  const child = spawn(process.execPath, [join(root, "infra/boot.mjs"), ...words], {
    cwd: join(root, "bin"),
    env: { ...env, PATH: `${join(root, "bin")}${delimiter}${process.env.PATH}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]).then(
    ([[code], out, err]) => ({ code, out, err }),
  );
  return { child, ended };
}

test("it installs once, runs TypeScript in the root, and keeps what the script says apart", async () => {
  script(
    "const words: string[] = process.argv.slice(2); console.log(words.join(), process.cwd(), process.env.INIT_CWD)",
  );
  const first = await boot("script.ts", "one", "--two").ended;
  expect(first.out).toBe(`one,--two ${root} ${join(root, "bin")}\n`);
  expect(first.err).toContain("noise");
  expect(first.code).toBe(0);
  const second = await boot("script.ts").ended;
  expect(second.err).toBe("");
  expect(installs()).toBe(1);
});

test("another lockfile is installed anew", async () => {
  script("");
  await boot("script.ts").ended;
  writeFileSync(join(root, "pnpm-lock.yaml"), "second");
  await boot("script.ts").ended;
  expect(installs()).toBe(2);
});

test("two starts at once install once", async () => {
  script("console.log('ran')");
  const both = await Promise.all([boot("script.ts").ended, boot("script.ts").ended]);
  expect(both.map(({ out }) => out)).toEqual(["ran\n", "ran\n"]);
  expect(installs()).toBe(1);
});

test("an install whose process died is not waited for", async () => {
  script("console.log('ran')");
  mkdirSync(join(root, ".waymark/install"), { recursive: true });
  writeFileSync(join(root, ".waymark/install/pid"), "2147483646");
  expect((await boot("script.ts").ended).out).toBe("ran\n");
});

test("a failed install says what it needs and is tried again", async () => {
  script("console.log('ran')");
  useInstaller("exit 9");
  const failed = await boot("script.ts").ended;
  expect(failed.code).toBe(1);
  expect(failed.err).toContain("the install ended with code 9. It needs the network");
  useInstaller("exit 0");
  expect((await boot("script.ts").ended).out).toBe("ran\n");
});

test("the script's code is the boot's, and so is what a signal does to it", async () => {
  script("process.exit(7)");
  expect((await boot("script.ts").ended).code).toBe(7);
  script(
    "process.on('SIGTERM', () => process.exit(5)); console.log('up'); setInterval(() => {}, 1000)",
  );
  const { child, ended } = boot("script.ts");
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  expect((await ended).code).toBe(5);
});
