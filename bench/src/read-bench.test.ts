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
  const figures = await benchExtract(folder, out);
  expect(figures.find(({ figure }) => figure === "pages")?.value).toBe(1);
  const { default: written } = await import(out, { with: { type: "json" } });
  expect(written["0001"].text).toContain(sentence);
});
