import { toRecord } from "@waymark/normalize";
import { listCandidates, type Matched, matchMentions } from "@waymark/pipeline";
import { showBar } from "./bar.ts";
import { type Figure, formatTable } from "./figure.ts";
import { makeCatalog } from "./resolve-catalog.ts";
import { type MadeMention, makeMentions } from "./resolve-mentions.ts";
import { similarityMin, withRival } from "./resolve-rival.ts";
import { candidatesMax, type Loaded, type Stage, withCatalog } from "./resolve-stage.ts";

const warmUps = 200;
const batchSize = 50;
const rivalMentionsMax = 100;

/**
 * Mentions resolved one at a time and in batches against a made-up catalog, with what was found, what it
 * took, and what trigrams find and take for some of them.
 */
export function resolveOnMade(
  size: number,
  count: number,
  stage: Stage,
): Promise<{ figures: Figure[]; details: string[] }> {
  const catalog = makeCatalog(size);
  const made = makeMentions(catalog, count + warmUps);
  const entries = { size, id: idOf, values: catalog.entry };
  return withCatalog(stage, entries, async (loaded) => {
    const mentions = made.slice(warmUps);
    for (const { mention } of made.slice(0, warmUps)) {
      await matchMentions(loaded.pool, [mention], loaded.knowledge);
    }
    const single = await resolveEach(loaded, mentions, stage);
    const batch = await resolveTogether(loaded, mentions, single.matched);
    const found = await findCandidates(loaded, mentions);
    const rival = await lookUpWithRival(loaded, mentions.slice(0, rivalMentionsMax), stage);
    const figures = figuresOf({
      mentions,
      single,
      batch,
      found,
      rival,
    });
    const data = `${size} made-up entries`;
    return {
      figures: figures.map((one) => ({ bench: "resolve", data, ...one })),
      details: [byWay(mentions, single.matched, found), ...mistakes(mentions, single.matched)],
    };
  });
}

const idOf = (number: number): string => `wm-${String(number).padStart(8, "0")}`;

/** What some work took of the processor, here and in the server. */
type Use = { nodeMs: number; postgresMs: number };

async function useOf(loaded: Loaded, work: () => Promise<void>): Promise<Use> {
  const [before, postgresBefore] = [process.cpuUsage(), loaded.cpuSeconds()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return {
    nodeMs: (user + system) / 1000,
    postgresMs: (loaded.cpuSeconds() - postgresBefore) * 1000,
  };
}

type Single = { matched: Matched[]; wallMs: number[]; use: Use };

async function resolveEach(
  loaded: Loaded,
  mentions: MadeMention[],
  { say }: Stage,
): Promise<Single> {
  const bar = showBar("mentions resolved", mentions.length, say);
  const matched: Matched[] = [];
  const wallMs: number[] = [];
  const use = await useOf(loaded, async () => {
    for (const { mention } of mentions) {
      const began = performance.now();
      matched.push(...(await matchMentions(loaded.pool, [mention], loaded.knowledge)));
      wallMs.push(performance.now() - began);
      bar.show(matched.length);
    }
  });
  bar.end();
  return { matched, wallMs, use };
}

type Batch = { perSecond: number; differing: number; use: Use };

async function resolveTogether(
  loaded: Loaded,
  mentions: MadeMention[],
  single: Matched[],
): Promise<Batch> {
  const matched: Matched[] = [];
  const began = performance.now();
  const use = await useOf(loaded, async () => {
    const all = mentions.map(({ mention }) => mention);
    const half = Math.ceil(all.length / 2);
    // As two pages that are read at a time: the database looks up for one while the other is compared.
    const halves = [all.slice(0, half), all.slice(half)].map((some) =>
      matchMentions(loaded.pool, some, loaded.knowledge),
    );
    matched.push(...(await Promise.all(halves)).flat());
  });
  const seconds = (performance.now() - began) / 1000;
  const differing = matched.filter(
    (one, index) => JSON.stringify(one) !== JSON.stringify(single[index]),
  ).length;
  return { perSecond: mentions.length / seconds, differing, use };
}

async function findCandidates(
  { pool, knowledge }: Loaded,
  mentions: MadeMention[],
): Promise<string[][]> {
  const found: string[][] = [];
  for (let from = 0; from < mentions.length; from += batchSize) {
    const some = mentions.slice(from, from + batchSize);
    const records = some.map(({ mention }) => toRecord(mention, knowledge));
    const lists = await listCandidates(pool, records, knowledge, candidatesMax);
    found.push(...lists.map((list) => list.map(({ id }) => id as string)));
  }
  return found;
}

type RivalFound = { lists: string[][]; wallMs: number[]; use: Use };

function lookUpWithRival(
  loaded: Loaded,
  mentions: MadeMention[],
  { say }: Stage,
): Promise<RivalFound> {
  say("  building the index of trigrams\n");
  return withRival(loaded.url, candidatesMax, async (nearestTo) => {
    const bar = showBar("mentions looked up by trigrams", mentions.length, say);
    const lists: string[][] = [];
    const wallMs: number[] = [];
    const use = await useOf(loaded, async () => {
      for (const { mention } of mentions) {
        const began = performance.now();
        lists.push(await nearestTo(mention.name));
        wallMs.push(performance.now() - began);
        bar.show(lists.length);
      }
    });
    bar.end();
    return { lists, wallMs, use };
  });
}

type Measured = {
  mentions: MadeMention[];
  single: Single;
  batch: Batch;
  found: string[][];
  rival: RivalFound;
};

function figuresOf({
  mentions,
  single,
  batch,
  found,
  rival,
}: Measured): Omit<Figure, "bench" | "data">[] {
  const known = mentions.filter(({ about }) => about !== undefined).length;
  const name = `pg_trgm (% at ${similarityMin})`;
  const beside = (rivalValue: number) => ({ rival: name, rivalValue });
  const each = (ms: number, of = mentions.length) => ms / of;
  const compared = rival.lists.length;
  const told = (figure: string, value: number, unit: string) => ({ figure, value, unit });
  const wall = (share: number) => ({
    ...told(`one mention, p${share * 100}`, percentile(single.wallMs, share), "ms"),
    ...beside(percentile(rival.wallMs, share)),
  });
  return [
    wall(0.5),
    wall(0.95),
    wall(0.99),
    told("CPU of Node a mention", each(single.use.nodeMs), "ms"),
    {
      ...told("CPU of Postgres a mention", each(single.use.postgresMs), "ms"),
      ...beside(each(rival.use.postgresMs, compared)),
    },
    told("candidates a mention", sumOf(found.map((list) => list.length)) / mentions.length, "mean"),
    told(`recall at ${candidatesMax}`, recallOf(mentions, found), `share of ${known}`),
    {
      ...told(
        `recall at ${candidatesMax}, first mentions`,
        recallOf(mentions.slice(0, compared), found),
        `share of ${mentions.slice(0, compared).filter(({ about }) => about !== undefined).length}`,
      ),
      ...beside(recallOf(mentions.slice(0, compared), rival.lists)),
    },
    told(
      "called same, and rightly",
      count(mentions, single.matched, isRight) / known,
      `share of ${known}`,
    ),
    told(
      "called same, and wrongly",
      count(mentions, single.matched, isWrong),
      `of ${mentions.length}`,
    ),
    told("batch", batch.perSecond, "mentions/s"),
    told("batch, CPU of Node a mention", each(batch.use.nodeMs), "ms"),
    told("batch, CPU of Postgres a mention", each(batch.use.postgresMs), "ms"),
    told("batch, results that differ", batch.differing, `of ${mentions.length}`),
    told("memory of Node", process.memoryUsage().rss / 1e6, "MB"),
  ];
}

const sumOf = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

const percentile = (values: number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))]!;

function recallOf(mentions: MadeMention[], found: string[][]): number {
  const known = mentions.flatMap(({ about }, index) =>
    about === undefined ? [] : [found[index]!.includes(idOf(about))],
  );
  return known.filter(Boolean).length / known.length;
}

type Question = (mention: MadeMention, matched: Matched) => boolean;

const isRight: Question = ({ about }, { initiativeId }) =>
  about !== undefined && initiativeId === idOf(about);
const isWrong: Question = (made, matched) =>
  matched.initiativeId !== undefined && !isRight(made, matched);

const count = (mentions: MadeMention[], matched: Matched[], question: Question): number =>
  mentions.filter((made, index) => question(made, matched[index]!)).length;

/** What became of the mentions, by the way in which they are written. */
function byWay(mentions: MadeMention[], matched: Matched[], found: string[][]): string {
  const ways = Map.groupBy(mentions.keys(), (index) => mentions[index]!.way);
  const rows = [...ways].map(([way, indexes]) => {
    const own = [...indexes];
    const some = own.map((index) => mentions[index]!);
    const results = own.map((index) => matched[index]!);
    const lists = own.map((index) => found[index]!);
    const recall =
      some[0]!.about === undefined ? "" : `${Math.round(1000 * recallOf(some, lists))} ‰`;
    const [right, wrong] = [count(some, results, isRight), count(some, results, isWrong)];
    return [way, `${some.length}`, recall, `${right} right`, `${wrong} wrong`];
  });
  return formatTable(rows, ["left", "right", "right", "right", "right"]);
}

function mistakes(mentions: MadeMention[], matched: Matched[]): string[] {
  return mentions.flatMap((made, index) => {
    const { match } = matched[index]!;
    if (!isWrong(made, matched[index]!)) return [];
    const { name, leadOrganization, url } = made.mention;
    const about = made.about === undefined ? "nothing there" : idOf(made.about);
    const reasons = match.reasons.map(({ text }) => text).join("; ");
    return [
      `“${name}” (${made.way}; ${leadOrganization ?? url ?? ""}) is ${about}, called ${match.initiativeId}: ${reasons}`,
    ];
  });
}
