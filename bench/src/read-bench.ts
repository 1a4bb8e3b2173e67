import { type Document, datesAgree, emptyKnowledge, type Reading } from "@waymark/domain";
import { decodeSource, quoteOf, readPdfText } from "@waymark/extract";
import { foldName, sameAddress, splitName } from "@waymark/normalize";
import { ReaderPool } from "@waymark/pipeline/worker";
import { meanInterval } from "./bootstrap.ts";
import { cpuSeconds } from "./cpu-time.ts";
import type { Figure } from "./figure.ts";
import { type Counts, meanOf, ratesOf, sumCounts, wordF1 } from "./rates.ts";
import { type LabelledPage, readLabels } from "./read-labels.ts";

/** One page as it was read, held against its label. */
export type PageResult = LabelledPage & {
  isPdf: boolean;
  reading: Reading | undefined;
  error: string | undefined;
  counts: Counts;
  foundNames: string[];
  falseNames: string[];
  missedNames: string[];
  descriptions: number[];
  addresses: boolean[];
  evidence: { resolved: number; all: number };
  dates: Counts;
};

/**
 * Reads every labelled page as the pipeline would and holds the mentions against what a person found:
 * by name, description, address, typed dates, and whether every value's evidence resolves.
 */
export async function benchRead(
  folder: string,
  labels: string,
): Promise<{ figures: Figure[]; results: PageResult[] }> {
  const reader = new ReaderPool(2);
  const began = { at: Date.now(), cpu: cpuSeconds() };
  const results: PageResult[] = [];
  try {
    for (const page of readLabels(folder, labels)) {
      const read = await reader.read(page.document, emptyKnowledge).then(
        (reading) => ({ reading, error: undefined }),
        (error: Error) => ({ reading: undefined, error: error.message }),
      );
      results.push(await holdAgainst(page, read));
    }
    const spent = { seconds: (Date.now() - began.at) / 1000, cpu: cpuSeconds() - began.cpu };
    return { figures: figuresOf(results, spent), results };
  } finally {
    await reader.close();
  }
}

async function holdAgainst(
  page: LabelledPage,
  { reading, error }: Pick<PageResult, "reading" | "error">,
): Promise<PageResult> {
  const { label } = page;
  const mentions = reading?.mentions ?? [];
  const left = new Set(mentions);
  const pairs = label.records.map((record) => {
    const mention = [...left].find((one) =>
      [one.name, ...one.aliases].some((name) => isSameName(name, record.name)),
    );
    if (mention) left.delete(mention);
    return { record, mention };
  });
  const found = pairs.filter(({ mention }) => mention);
  return {
    ...page,
    reading,
    error,
    isPdf: label.file.endsWith(".pdf"),
    counts: { right: found.length, reported: mentions.length, wanted: label.records.length },
    foundNames: found.map(({ record }) => record.name),
    falseNames: [...left].map((mention) => mention.name),
    missedNames: pairs.filter(({ mention }) => !mention).map(({ record }) => record.name),
    descriptions: found.flatMap(({ record, mention }) =>
      record.summary_quote ? [wordF1(mention!.description ?? "", record.summary_quote)] : [],
    ),
    addresses: found.flatMap(({ record, mention }) =>
      record.url ? [mention!.url !== undefined && sameAddress(mention!.url, record.url)] : [],
    ),
    evidence: await checkEvidence(page.document, reading),
    dates: countDates(page, reading),
  };
}

/** The name as labelled, or without the acronym that one of both writes behind it. */
export function isSameName(one: string, other: string): boolean {
  const forms = (name: string) => [foldName(name), foldName(splitName(name).name)];
  return forms(one).some((form) => form !== "" && forms(other).includes(form));
}

async function checkEvidence(
  document: Document,
  reading: Reading | undefined,
): Promise<PageResult["evidence"]> {
  const all =
    reading?.mentions.flatMap(({ evidence, events = [], grants = [] }) => [
      ...evidence,
      ...[...events, ...grants].flatMap((told) => told.evidence),
    ]) ?? [];
  if (all.length === 0) return { resolved: 0, all: 0 };
  const isPdf = Buffer.from(document.bytes.subarray(0, 5)).toString("latin1") === "%PDF-";
  const source = isPdf ? (await readPdfText(document.bytes)).text : decodeSource(document);
  const resolved = all.filter(
    ({ quote, start, end }) => quoteOf(source.slice(start, end)) === quote,
  );
  return { resolved: resolved.length, all: all.length };
}

/** Dates of publication and change: those are what nothing may be invented for. */
const judgedDates = ["published", "modified"];

function countDates({ label }: LabelledPage, reading: Reading | undefined): Counts {
  const wanted = label.dates.filter((date) => judgedDates.includes(date.type));
  const told = (reading?.page.dates ?? []).filter((date) => judgedDates.includes(date.kind));
  const reported = [...new Map(told.map((date) => [`${date.kind} ${date.date}`, date])).values()];
  const right = wanted.filter((date) =>
    reported.some((one) => one.kind === date.type && datesAgree(one.date, date.value)),
  );
  return { right: right.length, reported: reported.length, wanted: wanted.length };
}

function figuresOf(
  results: PageResult[],
  { seconds, cpu }: { seconds: number; cpu: number },
): Figure[] {
  const figures: Figure[] = [];
  const add = (figure: string, value: number, unit: string, data: string) =>
    figures.push({ bench: "read", figure, value, unit, data });
  const html = results.filter((one) => !one.isPdf);
  const telling = html.filter((one) => one.label.records.length > 0);
  const empty = html.filter((one) => one.label.records.length === 0);
  addNames("html pages with records", telling);
  addNames(
    "html pages with records, sure",
    telling.filter((one) => one.label.sure),
  );
  for (const kind of [...new Set(telling.map((one) => one.label.page_kind))].sort()) {
    addNames(
      `html ${kind} pages`,
      telling.filter((one) => one.label.page_kind === kind),
    );
  }
  const sites = [...new Set(telling.map((one) => one.site))].sort();
  for (const [half, name] of ["even", "odd"].entries()) {
    const left = new Set(sites.filter((_, index) => index % 2 !== half));
    addNames(
      `html pages, ${name} half of sites left out`,
      telling.filter((one) => left.has(one.site)),
    );
  }
  addNames(
    "pdf",
    results.filter((one) => one.isPdf && one.label.records.length > 0),
  );
  addFalse("html pages without records", empty);
  addFalse(
    "html pages without records, sure",
    empty.filter((one) => one.label.sure),
  );
  const descriptions = results.flatMap((one) => one.descriptions);
  add("description word f1", meanOf(descriptions), `mean of ${descriptions.length}`, "all pages");
  const addresses = results.flatMap((one) => one.addresses);
  add(
    "own address right",
    meanOf(addresses.map(Number)),
    `share of ${addresses.length}`,
    "all pages",
  );
  const quotes = results.flatMap((one) => one.evidence);
  const sum = (field: "resolved" | "all") => quotes.reduce((n, one) => n + one[field], 0);
  const share = sum("all") ? sum("resolved") / sum("all") : 1;
  add("evidence resolves", share, `share of ${sum("all")} quotes`, "all pages");
  const dated = html.filter((one) => one.dates.wanted > 0);
  const undated = html.filter((one) => one.dates.wanted === 0);
  const dates = sumCounts(dated.map((one) => one.dates));
  add(
    "published and modified recall",
    ratesOf(dates).recall,
    `share of ${dates.wanted}`,
    "dated html",
  );
  add("false dates", dates.reported - dates.right, `on ${dated.length} pages`, "dated html");
  const invented = undated.reduce((n, one) => n + one.dates.reported, 0);
  add("false dates", invented, `on ${undated.length} pages`, "undated html");
  const failed = results.filter((one) => one.error !== undefined);
  add("not read", failed.length, `of ${results.length} pages`, "all pages");
  add("pages read", results.length / seconds, "pages/s", "all pages");
  add("pages read", results.length / cpu, "pages/CPU s", "all pages");
  return figures;

  function addNames(data: string, pages: PageResult[]): void {
    if (pages.length === 0) return;
    const each = pages.map((one) => ratesOf(one.counts).f1);
    const { low, high } = meanInterval(each);
    add("record f1 a page", meanOf(each), `mean of ${pages.length} pages`, data);
    add("record f1 a page, low", low, "mean, 95 % bootstrap", data);
    add("record f1 a page, high", high, "mean, 95 % bootstrap", data);
    const { precision, recall, f1 } = ratesOf(sumCounts(pages.map((one) => one.counts)));
    add("record precision", precision, "share of all", data);
    add("record recall", recall, "share of all", data);
    add("record f1", f1, "share of all", data);
  }

  function addFalse(data: string, pages: PageResult[]): void {
    if (pages.length === 0) return;
    const each = meanOf(pages.map((one) => one.counts.reported));
    add("false records a page", each, `mean of ${pages.length} pages`, data);
  }
}

/** Page by page what was found, missed and invented: for a person who looks for the cause. */
export function describePages(results: PageResult[]): string {
  return results
    .toSorted((a, b) => ratesOf(a.counts).f1 - ratesOf(b.counts).f1)
    .map((one) => {
      const { counts, label, reading } = one;
      return [
        `\n== ${label.file} (${label.page_kind}${label.sure ? "" : ", unsure"}; read as ${reading?.page.kind ?? one.error}) f1 ${ratesOf(counts).f1.toFixed(2)}: ${counts.right} right of ${counts.reported} reported, ${counts.wanted} wanted`,
        ...one.missedNames.map((name) => `  ○ missed  ${name}`),
        ...one.falseNames.map((name) => `  ✗ false   ${name}`),
        ...one.foundNames.map((name) => `  ✓ found   ${name}`),
        ...(one.evidence.resolved < one.evidence.all
          ? [`  evidence: ${one.evidence.all - one.evidence.resolved} quotes do not resolve`]
          : []),
        ...(one.dates.reported > one.dates.right || one.dates.right < one.dates.wanted
          ? [
              `  dates: labelled ${JSON.stringify(label.dates)}, read ${JSON.stringify(reading?.page.dates.map(({ kind, date, quote }) => ({ kind, date, quote })) ?? [])}`,
            ]
          : []),
      ].join("\n");
    })
    .join("\n");
}
