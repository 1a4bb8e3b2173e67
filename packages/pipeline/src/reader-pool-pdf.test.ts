import { emptyKnowledge, Reading } from "@waymark/domain";
import { afterAll, expect, test } from "vitest";
import { hostilePdfs, plainPdf } from "../test/hostile-pdfs.ts";
import { ReaderDied, ReaderPool } from "./reader-pool.ts";

const reader = new ReaderPool(1);
afterAll(() => reader.close());

const read = (bytes: Uint8Array): Promise<Reading> =>
  reader.read({ url: "http://a.example/report.pdf", bytes }, emptyKnowledge);

for (const [name, make] of Object.entries(hostilePdfs)) {
  test(`${name}: read, refused or killed by name, and the next is read`, {
    timeout: 120_000,
  }, async () => {
    const ended = await read(make()).catch((error: Error) => error);
    if (ended instanceof Error) {
      // The watchdog bounds time and memory: whoever outlives it stayed within both.
      expect(ended).toBeInstanceOf(ReaderDied);
      expect(ended.message).toMatch(/^reading took (more than 5 s|\d+ MiB)/);
    } else expect(Reading.parse(ended).page.kind).toBe("document");
    expect((await read(plainPdf("Next."))).text).toBe("Next.");
  });
}

test("three hundred damaged PDFs are read or said to be unreadable", {
  timeout: 120_000,
}, async () => {
  const whole = plainPdf("The Great Network is an initiative that helps learners find work.");
  const next = numbersFrom(7);
  for (let round = 0; round < 300; round++) {
    const bytes = Uint8Array.from(whole);
    for (let change = 0; change <= round % 8; change++)
      bytes[8 + (next() % (bytes.length - 8))] = next() % 256;
    const reading = Reading.parse(
      await read(bytes.subarray(0, round % 5 ? undefined : next() % bytes.length)),
    );
    expect(reading.text !== "" || reading.issues.length > 0, `round ${round}`).toBe(true);
  }
});

/** Numbers that look random and are the same every time (a linear congruential generator). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 8;
  };
}
