// Everything short of tests: format, lint, types, what is unused, and which way the arrows point.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");

const checks = [
  ["format and lint", join(modules, "@biomejs/biome/bin/biome"), "check", "."],
  ["types", join(modules, "typescript/bin/tsc"), "-p", "."],
  ["unused code", join(modules, "knip/bin/knip.js"), "--no-progress", "--no-config-hints"],
  ["arrows", join(root, "infra/check-arrows.mjs")],
];

const results = [];
for (const [name, ...command] of checks) {
  const { code, output } = await run(command);
  results.push({ name, passed: code === 0 });
  console.log(`${code === 0 ? "passed" : "FAILED"}: ${name}`);
  if (code !== 0) console.log(output.trim().replaceAll(/^/gm, "  "));
}
const failed = results.filter(({ passed }) => !passed);
console.log(`checks: ${results.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

function run(command) {
  return new Promise((done) => {
    const child = spawn(process.execPath, command, {
      cwd: root,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (part) => {
      output += part;
    });
    child.stderr.on("data", (part) => {
      output += part;
    });
    child.once("error", (error) => done({ code: 1, output: error.message }));
    child.once("close", (code) => done({ code: code ?? 1, output }));
  });
}
