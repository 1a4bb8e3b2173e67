import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { benchExtract } from "./extract-bench.ts";
import { benchRead, isSameName } from "./read-bench.ts";

const check = (one: string, other: string, expected: boolean) =>
  test(`${one} / ${other}`, () => expect(isSameName(one, other)).toBe(expected));

check("Harbor Skills Fund (HSF)", "Harbor Skills Fund", true);
check("harbor  skills fund", "Harbor Skills Fund", true);
check("Harbor Skills Fund", "Meadow Skills Fund", false);

const html = (body: string) =>
  `<!doctype html><html lang="en"><head><title>Harbor</title></head><body><main>${body}</main></body></html>`;

test("labelled pages are read and counted, page by page", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pages-"));
  mkdirSync(join(folder, "pages"));
  writeFileSync(join(folder, "pages", "contact.html"), html("<h1>Contact</h1><p>Write to us.</p>"));
  const labels = join(folder, "labels.jsonl");
  const label = {
    file: "pages/contact.html",
    url: "http://harbor.example/contact",
    page_kind: "other",
    records: [],
    dates: [],
    sure: true,
  };
  writeFileSync(labels, `${JSON.stringify(label)}\n`);
  const { figures, results } = await benchRead(folder, labels);
  expect(results[0]).toMatchObject({ error: undefined, counts: { wanted: 0 } });
  const names = figures.map(({ figure, data }) => `${figure}: ${data}`);
  expect(names).toContain("false records a page: html pages without records, sure");
  expect(figures.find(({ figure }) => figure === "not read")?.value).toBe(0);
});

test("main text is written under the page's id", async () => {
  const folder = mkdtempSync(join(tmpdir(), "html-"));
  const sentence =
    "The harbor opens its training hall to every learner of the coast this spring, and it stays open all year.";
  writeFileSync(
    join(folder, "0001.html"),
    html(`<h1>Training hall</h1><p>${sentence}</p><p>${sentence}</p>`),
  );
  const out = join(folder, "out.json");
  const figures = await benchExtract({ html: folder, out, sample: 1 });
  expect(figures.find(({ figure }) => figure === "pages")?.value).toBe(1);
  const { default: written } = await import(out, { with: { type: "json" } });
  expect(written["0001"].text).toContain(sentence);
});

test("what is extracted is held against the truth, with others beside it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "truth-"));
  const sentences = Array.from(
    { length: 6 },
    (_, n) =>
      `Hall ${n} opens its doors to every learner of the coast this spring, and it stays open all the year.`,
  );
  const body = sentences.map((sentence) => `<p>${sentence}</p>`).join("");
  writeFileSync(
    join(folder, "0001.html"),
    html(`<main><h1>Training hall</h1><p>By Kim Lee, March 3, 2026</p>${body}</main>`),
  );
  const truth = {
    url: "http://a.example/hall",
    _internal: { page_type: { primary: "category" } },
    ground_truth: {
      title: "Training Hall",
      publish_date: "2026-03-03",
      main_content: sentences.join("\n"),
    },
  };
  writeFileSync(join(folder, "0001.json"), JSON.stringify(truth));
  const out = join(folder, "out.json.txt");
  const figures = await benchExtract({ html: folder, out, truth: folder, sample: 1, rivals: true });
  const figureOf = (name: string, rival?: string) => {
    const found = figures.find((one) => one.figure === name && (!rival || one.rival === rival));
    return rival ? found?.rivalValue : found?.value;
  };
  expect(figureOf("text f1 of 1 collection pages")).toBeGreaterThan(0.9);
  expect(figureOf("text f1", "Readability")).toBeGreaterThan(0.9);
  expect(figureOf("text f1", "Defuddle")).toBeGreaterThan(0.9);
  expect(figureOf("title exact")).toBe(1);
  expect(figureOf("date right on 1 dated pages")).toBe(1);
  expect(figureOf("evidence resolves")).toBe(1);
  await expect(
    benchExtract({ html: folder, out, truth: join(folder, "none"), sample: 1 }),
  ).rejects.toThrow("is missing");
});
