/*
 * One extractor of others on the same pages, alone in a process, so that its time and memory are its own.
 * What it takes from a page goes to a file in the layout of our own bench.
 */
import { writeFileSync } from "node:fs";
import { Readability } from "@mozilla/readability";
import { Defuddle } from "defuddle/node";
import { parseHTML } from "linkedom";
import type { Extracted } from "./extract-bench.ts";
import { listPages, readPageFile } from "./extract-pages.ts";
import type { RivalRequest, RivalUse } from "./extract-rivals.ts";

const { rival, html, sample, out } = JSON.parse(process.argv[2]!) as RivalRequest;

const extract = {
  async readability(page: string): Promise<Extracted> {
    const { document } = parseHTML(page);
    const article = new Readability(
      document as unknown as ConstructorParameters<typeof Readability>[0],
    ).parse();
    return {
      text: article?.textContent ?? "",
      title: article?.title ?? null,
      published: article?.publishedTime?.slice(0, 10) ?? null,
      modified: null,
    };
  },
  async defuddle(page: string): Promise<Extracted> {
    const { document } = parseHTML(page);
    const found = await Defuddle(
      document as unknown as Parameters<typeof Defuddle>[0],
      "http://page.invalid/",
    );
    return {
      text: textOf(found.content),
      title: found.title || null,
      published: found.published?.slice(0, 10) || null,
      modified: null,
    };
  },
}[rival];

/** Blocks of the HTML it gives are lines, as a reader would copy them. */
const textOf = (html: string): string => {
  const lines = html.replace(/<\/(?:p|div|li|h\d|td|th|tr|dt|dd|pre)>|<br\s*\/?>/gi, "$&\n");
  const { document } = parseHTML(`<!doctype html><html><body>${lines}</body></html>`);
  return document.body.textContent ?? "";
};

// They write what they could not do to the console; the figures go there.
console.log = console.warn = console.error = () => undefined;

const began = process.cpuUsage();
const extracted: { [id: string]: Extracted } = {};
let slowestMs = 0;
let failed = 0;
for (const { id, file } of listPages(html, sample)) {
  const at = performance.now();
  try {
    extracted[id] = await extract(Buffer.from(readPageFile(file)).toString("utf8"));
  } catch {
    failed += 1;
  }
  slowestMs = Math.max(slowestMs, performance.now() - at);
}
const { user, system } = process.cpuUsage(began);
const use: RivalUse = {
  extracted,
  failed,
  cpuSeconds: (user + system) / 1e6,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  slowestMs,
};
writeFileSync(out, JSON.stringify(use));
process.exit(0);
