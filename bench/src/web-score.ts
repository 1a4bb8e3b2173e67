import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ExportedChange } from "@waymark/pipeline";
import { z } from "zod";
import type { World } from "./web-world.ts";

const Rates = z.object({
  tp: z.number(),
  fp: z.number(),
  fn: z.number(),
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
});
const share = z.number().nullable();

/** What the world's scorer says of a queue. */
export const Score = z.object({
  reported: z.number(),
  overall: Rates,
  kinds: z.record(z.string(), Rates),
  neutral: z.number(),
  neverViolations: z.array(z.string()),
  evidence: z.object({
    reports: z.number(),
    withEvidence: z.number(),
    quotes: z.number(),
    valid: z.number(),
    invalid: z.array(z.object({ url: z.string(), quote: z.string() })),
    validity: share,
    coverage: share,
  }),
  newFields: z.record(
    z.string(),
    z.object({
      toldByPages: z.number(),
      reported: z.number(),
      right: z.number(),
      recall: share,
      precision: share,
    }),
  ),
  updateFields: z.object({
    named: z.number(),
    valueRight: z.number(),
    wrongValues: z.array(
      z.object({
        initiative: z.string(),
        field: z.string(),
        reported: z.unknown(),
        truth: z.unknown(),
      }),
    ),
    extra: z.array(
      z.object({ initiative: z.string(), field: z.string(), new: z.unknown().optional() }),
    ),
    accuracy: share,
  }),
  quiet: z.object({ listed: z.number(), broken: z.array(z.string()), kept: share }).nullable(),
  politeness: z
    .object({
      requests: z.number(),
      hosts: z.number(),
      violations: z.number(),
      concurrent: z.array(z.unknown()),
      crawlDelay: z.array(z.unknown()),
      robotsDisallowed: z.array(z.unknown()),
      beforeRobots: z.array(z.unknown()),
      crawledDespiteRobots5xx: z.array(z.unknown()),
      noUserAgent: z.number(),
      trapRequests: z.number(),
      conditional: z.object({
        possible: z.number(),
        sent: z.number(),
        answered304: z.number(),
      }),
    })
    .nullable(),
  missed: z.array(
    z.object({
      night: z.number(),
      kind: z.string(),
      type: z.string(),
      initiative: z.string(),
      why: z.string(),
    }),
  ),
});
export type Score = z.infer<typeof Score>;

/** A line of the queue with the night on which it was exported. */
export type QueueLine = ExportedChange & { night: number };
/** What the oracle says to one line, and why. */
export type Ruling = { decision: "accept" | "reject"; why: string; change: QueueLine };

/**
 * Has the world's scorer judge a queue: one night's, or with `upto` everything so far. The files it reads
 * and writes stay in the folder under the given name.
 */
export async function scoreQueue(
  world: World,
  folder: string,
  given: {
    name: string;
    night: number;
    lines: QueueLine[];
    earlier: QueueLine[];
    requestLog: string;
    upto: boolean;
  },
): Promise<{ score: Score; rulings: Ruling[] }> {
  const file = (kind: string) => join(folder, `${kind}-${given.name}.jsonl`);
  writeFileSync(file("queue"), given.lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const earlier = file("earlier");
  writeFileSync(earlier, given.earlier.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const words = ["--world", world.folder, "--night", `${given.night}`];
  words.push("--changes", file("queue"), "--earlier", earlier, "--log", given.requestLog);
  words.push("--decisions", file("decided"), "--json", ...(given.upto ? ["--upto"] : []));
  const { stdout } = await promisify(execFile)(process.execPath, [world.score, ...words], {
    maxBuffer: 256 * 1024 * 1024,
  });
  writeFileSync(join(folder, `score-${given.name}.json`), stdout);
  const rulings = readFileSync(file("decided"), "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Ruling);
  return { score: Score.parse(JSON.parse(stdout)), rulings };
}
