import { datesAgree } from "@waymark/domain";
import { meanInterval } from "./bootstrap.ts";
import type { Extracted } from "./extract-bench.ts";
import type { Truth } from "./extract-truth.ts";
import { meanOf, ratesOf } from "./rates.ts";

/** A measure of all pages, without the name of what made them. */
export type Score = { figure: string; value: number; unit: string };

/** What is extracted, held against what people found: text, title and date of publication. */
export function scoreExtracted(
  extracted: { [id: string]: Extracted },
  truths: ReadonlyMap<string, Truth>,
): Score[] {
  const pages = [...truths].map(([id, truth]) => ({
    truth,
    found: extracted[id] ?? nothing,
    ...wordRates(extracted[id]?.text ?? "", truth.text),
  }));
  const f1 = (some: typeof pages) => meanOf(some.map((page) => page.f1));
  const scores: Score[] = [];
  const add = (figure: string, value: number, unit: string) => scores.push({ figure, value, unit });
  const interval = meanInterval(pages.map((page) => page.f1));
  add("text f1", f1(pages), "mean");
  add("text f1, low end of 95 %", interval.low, "mean");
  add("text f1, high end of 95 %", interval.high, "mean");
  add("text precision", meanOf(pages.map((page) => page.precision)), "mean");
  add("text recall", meanOf(pages.map((page) => page.recall)), "mean");
  for (const type of [...new Set(pages.map(({ truth }) => truth.type))].sort()) {
    const some = pages.filter(({ truth }) => truth.type === type);
    add(`text f1 of ${some.length} ${type} pages`, f1(some), "mean");
  }
  const hosts = [...new Set(pages.map(({ truth }) => truth.host))].sort();
  for (const [half, name] of ["even", "odd"].entries()) {
    const kept = new Set(hosts.filter((_, index) => index % 2 !== half));
    const some = pages.filter(({ truth }) => kept.has(truth.host));
    add(`text f1, ${name} half of hosts left out`, f1(some), "mean");
  }
  const titled = pages.filter(({ truth }) => truth.title !== "");
  const share = (some: typeof pages, is: (page: (typeof pages)[number]) => boolean) =>
    some.length ? some.filter(is).length / some.length : 0;
  add(
    "title exact",
    share(titled, ({ found, truth }) => foldTitle(found.title) === foldTitle(truth.title)),
    "share",
  );
  add(
    "title contains the other",
    share(titled, ({ found, truth }) => isWithin(foldTitle(found.title), foldTitle(truth.title))),
    "share",
  );
  const dated = pages.filter(({ truth }) => truth.published);
  const undated = pages.filter(({ truth }) => !truth.published);
  add(
    `date right on ${dated.length} dated pages`,
    share(
      dated,
      ({ found, truth }) =>
        found.published !== null && datesAgree(found.published, truth.published!.slice(0, 10)),
    ),
    "share",
  );
  const isDated = ({ found }: (typeof pages)[number]) => found.published !== null;
  add(`false dates on ${undated.length} undated pages`, undated.filter(isDated).length, "pages");
  add("false dates on 127 undated pages", 127 * share(undated, isDated), "mean pages");
  return scores;
}

const nothing: Extracted = { text: "", title: null, published: null, modified: null };

/** Precision, recall and F1 of words as WCXB's own scorer counts them. */
export function wordRates(found: string, wanted: string): ReturnType<typeof ratesOf> {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
  const left = new Map<string, number>();
  const all = words(wanted);
  for (const word of all) left.set(word, (left.get(word) ?? 0) + 1);
  const reported = words(found);
  let right = 0;
  for (const word of reported) {
    const count = left.get(word) ?? 0;
    if (count > 0) right += 1;
    left.set(word, count - 1);
  }
  if (all.length === 0 && reported.length > 0) return { precision: 0, recall: 0, f1: 0 };
  return ratesOf({ right, reported: reported.length, wanted: all.length });
}

/** Letters of either case, white space and quotation marks are no difference between titles. */
const foldTitle = (title: string | null): string =>
  (title ?? "")
    .normalize("NFKC")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .trim();

const isWithin = (one: string, other: string): boolean =>
  one !== "" && (one.includes(other) || other.includes(one));
