import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { recordLog } from "./record-log.ts";

test("warnings and errors are kept with the fields of their loggers, the rest is not", () => {
  const { log, entries } = recordLog();
  log.info({ pages: 1 }, "all is well");
  log.warn("slow");
  log.child({ job: "sweep" }).error({ err: new Error("no") }, "step failed");
  expect(entries).toMatchObject([
    { level: "warn", message: "slow" },
    { level: "error", message: "step failed", fields: { job: "sweep" } },
  ]);
});

test("with a file they are written there, errors with their stack", () => {
  const file = join(mkdtempSync(join(tmpdir(), "log-")), "log.jsonl");
  recordLog(file).log.error({ err: new Error("no") }, "step failed");
  expect(JSON.parse(readFileSync(file, "utf8")).fields.err.message).toBe("no");
});
