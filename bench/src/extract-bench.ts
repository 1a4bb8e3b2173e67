import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { type Document, emptyKnowledge, type Reading } from "@waymark/domain";
import { decodeSource, quoteOf } from "@waymark/extract";
import { ReaderPool } from "@waymark/pipeline/worker";
import { cpuSeconds, readersPeakBytes } from "./cpu-time.ts";
import { listPages, type PageFile, readPageFile } from "./extract-pages.ts";
import { rivals, runRival } from "./extract-rivals.ts";
import { type Score, scoreExtracted } from "./extract-score.ts";
import { loadTruth, type Truth } from "./extract-truth.ts";
import type { Figure } from "./figure.ts";

/** What a page came to, in the layout that the scorer of main text takes beside its own. */
export type Extracted = {
  text: string;
  title: string | null;
  published: string | null;
  modified: string | null;
};

export type ExtractRequest = {
  html: string;
  out: string;
  /** WCXB's ground truth of the same pages. */
  truth?: string | undefined;
  /** Every n-th page only. */
  sample: number;
  rivals?: boolean | undefined;
};

/**
 * Reads every page of a folder and writes its main text, title and dates; says how fast that was, whether
 * all evidence resolves and, held against the truth, how right it is, with others beside it.
 */
export async function benchExtract(request: ExtractRequest): Promise<Figure[]> {
  const pages = listPages(request.html, request.sample);
  const truth = request.truth
    ? loadTruth(
        request.truth,
        pages.map(({ id }) => id),
      )
    : undefined;
  const run = await readAll(pages);
  writeFileSync(request.out, JSON.stringify(run.extracted));
  const scores = [...run.scores, ...(truth ? scoreExtracted(run.extracted, truth) : [])];
  const others = request.rivals
    ? Object.entries(rivals).map(([name, rival]) => ({
        name,
        scores: scoresOfRival(
          runRival({ rival, html: request.html, sample: request.sample }),
          truth,
        ),
      }))
    : [];
  return scores.flatMap((score) => figuresOf(score, others, basename(request.html)));
}

type Run = { extracted: { [id: string]: Extracted }; scores: Score[] };

async function readAll(pages: readonly PageFile[]): Promise<Run> {
  const reader = new ReaderPool(2);
  const began = { at: Date.now(), cpu: cpuSeconds() };
  const extracted: { [id: string]: Extracted } = Object.fromEntries(
    pages.map(({ id }) => [id, toExtracted(undefined)]),
  );
  const quoted = new Map<PageFile, Quoted[]>();
  let failed = 0;
  let slowestMs = 0;
  let peakBytes = 0;
  const waiting = pages.values();
  const work = async () => {
    for (const page of waiting) {
      const document = documentOf(page);
      const at = Date.now();
      const reading = await reader.read(document, emptyKnowledge).catch(() => undefined);
      slowestMs = Math.max(slowestMs, Date.now() - at);
      if (!reading) failed += 1;
      extracted[page.id] = toExtracted(reading);
      if (reading) quoted.set(page, quotesOf(reading));
    }
  };
  const watch = setInterval(() => {
    peakBytes = Math.max(peakBytes, readersPeakBytes());
  }, 500);
  try {
    await Promise.all([work(), work()]);
    peakBytes = Math.max(peakBytes, readersPeakBytes());
    const seconds = (Date.now() - began.at) / 1000;
    const cpu = cpuSeconds() - began.cpu;
    const evidence = countResolved(quoted);
    return {
      extracted,
      scores: [
        { figure: "pages", value: pages.length, unit: "pages" },
        { figure: "not read", value: failed, unit: "pages" },
        { figure: "speed", value: pages.length / seconds, unit: "pages/s" },
        { figure: "speed", value: pages.length / cpu, unit: "pages/CPU s" },
        { figure: "slowest page", value: slowestMs / 1000, unit: "s" },
        { figure: "peak memory of a reader", value: peakBytes / 1e6, unit: "MB" },
        { figure: "values with evidence", value: evidence.all, unit: "values" },
        {
          figure: "evidence resolves",
          value: evidence.all ? evidence.resolved / evidence.all : 1,
          unit: "share",
        },
      ],
    };
  } finally {
    clearInterval(watch);
    await reader.close();
  }
}

const documentOf = ({ id, file }: PageFile): Document => ({
  url: `http://page.invalid/${id}.html`,
  bytes: readPageFile(file),
  contentType: "text/html",
});

function toExtracted(reading: Reading | undefined): Extracted {
  return {
    text: reading?.text ?? "",
    title: reading?.page.title ?? null,
    published: reading?.page.published?.date ?? null,
    modified: reading?.page.dates.find(({ kind }) => kind === "modified")?.date ?? null,
  };
}

type Quoted = { quote: string; start: number; end: number };

const quotesOf = ({ page, mentions }: Reading): Quoted[] =>
  [...page.dates, ...mentions.flatMap(({ evidence }) => evidence)].map(({ quote, start, end }) => ({
    quote,
    start,
    end,
  }));

/** Counts after all is read, so that looking is not part of the time. */
function countResolved(quoted: ReadonlyMap<PageFile, Quoted[]>): { resolved: number; all: number } {
  const counts = { resolved: 0, all: 0 };
  for (const [page, quotes] of quoted) {
    if (quotes.length === 0) continue;
    const source = decodeSource(documentOf(page));
    counts.all += quotes.length;
    counts.resolved += quotes.filter(
      ({ quote, start, end }) => quoteOf(source.slice(start, end)) === quote,
    ).length;
  }
  return counts;
}

function scoresOfRival(
  use: ReturnType<typeof runRival>,
  truth: ReadonlyMap<string, Truth> | undefined,
): Score[] {
  const pages = Object.keys(use.extracted).length + use.failed;
  return [
    { figure: "not read", value: use.failed, unit: "pages" },
    { figure: "speed", value: pages / use.cpuSeconds, unit: "pages/CPU s" },
    { figure: "slowest page", value: use.slowestMs / 1000, unit: "s" },
    { figure: "peak memory of a reader", value: use.peakBytes / 1e6, unit: "MB" },
    ...(truth ? scoreExtracted(use.extracted, truth) : []),
  ];
}

/** A figure stands once for each rival that has it, and alone where none has. */
function figuresOf(
  { figure, value, unit }: Score,
  others: readonly { name: string; scores: readonly Score[] }[],
  data: string,
): Figure[] {
  const own: Figure = { bench: "extract", figure, value, unit, data };
  const beside = others.flatMap(({ name, scores }) => {
    const other = scores.find((one) => one.figure === figure && one.unit === unit);
    return other ? [{ ...own, rival: name, rivalValue: other.value }] : [];
  });
  return beside.length > 0 ? beside : [own];
}
