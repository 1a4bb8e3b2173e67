import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BadInput, type Document, emptyKnowledge, Reading } from "@waymark/domain";
import { decodeSource, quoteOf } from "@waymark/extract";
import { createDraw } from "@waymark/match";
import { processUsage, ReaderPool } from "@waymark/pipeline/worker";
import type { Figure } from "./figure.ts";
import { type Chance, grammars, mutatePage } from "./mutate-page.ts";

/** What reading one damaged page came to. */
type Trial = {
  data: string;
  cpuSeconds: number;
  died: string | undefined;
  isValid: boolean;
  resolved: number;
  quotes: number;
};

/** How many pages, from which seed on, and what to print of those that fail. */
export type HostileRequest = {
  pages: string;
  mutations: number;
  seed: number;
  say: (text: string) => void;
};

/**
 * Reads pages of a folder with faults put into them by chance, and pages from four grammars, in the children
 * that read for the pipeline: whether any dies, takes long or grows, and whether what comes out is valid.
 */
export async function benchHostile(request: HostileRequest): Promise<Figure[]> {
  const files = pagesIn(request.pages);
  if (files.length === 0)
    throw new BadInput(
      `${request.pages} holds no .html page: name a folder that does with --pages`,
    );
  const lanes = await Promise.all([0, 1].map((lane) => readLane(request, files, lane)));
  const trials = lanes.flatMap((lane) => lane.trials);
  const peak = Math.max(...lanes.map(({ peakBytes }) => peakBytes));
  return [
    ...figuresOf(
      "mutated pages",
      trials.filter(({ data }) => data === "mutated"),
    ),
    ...figuresOf(
      "pages from grammars",
      trials.filter(({ data }) => data !== "mutated"),
    ),
    {
      bench: "hostile",
      figure: "memory of a child, peak",
      value: peak / 1024 / 1024,
      unit: "MiB",
      data: "all",
    },
  ];
}

function pagesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.html?$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Every other trial, in a child of its own: so what each uses can be told apart. */
async function readLane(
  { mutations, seed, say }: HostileRequest,
  files: readonly string[],
  lane: number,
): Promise<{ trials: Trial[]; peakBytes: number }> {
  const reader = new ReaderPool(1);
  const trials: Trial[] = [];
  let peakBytes = 0;
  try {
    for (let index = lane; index < mutations; index += 2) {
      const chance = createDraw(seed + index);
      const { data, document } = documentFor(files, index, chance);
      const trial = await readOne(reader, document);
      trials.push({ data, ...trial });
      if (trial.died || !trial.isValid || trial.resolved < trial.quotes)
        say(
          `${data}, seed ${seed + index}: ${trial.died ?? "not valid, or a quote that is not there"}\n`,
        );
      peakBytes = Math.max(peakBytes, processUsage(reader.pids[0])?.peakBytes ?? 0);
    }
    return { trials, peakBytes };
  } finally {
    await reader.close();
  }
}

/** One in five is from a grammar, each in turn. */
function documentFor(
  files: readonly string[],
  index: number,
  chance: Chance,
): { data: string; document: Document } {
  const url = "http://page.invalid/initiatives/";
  if (index % 5 < 4) {
    const file = files[Math.floor(chance() * files.length)]!;
    return { data: "mutated", document: { url, bytes: mutatePage(readFileSync(file), chance) } };
  }
  const names = Object.keys(grammars);
  const data = names[Math.floor(index / 5) % names.length]!;
  return { data, document: { url, bytes: Buffer.from(grammars[data]!(chance)) } };
}

async function readOne(reader: ReaderPool, document: Document): Promise<Omit<Trial, "data">> {
  const [pid] = reader.pids;
  const before = processUsage(pid)?.cpuSeconds ?? 0;
  const answer = await reader.read(document, emptyKnowledge).catch((error: Error) => error);
  const after = processUsage(reader.pids[0])?.cpuSeconds ?? 0;
  const cpuSeconds = after - (pid === reader.pids[0] ? before : 0);
  if (answer instanceof Error)
    return { cpuSeconds, died: answer.message, isValid: false, resolved: 0, quotes: 0 };
  const source = decodeSource(document);
  const quotes = answer.mentions.flatMap(({ evidence }) => evidence);
  const resolved = quotes.filter(
    ({ quote, start, end }) => quoteOf(source.slice(start, end)) === quote,
  );
  return {
    cpuSeconds,
    died: undefined,
    isValid: Reading.safeParse(answer).success,
    resolved: resolved.length,
    quotes: quotes.length,
  };
}

function figuresOf(data: string, trials: readonly Trial[]): Figure[] {
  const times = trials.map(({ cpuSeconds }) => cpuSeconds).sort((a, b) => a - b);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  const count = (is: (trial: Trial) => boolean) => trials.filter(is).length;
  const quotes = trials.reduce((sum, trial) => sum + trial.quotes, 0);
  const resolved = trials.reduce((sum, trial) => sum + trial.resolved, 0);
  const figure = (figure: string, value: number, unit: string): Figure => ({
    bench: "hostile",
    figure,
    value,
    unit,
    data,
  });
  const of = `of ${trials.length} pages`;
  return [
    figure(
      "readers that died",
      count(({ died }) => died !== undefined),
      of,
    ),
    figure(
      "readings not valid",
      count(({ isValid }) => !isValid),
      of,
    ),
    figure(
      "over 2 s",
      count(({ cpuSeconds }) => cpuSeconds > 2),
      of,
    ),
    figure("CPU time, median", at(0.5), "s"),
    figure("CPU time, 99.9 %", at(0.999), "s"),
    figure("CPU time, longest", times.at(-1) ?? 0, "s"),
    figure("evidence resolves", quotes === 0 ? 1 : resolved / quotes, `share of ${quotes} quotes`),
  ];
}
