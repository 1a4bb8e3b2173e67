import { toRecord } from "@waymark/normalize";
import { listCandidates, type Matched, matchMentions } from "@waymark/pipeline";
import { showBar } from "./bar.ts";
import type { Figure } from "./figure.ts";
import { makeCatalog } from "./resolve-catalog.ts";
import { detailsOf, figuresOf, idOf } from "./resolve-figures.ts";
import { type MadeMention, makeMentions } from "./resolve-mentions.ts";
import { withRival } from "./resolve-rival.ts";
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
    const measured = { catalog, mentions, single, batch, found, rival };
    const figures = figuresOf(measured);
    const data = `${size} made-up entries`;
    return {
      figures: figures.map((one) => ({ bench: "resolve", data, ...one })),
      details: detailsOf(measured),
    };
  });
}

/** What some work took of the processor, here and in the server. */
export type Use = { nodeMs: number; postgresMs: number };

async function useOf(loaded: Loaded, work: () => Promise<void>): Promise<Use> {
  const [before, postgresBefore] = [process.cpuUsage(), loaded.cpuSeconds()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return {
    nodeMs: (user + system) / 1000,
    postgresMs: (loaded.cpuSeconds() - postgresBefore) * 1000,
  };
}

export type Single = { matched: Matched[]; wallMs: number[]; use: Use };

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

export type Batch = { perSecond: number; differing: number; use: Use };

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

export type RivalFound = { lists: string[][]; wallMs: number[]; use: Use };

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
