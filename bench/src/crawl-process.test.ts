import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseStat, readTreeUse } from "./crawl-process.ts";

test("a line of /proc is read whatever the command is called", () => {
  const line = "42 (a) b (c)) S 7 42 42 0 -1 4194304 1 2 3 4 150 50 30 20 20 0 11 0 99";
  expect(parseStat(line)).toEqual({ pid: 42, parent: 7, used: 200, reaped: 50 });
});

test.runIf(process.platform === "linux")(
  "a process's own work, a child's and a buried child's all count",
  { timeout: 60_000 },
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "waymark-bench-"));
    const file = join(folder, "tree.mjs");
    // Each burns some time; the parent answers when its first child is gone and its second has worked.
    writeFileSync(
      file,
      `import { fork } from "node:child_process";
       const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
       const burn = (ms) => { const end = spent() + ms; while (spent() < end); };
       if (process.argv[2] === "short") { burn(300); process.exit(0); }
       if (process.argv[2] === "long") { burn(300); process.send("worked"); setInterval(() => {}, 1000); process.on("disconnect", () => process.exit(0)); }
       if (!process.argv[2]) {
         burn(300);
         fork(process.argv[1], ["short"]).on("exit", () =>
           fork(process.argv[1], ["long"]).on("message", () => process.send("ready")));
         process.on("disconnect", () => process.exit(0));
       }`,
    );
    const child = fork(file);
    try {
      await once(child, "message");
      const use = readTreeUse(child.pid!)!;
      expect(use.cpuSeconds).toBeGreaterThanOrEqual(0.85);
      expect(use.peakBytes).toBeGreaterThan(20_000_000);
      expect(use.childrenBytes).toBeGreaterThan(20_000_000);
    } finally {
      child.disconnect();
      await once(child, "exit");
      rmSync(folder, { recursive: true });
    }
    expect(readTreeUse(child.pid!)).toBeUndefined();
  },
);
