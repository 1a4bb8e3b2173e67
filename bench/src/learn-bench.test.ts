import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { benchLearn } from "./learn-bench.ts";

const folder = mkdtempSync(join(tmpdir(), "waymark-learn-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("every size is measured on efforts that were not judged, beside no judgements at all", () => {
  const words = ["Kiln", "Elm", "Tide", "Pier", "Moss", "Flint", "Cove", "Rye", "Loom", "Fern"];
  const lines = words.map((word, index) => ({
    ...{ id: `E${index}`, name: `${word} Ladder Network`, aliases: [], acronym: null, url: null },
    ...{ lead_org: null, funders: [], partners: [], states: [] },
    variants: [{ name_as_written: `The ${word} Ladder Network`, url: null, site: "a.example" }],
  }));
  writeFileSync(
    join(folder, "initiatives.jsonl"),
    lines.map((line) => JSON.stringify(line)).join("\n"),
  );
  const figures = benchLearn(folder, () => undefined);
  const f1 = figures.filter(({ figure }) => figure.endsWith(": f1"));
  expect(f1.map(({ figure }) => figure)).toEqual([
    ...["no judgements: f1", "25 judgements: f1", "50 judgements: f1", "100 judgements: f1"],
    ...["200 judgements: f1", "all judgements: f1"],
  ]);
  expect(f1.map(({ value }) => value)).toEqual([1, 1, 1, 1, 1, 1]);
});
