import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Extracted } from "./extract-bench.ts";

export type RivalRequest = {
  rival: "readability" | "defuddle";
  html: string;
  sample: number;
  out: string;
};
export type RivalUse = {
  extracted: { [id: string]: Extracted };
  failed: number;
  cpuSeconds: number;
  peakBytes: number;
  slowestMs: number;
};

/** The rivals by the names that figures give them. */
export const rivals = { Readability: "readability", Defuddle: "defuddle" } as const;

/** Lets one rival take the same pages, in a process of its own. */
export function runRival(given: Omit<RivalRequest, "out">): RivalUse {
  const folder = mkdtempSync(join(tmpdir(), "waymark-rival-"));
  try {
    const request: RivalRequest = { ...given, out: join(folder, "use.json") };
    const script = fileURLToPath(new URL("./extract-rival.ts", import.meta.url));
    const { status, stderr } = spawnSync(process.execPath, [script, JSON.stringify(request)], {
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    if (status !== 0) throw new Error(`${given.rival} ended with ${status}: ${stderr.slice(-500)}`);
    return JSON.parse(readFileSync(request.out, "utf8"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
