// Runs a script of the project on Node 24, installing what is missing first. It is all that the
// machine's own Node ever runs, so it uses nothing that Node 20 lacks and nothing from node_modules.
//
//   node infra/boot.mjs [--watch] SCRIPT [ARGS…]
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const root = realpathSync(fileURLToPath(new URL("..", import.meta.url)));
const modules = join(root, "node_modules");
const installed = join(modules, ".waymark-lock");
const lock = join(root, ".waymark", "install");
const pnpm = "pnpm@12.21.0";

try {
  checkNode();
  const words = process.argv.slice(2);
  const watch = words[0] === "--watch" ? [words.shift()] : [];
  const [script, ...rest] = words;
  if (!script) throw new Error("say what to run: node infra/boot.mjs SCRIPT [ARGS…]");
  await ensureInstalled();
  // Our programs live long and hold little: a small nursery keeps them small. (The tests bring their own.)
  const lean = script.endsWith("/main.ts") ? ["--max-semi-space-size=4"] : [];
  const flags = ["--disable-warning=ExperimentalWarning", ...lean, ...watch];
  const env = {
    // What was compiled once is not compiled again: commands start in half the time.
    NODE_COMPILE_CACHE: join(modules, ".cache", "node"),
    // Every thread would keep a heap of its own for what is allocated outside of ours.
    MALLOC_ARENA_MAX: "1",
    ...process.env,
    // The script runs in the root; a file named on the command line means the folder it was typed in.
    INIT_CWD: process.env.INIT_CWD ?? process.cwd(),
  };
  process.exitCode = await run(findNode(), [...flags, resolve(root, script), ...rest], { env });
} catch (error) {
  console.error(`waymark: ${error.message}`);
  process.exitCode = 1;
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(
    `this is Node ${process.versions.node}, and Waymark needs 20.19 or newer to set itself up: install Node 24 from https://nodejs.org`,
  );
}

/** Node 24 comes with the install on Linux; elsewhere the machine's own must be new enough. */
function findNode() {
  const brought = join(modules, `node-linux-${process.arch}`, "bin", "node");
  if (process.platform === "linux" && existsSync(brought)) return brought;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  throw new Error(
    `this is Node ${process.versions.node} on ${process.platform}-${process.arch}, and Waymark runs on Node 24: install it from https://nodejs.org and start again`,
  );
}

// Installing. node_modules remembers which lockfile it was made from; times of files would not survive a checkout.

function lockfileHash() {
  return createHash("sha256")
    .update(readFileSync(join(root, "pnpm-lock.yaml")))
    .digest("hex");
}

function isInstalled() {
  return existsSync(installed) && readFileSync(installed, "utf8") === lockfileHash();
}

async function ensureInstalled() {
  if (isInstalled()) return;
  await holdLock();
  try {
    // Another start may have done it while this one waited.
    if (isInstalled()) return;
    await install();
    writeFileSync(installed, lockfileHash());
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

async function install() {
  const began = Date.now();
  console.error("waymark: installing what pnpm-lock.yaml lists …");
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const code = await run(
    npx,
    ["--yes", pnpm, "install", "--frozen-lockfile", "--config.node-version=24.21.0"],
    {
      // What npm set for its own run means nothing to another project's installer; CI asks no questions.
      env: { ...process.env, CI: "true" },
      // The script's own output belongs to whoever reads it, so the installer speaks on stderr.
      stdio: ["ignore", 2, 2],
      shell: process.platform === "win32",
    },
  );
  if (code !== 0) {
    throw new Error(
      `the install ended with code ${code}. It needs the network (npm's registry, or the one your npm is set to) and the right to write to ${root}; with both, start again`,
    );
  }
  console.error(`waymark: installed in ${Math.round((Date.now() - began) / 1000)} s`);
}

/** A folder is made by one process alone; it names its maker, so that one that died is not waited for. */
async function holdLock() {
  for (let told = false; ; ) {
    try {
      mkdirSync(join(root, ".waymark"), { recursive: true });
      mkdirSync(lock);
      writeFileSync(join(lock, "pid"), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") {
        throw new Error(
          `cannot write to ${root} (${error.code}): run as somebody who may, or give yourself the right`,
        );
      }
    }
    if (await isAbandoned()) {
      // Moved first: of two that find it abandoned only one can move it.
      const aside = `${lock}.${process.pid}`;
      try {
        renameSync(lock, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {}
      continue;
    }
    if (!told) console.error("waymark: another start is installing, waiting for it …");
    told = true;
    await wait(250);
  }
}

async function isAbandoned() {
  const pid = readHolder() ?? (await wait(1000).then(readHolder));
  // The folder without a name after a second: its maker died between the two.
  if (pid === undefined) return existsSync(lock);
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH" && readHolder() === pid;
  }
}

function readHolder() {
  try {
    return Number(readFileSync(join(lock, "pid"), "utf8")) || undefined;
  } catch {
    return undefined;
  }
}

/** Runs a program to its end with our signals handed on; the code it ended with. */
function run(command, args, options = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd: root, stdio: "inherit", ...options });
    const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
    // A terminal sends Ctrl-C to the child as well; hearing it twice must not cut its farewell short.
    const forward = (signal) => {
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of signals) process.on(signal, forward);
    child.once("error", (error) =>
      fail(
        new Error(
          `cannot run ${command}: ${error.code === "ENOENT" ? "it is not on the PATH" : error.message}`,
        ),
      ),
    );
    child.once("exit", (code, signal) => {
      for (const each of signals) process.removeListener(each, forward);
      done(code ?? 128 + constants.signals[signal]);
    });
  });
}
