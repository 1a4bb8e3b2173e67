import {
  type Document,
  emptyKnowledge,
  type Mention,
  type Reading,
  type Recipe,
  type RecipeField,
} from "@waymark/domain";
import {
  decodeSource,
  fingerprintRecipe,
  type Relocation,
  readDocument,
  relocateRecipe,
  skimPage,
} from "@waymark/extract";
import { foldName } from "@waymark/normalize";
import { figuresOf, judgeDrift } from "@waymark/review";
import { selectAll } from "css-select";
import type { AnyNode, Element } from "domhandler";
import { parseDocument } from "htmlparser2";
import { chanceFrom, type Mutation, mutations } from "./drift-mutations.ts";
import { type ListPage, listLabelledPages, listWorldPages } from "./drift-pages.ts";
import type { Figure } from "./figure.ts";

/** One page after one mutation, read in one way. */
type Case = {
  url: string;
  mutation: string;
  way: "general readers" | "recipe";
  records: number;
  /** Efforts that the page told of and that are not read any more. */
  lost: string[];
  /** Too few are lost to be told from life. */
  isBelowGuard: boolean;
  noticed: boolean;
  keepsAll: boolean;
  because: string;
};

type Moved = {
  url: string;
  mutation: string;
  place: Relocation["place"];
  likeness: number | undefined;
  right: boolean;
};

/**
 * The mutation suite: what becomes of listing pages overnight, whether the product's own judgement notices
 * every loss, and whether lost selectors are found again. One seed, the same mutations every time.
 */
export async function benchDrift({
  pages,
  labels,
  worlds,
}: {
  pages: string | undefined;
  labels: string | undefined;
  worlds: string[];
}): Promise<{ figures: Figure[]; details: string[] }> {
  const figures: Figure[] = [];
  const details: string[] = [];
  const sets: [string, () => Promise<ListPage[]>][] = [
    ...(pages && labels
      ? [
          ["labelled pages", () => listLabelledPages(pages, labels)] as [
            string,
            () => Promise<ListPage[]>,
          ],
        ]
      : []),
    ...worlds.map((folder): [string, () => Promise<ListPage[]>] => [
      `world ${folder.split("/").at(-1)}`,
      () => listWorldPages(folder),
    ]),
  ];
  for (const [data, list] of sets) {
    const listed = await list();
    const cases: Case[] = [];
    const moved: Moved[] = [];
    for (const [index, page] of listed.entries()) {
      for (const [place, mutation] of mutations.entries()) {
        const found = await tryMutation(page, mutation, chanceFrom(1000 * index + place));
        cases.push(...found.cases);
        moved.push(...found.moved);
      }
    }
    figures.push(...figuresFor(data, listed, cases, moved));
    details.push(...describe(data, cases, moved));
  }
  return { figures, details };
}

async function tryMutation(
  page: ListPage,
  mutation: Mutation,
  chance: () => number,
): Promise<{ cases: Case[]; moved: Moved[] }> {
  const { document, recipe } = page;
  // Without a recipe nobody knows where an entry begins; what replaces the whole page needs none.
  const html = mutation.mutate(
    { html: decodeSource(document), recipe: recipe ?? { fields: {} } },
    chance,
  );
  if (html === undefined || (!recipe && (mutation.keepsAll || mutation.name.includes("dropped")))) {
    return { cases: [], moved: [] };
  }
  const after: Document = {
    url: document.url,
    bytes: Buffer.from(html),
    contentType: "text/html; charset=utf-8",
  };
  const cases = [await judge(page.reading, after, mutation, document.url, undefined)];
  if (!recipe) return { cases, moved: [] };
  const before = await readDocument(document, emptyKnowledge, { version: 1, recipe });
  cases.push(await judge(before, after, mutation, document.url, recipe));
  return {
    cases,
    moved: mutation.keepsAll ? await tryRelocation(document, after, recipe, mutation, before) : [],
  };
}

/** What the crawler and the pipeline would make of the page: its verdict first, then the judgement of its reading. */
async function judge(
  before: Reading,
  document: Document,
  { name, keepsAll }: Mutation,
  url: string,
  recipe: Recipe | undefined,
): Promise<Case> {
  const { verdict } = skimPage(document);
  const reading = await readDocument(document, emptyKnowledge, recipe && { version: 1, recipe });
  const was = figuresOf(before.mentions);
  const now = figuresOf(reading.mentions);
  const drifts = judgeDrift({
    past: [was],
    now,
    pages: [{ url, before: was, now, entries: { before: 0, gone: 0 } }],
    recipe,
  });
  const left = new Set(reading.mentions.map((mention) => foldName(mention.name)));
  const lost = before.mentions
    .filter((mention) => !left.has(foldName(mention.name)))
    .map((one) => one.name);
  const isNoPage = verdict !== "page";
  return {
    url,
    mutation: name,
    way: recipe ? "recipe" : "general readers",
    records: before.mentions.length,
    lost,
    isBelowGuard: lost.length < 3 && drifts.length === 0 && !isNoPage,
    noticed: isNoPage || drifts.length > 0,
    keepsAll,
    because: isNoPage
      ? verdict
      : drifts.map(({ code, field }) => (field ? `${code} ${field}` : code)).join(", "),
  };
}

/** Every selector that finds less than half of what it found, and whether the one put in its place finds it. */
async function tryRelocation(
  document: Document,
  after: Document,
  recipe: Recipe,
  { name }: Mutation,
  before: Reading,
): Promise<Moved[]> {
  const broken = brokenSelectors(recipe, decodeSource(document), decodeSource(after));
  if (broken.length === 0) return [];
  const prints = fingerprintRecipe(document, recipe) ?? {};
  const relocated = relocateRecipe(after, recipe, prints);
  const reading = await readDocument(after, emptyKnowledge, {
    version: 2,
    recipe: relocated.recipe,
  });
  return broken.map((place) => ({
    url: document.url,
    mutation: name,
    place,
    likeness: relocated.relocations.find((one) => one.place === place)?.likeness,
    right: readsTheSame(before.mentions, reading.mentions, place === "item" ? "name" : place),
  }));
}

function brokenSelectors(recipe: Recipe, before: string, after: string): Relocation["place"][] {
  const roots = [before, after].map((html) => parseDocument(html).children);
  const finds = (selectors: readonly string[]) =>
    roots.map((root) =>
      Math.max(...selectors.map((one) => selectAll<AnyNode, Element>(one, root).length)),
    );
  const isBroken = (selectors: readonly string[]) => {
    const [was, is] = finds(selectors) as [number, number];
    return was > 0 && is * 2 < was;
  };
  return [
    ...(recipe.item && isBroken([recipe.item]) ? ["item" as const] : []),
    ...Object.entries(recipe.fields).flatMap(([field, rule]) =>
      isBroken(rule.selectors) ? [field as RecipeField] : [],
    ),
  ];
}

/** Whether at least nine of ten values that a recipe found are found by a recipe again, each for its effort. */
function readsTheSame(
  before: readonly Mention[],
  after: readonly Mention[],
  field: RecipeField,
): boolean {
  const valuesOf = (mentions: readonly Mention[]) =>
    new Map(
      mentions.flatMap(({ name, evidence }) => {
        const values = evidence
          .filter((one) => one.field === field && one.method === "recipe")
          .map(({ value }) => value);
        return values.length > 0 ? [[foldName(name), values.toSorted().join(" | ")]] : [];
      }),
    );
  const was = valuesOf(before);
  const is = valuesOf(after);
  const same = [...was].filter(([name, value]) => is.get(name) === value).length;
  return was.size > 0 && same >= was.size * 0.9;
}

function figuresFor(
  data: string,
  pages: readonly ListPage[],
  cases: readonly Case[],
  moved: readonly Moved[],
): Figure[] {
  const figures: Figure[] = [];
  const add = (figure: string, value: number, unit: string) =>
    figures.push({ bench: "drift", figure, value, unit, data });
  add("listing pages", pages.length, "pages");
  add("recipes proposed", pages.filter(({ recipe }) => recipe).length, "pages");
  for (const way of ["general readers", "recipe"] as const) {
    const own = cases.filter((one) => one.way === way);
    const losing = own.filter((one) => one.lost.length > 0 && !one.isBelowGuard);
    const noticed = losing.filter((one) => one.noticed);
    add(
      `${way}: losses noticed`,
      losing.length > 0 ? noticed.length / losing.length : 1,
      `share of ${losing.length} cases`,
    );
    const removed = losing
      .filter((one) => !one.noticed)
      .reduce((sum, one) => sum + one.lost.length, 0);
    add(`${way}: false removals`, removed, "efforts");
    const small = own.filter((one) => one.isBelowGuard && one.lost.length > 0);
    add(`${way}: losses of one or two, below the guard`, small.length, "cases");
    // A recipe that has lost its selectors is not read any more, whoever reads the page in its place.
    const harmless = own.filter(
      (one) => one.keepsAll && one.lost.length === 0 && !one.because.includes("selector"),
    );
    const alarms = harmless.filter((one) => one.noticed);
    add(`${way}: held back with nothing lost`, alarms.length, `of ${harmless.length} cases`);
  }
  for (const mutation of mutations) {
    const own = moved.filter((one) => one.mutation === mutation.name);
    if (own.length === 0) continue;
    add(
      `selectors found again: ${mutation.name}`,
      own.filter(({ right }) => right).length / own.length,
      `share of ${own.length}`,
    );
  }
  const right = moved.filter((one) => one.right).length;
  add(
    "selectors found again",
    moved.length > 0 ? right / moved.length : 1,
    `share of ${moved.length}`,
  );
  return figures;
}

function describe(data: string, cases: readonly Case[], moved: readonly Moved[]): string[] {
  return [
    `== ${data}`,
    ...cases.map(
      (one) =>
        `${one.noticed ? "held" : one.lost.length > 0 ? "LOST" : "same"}  ${one.mutation}, ${one.way}: ${one.lost.length} of ${one.records} lost  ${one.because}  ${one.url}`,
    ),
    ...moved.map(
      (one) =>
        `${one.right ? "found" : "MISSED"}  ${one.mutation}: ${one.place} ${one.likeness ?? "–"}  ${one.url}`,
    ),
  ];
}
