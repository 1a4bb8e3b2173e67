import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { BadInput, emptyKnowledge, type Reading } from "@waymark/domain";
import { ReaderPool } from "@waymark/pipeline/worker";
import { cpuSeconds } from "./cpu-time.ts";
import type { Figure } from "./figure.ts";

/** What a page came to, in the layout that the scorer of main text takes beside its own. */
type Extracted = {
  text: string;
  title: string | null;
  published: string | null;
  modified: string | null;
};

/** Reads every page of a folder and writes its main text, title and dates; says how fast that was. */
export async function benchExtract(folder: string, out: string): Promise<Figure[]> {
  const files = readdirSync(folder)
    .filter((name) => /\.html(\.gz)?$/.test(name))
    .sort();
  if (files.length === 0) throw new BadInput(`${folder} holds no .html and no .html.gz`);
  const reader = new ReaderPool(2);
  const began = { at: Date.now(), cpu: cpuSeconds() };
  const extracted: { [id: string]: Extracted } = {};
  let failed = 0;
  let slowest = 0;
  const waiting = files.values();
  const work = async () => {
    for (const file of waiting) {
      const packed = readFileSync(join(folder, file));
      const bytes = file.endsWith(".gz") ? gunzipSync(packed) : packed;
      const at = Date.now();
      const reading = await reader
        .read(
          { url: `http://page.invalid/${file}`, bytes, contentType: "text/html" },
          emptyKnowledge,
        )
        .catch(() => undefined);
      slowest = Math.max(slowest, Date.now() - at);
      if (!reading) failed += 1;
      extracted[basename(file).replace(/\.html(\.gz)?$/, "")] = toExtracted(reading);
    }
  };
  try {
    await Promise.all([work(), work()]);
    const seconds = (Date.now() - began.at) / 1000;
    const cpu = cpuSeconds() - began.cpu;
    const inOrder = Object.fromEntries(
      Object.entries(extracted).sort(([a], [b]) => (a < b ? -1 : 1)),
    );
    writeFileSync(out, JSON.stringify(inOrder));
    const figure = (name: string, value: number, unit: string): Figure => ({
      ...{ bench: "extract", figure: name, value, unit },
      data: basename(folder),
    });
    return [
      figure("pages", files.length, "pages"),
      figure("not read", failed, "pages"),
      figure("speed", files.length / seconds, "pages/s"),
      figure("speed", files.length / cpu, "pages/CPU s"),
      figure("slowest page", slowest / 1000, "s"),
    ];
  } finally {
    await reader.close();
  }
}

function toExtracted(reading: Reading | undefined): Extracted {
  const dateOf = (kind: string) =>
    reading?.page.dates.find((date) => date.kind === kind)?.date ?? null;
  return {
    text: reading?.text ?? "",
    title: reading?.page.title ?? null,
    published: dateOf("published"),
    modified: dateOf("modified"),
  };
}
