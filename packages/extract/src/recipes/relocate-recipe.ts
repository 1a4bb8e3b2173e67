import {
  type Document,
  emptyKnowledge,
  type FieldRule,
  type Fingerprint,
  type Fingerprints,
  type Recipe,
  type RecipeField,
} from "@waymark/domain";
import { foldName } from "@waymark/normalize";
import { type ChildNode, type Element, isTag } from "domhandler";
import type { Block, Page } from "../page/page.ts";
import { pageOf } from "../page/page-of.ts";
import { type Context, contextOf } from "../page/site.ts";
import { itemsOf } from "../readers/recipe.ts";
import { wordsOf } from "../values/finding.ts";
import { entriesAround } from "./entry.ts";
import {
  fingerprintOf,
  inlineLabel,
  isKnownText,
  likeness,
  type Told,
  textOf,
} from "./fingerprint.ts";
import { isRecipeFor } from "./recipe.ts";
import { readRule } from "./recipe-value.ts";
import { faultOfSelector, findAll } from "./select.ts";
import { selectorOfAll, selectorsFor } from "./selector-for.ts";

/** A selector that finds nothing any more, and the one that finds what is most like it. */
export type Relocation = {
  place: "item" | RecipeField;
  from: string;
  to: string;
  /** How like the elements are to what the old one found: 1 is the very same. */
  likeness: number;
};

/** What is less like than this is somebody else's element. */
const likenessMin = 0.6;

/** What each selector of a recipe finds on a page, kept so that it can be found again; undefined where it finds nothing. */
export function fingerprintRecipe(document: Document, recipe: Recipe): Fingerprints | undefined {
  if (!isRecipeFor(recipe, document.url)) return undefined;
  const page = pageOf(document);
  const ctx = contextOf(page, emptyKnowledge);
  const entries = recipe.item ? itemsOf(page, recipe) : [page.root.children];
  if (entries.length === 0) return undefined;
  const prints: Fingerprints = {};
  const item =
    recipe.item &&
    fingerprintOf(
      page,
      entries.flatMap((nodes) =>
        nodes
          .filter(isTag)
          .slice(0, 1)
          .map((element) => ({ element, words: textOf(page, element) })),
      ),
    );
  if (item) prints.item = item;
  for (const [field, rule] of Object.entries(recipe.fields)) {
    const print = fingerprintOf(
      page,
      entries.flatMap((nodes) => firstFound(ctx, nodes, field as RecipeField, rule) ?? []),
    );
    if (print) prints[field as RecipeField] = print;
  }
  return prints;
}

/**
 * A recipe whose lost selectors are replaced by ones that find, on the page as it is now, what is most like
 * what they used to find. For a person to look at: it is never used by itself. Without relocations where
 * nothing is lost, or nothing is like enough.
 */
export function relocateRecipe(
  document: Document,
  recipe: Recipe,
  prints: Fingerprints,
): { recipe: Recipe; relocations: Relocation[] } {
  const page = pageOf(document);
  const ctx = contextOf(page, emptyKnowledge);
  const relocations: Relocation[] = [];
  let moved = recipe;
  if (recipe.item && itemsOf(page, recipe).length === 0) {
    const item = relocateItem(page, recipe, prints);
    if (!item) return { recipe, relocations };
    relocations.push({
      place: "item",
      from: recipe.item,
      to: item.recipe.item!,
      likeness: item.likeness,
    });
    moved = item.recipe;
  }
  const entries = moved.item ? itemsOf(page, moved) : [page.root.children];
  const isInsideEntry = moved.item !== undefined;
  const fields = { ...moved.fields };
  for (const [name, rule] of Object.entries(recipe.fields)) {
    const field = name as RecipeField;
    const print = prints[field];
    if (!print || isStillFound(ctx, entries, field, rule, print)) continue;
    const found = relocateField(ctx, entries, { field, rule, print, isInsideEntry });
    if (!found) continue;
    fields[field] = { ...rule, ...found.rule };
    relocations.push({
      place: field,
      from: rule.selectors[0]!,
      to: found.rule.selectors[0]!,
      likeness: found.likeness,
    });
  }
  return { recipe: { ...moved, fields }, relocations };
}

/** The first element in which a rule finds a value, with the words of the value. */
function firstFound(
  ctx: Context,
  nodes: readonly ChildNode[],
  field: RecipeField,
  rule: FieldRule,
): Told | undefined {
  for (const selector of rule.selectors) {
    for (const element of findAll(selector, nodes)) {
      const words = valueIn(ctx, element, field, rule.transforms);
      if (words) return { element, words };
    }
  }
  return undefined;
}

/** The words that a field's value has in one element. */
function valueIn(
  ctx: Context,
  element: Element,
  field: RecipeField,
  transforms: FieldRule["transforms"],
): string | undefined {
  const rule = { selectors: [element.name], ...(transforms && { transforms }) };
  const found = readRule(ctx, [element], field, rule);
  return found.length > 0 ? found.map(({ stretch }) => wordsOf(stretch)).join(" | ") : undefined;
}

/** Whether a field is found in about as many entries as it used to be. */
function isStillFound(
  ctx: Context,
  entries: readonly ChildNode[][],
  field: RecipeField,
  rule: FieldRule,
  print: Fingerprint,
): boolean {
  const found = entries.filter((nodes) => readRule(ctx, nodes, field, rule).length > 0).length;
  return found * 2 >= Math.min(print.found, entries.length);
}

/** Entries stand around their names, which are known; where none of these is there any more, by what they look like. */
function relocateItem(
  page: Page,
  recipe: Recipe,
  prints: Fingerprints,
): { recipe: Recipe; likeness: number } | undefined {
  const { itemExtent: _before, ...rest } = recipe;
  const names = prints.name && namesOn(page, prints.name);
  const around = names && names.length >= 2 ? entriesAround(page, names) : undefined;
  const elements = around?.entries.map(({ element }) => element) ?? alike(page, prints.item);
  const found = elements.length >= 2 ? selectorOfAll(page.root, elements) : undefined;
  if (!found || found.fit < 0.5) return undefined;
  // Names that stand flat among their texts are entries of one line.
  const isFlat =
    around?.entries.every(({ element }) => holdsNameAlone(page, element, prints.name!)) ?? false;
  const known = around
    ? names!.length / Math.min(prints.name!.texts.length, prints.name!.found)
    : 0;
  return {
    recipe: { ...rest, item: found.selector, ...(isFlat && { itemExtent: "until-next" as const }) },
    likeness: round(
      around ? Math.min(1, known) * found.fit : meanLikeness(page, elements, prints.item!),
    ),
  };
}

const holdsNameAlone = (page: Page, element: Element, print: Fingerprint): boolean =>
  isKnownText(textOf(page, element), print);

/** The lines that hold names which were seen before, each once. */
function namesOn(page: Page, print: Fingerprint): Block[] {
  const seen = new Set<string>();
  return page.blocks.filter((block) => {
    const isName = [
      block.text,
      ...block.spans.map(({ from, to }) => block.text.slice(from, to)),
    ].find((text) => isKnownText(text, print));
    const name = isName && foldName(isName);
    return name !== undefined && !seen.has(name) && seen.add(name);
  });
}

/** Elements that look like entries used to look, none inside another. */
function alike(page: Page, print: Fingerprint | undefined): Element[] {
  if (!print) return [];
  const found: Element[] = [];
  const walk = (nodes: readonly ChildNode[]): void => {
    for (const node of nodes) {
      if (!isTag(node)) continue;
      if (likeness(page, { element: node, words: textOf(page, node) }, print) >= likenessMin)
        found.push(node);
      else walk(node.children);
    }
  };
  walk(page.root.children);
  return found;
}

/** The rule that finds, in most entries, what is most like that which was lost. */
function relocateField(
  ctx: Context,
  entries: readonly ChildNode[][],
  lost: Lost,
): { rule: FieldRule; likeness: number } | undefined {
  const found = entries.flatMap((nodes) => {
    const best = mostAlike(ctx, nodes, lost);
    return best ? [{ ...best, nodes }] : [];
  });
  if (found.length * 2 < Math.min(entries.length, lost.print.found)) return undefined;
  const candidates = new Map<string, FieldRule>();
  for (const { element, nodes, transforms } of found.slice(0, 20)) {
    for (const selector of selectorsFor(element, new Set(nodes as Element[]))) {
      if (faultOfSelector(selector, lost)) continue;
      const rule = { selectors: [selector], ...(transforms && { transforms }) };
      candidates.set(JSON.stringify(rule), rule);
    }
  }
  const ranked = [...candidates.values()]
    .map((rule) => ({
      rule,
      right: found.filter(
        ({ nodes, words }) => firstFound(ctx, nodes, lost.field, rule)?.words === words,
      ).length,
    }))
    .toSorted((a, b) => b.right - a.right);
  const best = ranked[0];
  if (!best || best.right * 2 < found.length) return undefined;
  return {
    rule: best.rule,
    likeness: round(found.reduce((sum, one) => sum + one.likeness, 0) / found.length),
  };
}

type Lost = {
  field: RecipeField;
  rule: FieldRule;
  print: Fingerprint;
  /** Whether the recipe selects entries, within which siblings may be counted. */
  isInsideEntry: boolean;
};

/** The element of an entry that is most like a lost one, with how its value is cut out of it. */
function mostAlike(
  ctx: Context,
  nodes: readonly ChildNode[],
  { field, rule, print }: Lost,
): (Told & { likeness: number; transforms: FieldRule["transforms"] }) | undefined {
  let best: (Told & { likeness: number; transforms: FieldRule["transforms"] }) | undefined;
  for (const element of findAll("*", nodes).slice(0, 400)) {
    for (const transforms of waysToCut(ctx.page, element, rule)) {
      // What holds no value of this kind cannot be where it stands.
      const words = valueIn(ctx, element, field, transforms);
      if (!words) continue;
      const score = likeness(ctx.page, { element, words }, print);
      if (score < likenessMin || (best && score <= best.likeness)) continue;
      best = { element, words, likeness: score, transforms };
    }
  }
  return best;
}

/** As before; and where a label stands before the value now, behind that. */
function waysToCut(
  page: Page,
  element: Element,
  { transforms }: FieldRule,
): FieldRule["transforms"][] {
  const label = inlineLabel(page, element);
  return label ? [transforms, [{ after: label }]] : [transforms];
}

const meanLikeness = (page: Page, elements: readonly Element[], print: Fingerprint): number =>
  elements.reduce(
    (sum, element) => sum + likeness(page, { element, words: textOf(page, element) }, print),
    0,
  ) / elements.length;

const round = (share: number): number => Math.round(share * 100) / 100;
