import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { benchScope } from "./scope-bench.ts";

const folder = mkdtempSync(join(tmpdir(), "waymark-scope-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linesOf = (name: string, ...rows: unknown[]): string => {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => JSON.stringify(row)).join("\n"));
  return path;
};

test("what is given is judged beside our own sentences, and what was wrong is told", async () => {
  const told = { lead_org: null, funders: [], partners: [] };
  linesOf(
    "initiatives.jsonl",
    { name: "Lantern", facts: ["Trains apprentices."], ...told },
    { name: "Quill", facts: [], ...told },
  );
  writeFileSync(join(folder, "zoo.html"), "<h1>Zoo</h1>");
  const record = (name: string, summary_quote: string) => ({ name, url: null, summary_quote });
  const page = { url: null, page_kind: "home", dates: [], sure: true };
  const labels = linesOf(
    "labels.jsonl",
    {
      file: "zoo.html",
      records: [record("Zoo Friends", "Cats and dogs."), record("Zoo Jobs", "Hires workers.")],
      ...page,
    },
    { file: "other.html", records: [], ...page },
  );
  writeFileSync(join(folder, "other.html"), "");
  const { figures, details } = await benchScope({
    initiatives: folder,
    pages: { folder, labels, others: ["zoo"] },
  });
  expect(figures.slice(3).map(({ data, figure, value }) => [data, figure, value])).toEqual([
    ["initiatives, by name alone", "recall", 0],
    ["initiatives, with what is known of them", "recall", 0.5],
    ["labelled efforts of other fields", "taken though of another field", 1],
  ]);
  expect(details).toContainEqual(expect.stringContaining("Zoo Jobs"));
});
