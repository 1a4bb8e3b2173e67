import { emptyKnowledge, Reading } from "@waymark/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type HostilePage, shapesOfText, shapesOfTrees } from "../test/hostile-pages.ts";
import { processUsage } from "./process-usage.ts";
import { ReaderPool } from "./reader-pool.ts";

/** Twice what is aimed at: a machine that is busy charges more for the same work. */
const cpuSecondsMax = 4;
const memoryBytesMax = 400 * 1024 * 1024;

const reader = new ReaderPool(1);
beforeAll(async () => {
  // A child that begins has all its code to load and to compile.
  await reader.read({ url: "http://a.example/", bytes: Buffer.from("<p>x") }, emptyKnowledge);
}, 60_000);
afterAll(() => reader.close());

const url = "http://a.example/initiatives/";

for (const [name, make] of Object.entries({ ...shapesOfTrees, ...shapesOfText })) {
  test(`${name}: refused or read in time`, { timeout: 60_000 }, async () => {
    const { bytes, contentType, ends } = make();
    const reading = await bounded(() => reader.read({ url, bytes, contentType }, emptyKnowledge));
    const refusal = Reading.parse(reading).issues.find(({ code }) => code === "page-refused");
    expect(refusal ? "refused" : "read", refusal?.message).toBe(ends);
  });
}

for (const [name, make] of Object.entries(shapesOfTrees) as [string, () => HostilePage][]) {
  test(`${name}: looked at in time`, { timeout: 60_000 }, async () => {
    const { bytes, contentType } = make();
    const { skim } = await bounded(() => reader.look({ url, bytes, contentType }));
    expect(skim.textHash).toMatch(/^[0-9a-f]{64}$/);
  });
}

/** What a child does must cost little; where the system does not tell (not Linux), it is enough that it lives. */
async function bounded<T>(work: () => Promise<T>): Promise<T> {
  const before = { pid: reader.pids[0], usage: processUsage(reader.pids[0]) };
  const answer = await work();
  const [pid] = reader.pids;
  const after = processUsage(pid);
  // A child that had grown large was replaced first; the new one began at nothing.
  const already = pid === before.pid ? (before.usage?.cpuSeconds ?? 0) : 0;
  expect((after?.cpuSeconds ?? 0) - already, "CPU seconds").toBeLessThan(cpuSecondsMax);
  expect(after?.peakBytes ?? 0, "bytes of memory").toBeLessThan(memoryBytesMax);
  return answer;
}
