import type { Drift, ReadingFigures, Recipe } from "@waymark/domain";
import { watchedFields } from "./reading-figures.ts";

/** A page that a run read anew, with what it said before. */
export type PageDrift = {
  url: string;
  before: ReadingFigures;
  now: ReadingFigures;
  /** Entries of the catalog that it told of, and how many of them it tells of no more. */
  entries: { before: number; gone: number };
};

/** What is known of a source when a run has read its pages. */
export type Drifting = {
  /** The source as a whole after the last runs that were taken, the newest last, and after this one. */
  past: readonly ReadingFigures[];
  now: ReadingFigures;
  pages: readonly PageDrift[];
  recipe: Recipe | undefined;
};

/**
 * How far a source may fall in one night before it is its template that changed, or a wall that was put up, and
 * not the world. Losses of one or two records are life: they never stop a run.
 */
const limits = {
  runs: 8,
  lostMin: 3,
  countDrop: 0.3,
  /** One page is one list: it loses a quarter of its entries at once more rarely than a source does a third. */
  pageCountDrop: 0.25,
  fillDrop: 0.2,
  /** A field that nobody requires: the general readers read short lists now in one way, now in another. */
  usualLostMin: 5,
  usualFill: 0.6,
  goneTogether: 0.5,
};

/**
 * In what a run found a source otherwise than it used to be. Empty: its readings can be taken. Otherwise
 * nothing that it found missing or changed may be believed until a person has looked.
 */
export function judgeDrift({ past, now, pages, recipe }: Drifting): Drift[] {
  const usual = medianOf(past.slice(-limits.runs));
  const required = requiredFields(recipe);
  return [
    ...pages.flatMap(({ url, before, now: page }) => [
      ...lostSelectors(before, page, recipe, url),
      ...compare(before, page, required, url),
    ]),
    ...lostTogether(pages),
    ...(usual ? compare(usual, now, required, undefined) : []),
    ...belowExpected(now, recipe),
  ];
}

const requiredFields = (recipe: Recipe | undefined): string[] =>
  Object.entries(recipe?.fields ?? {}).flatMap(([field, rule]) => (rule.required ? [field] : []));

/** One state of a page or source held against another: records, filling, and whether texts still differ. */
function compare(
  before: ReadingFigures,
  now: ReadingFigures,
  required: readonly string[],
  url: string | undefined,
): Drift[] {
  const where = url ? { url } : {};
  const whose = url ? `The page ${url}` : "The source";
  const lost = before.records - now.records;
  if (isLoss(lost, before.records, url ? limits.pageCountDrop : limits.countDrop)) {
    return [
      {
        code: "records",
        before: before.records,
        now: now.records,
        ...where,
        message: `${whose} told of ${before.records} efforts and tells of ${now.records} now.`,
      },
    ];
  }
  const drifts: Drift[] = [];
  for (const field of watchedFields) {
    const was = before.filled[field] ?? 0;
    const is = now.filled[field] ?? 0;
    const usual = shareOf(was, before.records);
    if (!required.includes(field) && usual < limits.usualFill) continue;
    const fell = usual - shareOf(is, now.records);
    // Records that came without the field thin it out, but nothing is lost by that.
    const lostMin = required.includes(field) ? limits.lostMin : limits.usualLostMin;
    if (fell <= limits.fillDrop || was - is < lostMin) continue;
    drifts.push({
      code: "fill",
      field,
      before: was,
      now: is,
      ...where,
      message: `${whose} gave ${field} for ${was} of ${before.records} efforts and gives it for ${is} of ${now.records} now.`,
    });
  }
  return [...drifts, ...levelled(before, now, whose, where)];
}

/** Descriptions that have become one and the same, or shrunk to a line: somebody else's text stands there. */
function levelled(
  before: ReadingFigures,
  now: ReadingFigures,
  whose: string,
  where: { url?: string },
): Drift[] {
  const was = before.filled.description ?? 0;
  const is = now.filled.description ?? 0;
  if (was < 5 || is < 5) return [];
  const field = "description";
  const same = shareOf(before.distinct, was) - shareOf(now.distinct, is);
  if (same > limits.countDrop) {
    return [
      {
        code: "distinct",
        field,
        before: before.distinct,
        now: now.distinct,
        ...where,
        message: `${whose} had ${before.distinct} different descriptions and has ${now.distinct} now.`,
      },
    ];
  }
  const length = {
    before: Math.round(before.characters / was),
    now: Math.round(now.characters / is),
  };
  if (length.now * 3 >= length.before) return [];
  return [
    {
      code: "length",
      field,
      ...length,
      ...where,
      message: `${whose} described an effort in ${length.before} characters and does so in ${length.now} now.`,
    },
  ];
}

/** Selectors of the recipe that found their field on a page and find nothing there any more. */
function lostSelectors(
  before: ReadingFigures,
  now: ReadingFigures,
  recipe: Recipe | undefined,
  url: string,
): Drift[] {
  return Object.entries(recipe?.fields ?? {}).flatMap(([field, rule]): Drift[] => {
    const was = before.byRecipe[field] ?? 0;
    const is = now.byRecipe[field] ?? 0;
    const isNeeded = rule.required || field === "name";
    if (is > 0 || was === 0 || (!isNeeded && was < limits.lostMin)) return [];
    return [
      {
        code: "selector",
        field,
        before: was,
        now: is,
        url,
        message: `The recipe found ${field} ${was} times on the page ${url} and does not find it now.`,
      },
    ];
  });
}

/** Efforts that vanish from several pages in one night: each page alone may be too small to tell. */
function lostTogether(pages: readonly PageDrift[]): Drift[] {
  const sum = (of: (page: PageDrift) => number) =>
    pages.reduce((total, page) => total + of(page), 0);
  const entries = {
    before: sum((page) => page.entries.before),
    gone: sum((page) => page.entries.gone),
  };
  if (isLoss(entries.gone, entries.before, limits.goneTogether)) {
    return [
      {
        code: "entries",
        before: entries.before,
        now: entries.before - entries.gone,
        message: `The pages that changed told of ${entries.before} entries of the catalog and tell of ${entries.before - entries.gone} now.`,
      },
    ];
  }
  const records = {
    before: sum((page) => page.before.records),
    now: sum((page) => page.now.records),
  };
  if (
    pages.length < 2 ||
    !isLoss(records.before - records.now, records.before, limits.goneTogether)
  )
    return [];
  return [
    {
      code: "records",
      ...records,
      message: `The pages that changed told of ${records.before} efforts and tell of ${records.now} now.`,
    },
  ];
}

function belowExpected(now: ReadingFigures, recipe: Recipe | undefined): Drift[] {
  const least = recipe?.expectations?.recordsMin;
  if (least === undefined || now.records >= least) return [];
  return [
    {
      code: "records",
      before: least,
      now: now.records,
      message: `The recipe expects ${least} efforts at least and the source tells of ${now.records}.`,
    },
  ];
}

const isLoss = (lost: number, of: number, share: number): boolean =>
  lost >= limits.lostMin && lost >= of * share;

const shareOf = (n: number, of: number): number => (of === 0 ? 0 : n / of);

/** What is usual: the middle of each figure, taken by itself. */
function medianOf(past: readonly ReadingFigures[]): ReadingFigures | undefined {
  if (past.length === 0) return undefined;
  const middle = (of: (figures: ReadingFigures) => number): number => {
    const sorted = past.map(of).sort((a, b) => a - b);
    return sorted[(sorted.length - 1) >> 1]!;
  };
  const each = (of: (figures: ReadingFigures) => Record<string, number>): Record<string, number> =>
    Object.fromEntries(
      [...new Set(past.flatMap((one) => Object.keys(of(one))))].map((field) => [
        field,
        middle((one) => of(one)[field] ?? 0),
      ]),
    );
  return {
    records: middle(({ records }) => records),
    filled: each(({ filled }) => filled),
    byRecipe: each(({ byRecipe }) => byRecipe),
    distinct: middle(({ distinct }) => distinct),
    characters: middle(({ characters }) => characters),
  };
}
