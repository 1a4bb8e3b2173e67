import type { Issue, RecipeField, VersionedRecipe } from "@waymark/domain";
import { keptWith } from "@waymark/normalize";
import type { ChildNode, Element } from "domhandler";
import { hrefOf } from "../lists/record-name.ts";
import { findGroups } from "../lists/records.ts";
import type { Draft } from "../mention.ts";
import type { Block, Page } from "../page/page.ts";
import type { Context } from "../page/site.ts";
import { blocksOf } from "../recipes/element-text.ts";
import { readRule } from "../recipes/recipe-value.ts";
import { findAll, untilNext } from "../recipes/select.ts";
import type { Stretch } from "../values/finding.ts";
import { draftOf } from "./listing.ts";

/** No page tells of more efforts; a selector that finds more was written for something else. */
const itemsMax = 1000;

/** What a recipe made of a page: its drafts, and what it did not find. */
export type RecipeReading = { drafts: Draft[]; issues: Issue[] };

/**
 * Reads a page by its source's recipe: every entry that `item` selects, or the page as a whole, which
 * then is laid over what the general readers found. What the recipe does not name they fill in. Without
 * drafts, the page is left to them, and an issue says so.
 */
export function readByRecipe(
  ctx: Context,
  versioned: VersionedRecipe,
  general: readonly Draft[],
  pageDraft: () => Draft,
): RecipeReading {
  const { recipe, version } = versioned;
  const entries = recipe.item ? itemsOf(ctx.page, recipe) : undefined;
  const missed = new Map<RecipeField, number>();
  const miss = (field: RecipeField) => missed.set(field, (missed.get(field) ?? 0) + 1);
  const drafts = entries
    ? entries.flatMap((nodes) => readItem(ctx, versioned, nodes, miss) ?? [])
    : readWhole(
        ctx,
        versioned,
        general.find(({ role }) => role !== "listing") ?? pageDraft(),
        miss,
      );
  const issues = [...missed].map(([field, times]) => ({
    code: "recipe-misses",
    message: `Recipe ${version} requires ${field} and does not find it in ${times} of ${drafts.length} entries.`,
  }));
  if (drafts.length > 0) return { drafts, issues };
  const what = recipe.item ? `no entry "${recipe.item}"` : "none of its fields";
  return {
    drafts,
    issues: [
      {
        code: "recipe-finds-nothing",
        message: `Recipe ${version} finds ${what} on this page, so the general readers read it.`,
      },
    ],
  };
}

/** The nodes of each entry: its element, or all up to the next one. An entry inside another is part of it. */
export function itemsOf(
  { root }: Pick<Page, "root">,
  { item, itemExtent }: VersionedRecipe["recipe"],
): ChildNode[][] {
  const found = item ? findAll(item, root.children) : [];
  const all = new Set(found);
  const outermost = found.filter((element) => !standsInAny(element, all)).slice(0, itemsMax);
  if (itemExtent !== "until-next") return outermost.map((element) => [element]);
  const kept = new Set(outermost);
  return outermost.map((element) => untilNext(element, kept));
}

function standsInAny(element: Element, others: ReadonlySet<Element>): boolean {
  for (let up = element.parent; up; up = up.parent) if (others.has(up as Element)) return true;
  return false;
}

type Read = ReturnType<typeof readRule>;

/** What each rule finds in some nodes. */
function readRules(
  ctx: Context,
  { recipe }: VersionedRecipe,
  nodes: readonly ChildNode[],
): Map<RecipeField, Read> {
  const read = new Map<RecipeField, Read>();
  for (const [name, rule] of Object.entries(recipe.fields)) {
    const field = name as RecipeField;
    const found = readRule(ctx, nodes, field, rule);
    if (found.length > 0) read.set(field, found);
  }
  return read;
}

/** Tells the required fields that were not found. */
function tellMissing(
  { recipe }: VersionedRecipe,
  read: ReadonlyMap<RecipeField, Read>,
  miss: (field: RecipeField) => void,
): void {
  for (const [name, rule] of Object.entries(recipe.fields)) {
    const field = name as RecipeField;
    if (rule.required && !read.has(field)) miss(field);
  }
}

/** One entry; what shows no name is none. */
function readItem(
  ctx: Context,
  versioned: VersionedRecipe,
  nodes: ChildNode[],
  miss: (field: RecipeField) => void,
): Draft | undefined {
  const read = readRules(ctx, versioned, nodes);
  const name = read.get("name")?.[0]?.stretch;
  const general = name && generalDraft(ctx, nodes, name);
  if (!general) return undefined;
  tellMissing(versioned, read, miss);
  return layOver(general, read);
}

/** What the general readers make of an entry whose name and place are known; nothing of one that shows no text. */
function generalDraft(ctx: Context, nodes: ChildNode[], name: Stretch): Draft | undefined {
  const blocks = blocksOf(ctx.page, nodes);
  const nameBlock = blocks.find((block) => block === name.of) ?? blocks[0];
  if (!nameBlock) return undefined;
  const columns = columnsAt(ctx, nameBlock);
  return draftOf(ctx, { name, nameBlock, href: hrefOf(blocks, nameBlock), blocks, columns });
}

/** A row of a table has its labels at the head of the table. */
const columnsAt = ({ page }: Context, nameBlock: Block) => columnsOf(page).get(nameBlock) ?? [];

const columnsOf = keptWith((page: Page) => {
  const tables = findGroups(page).filter(({ form }) => form === "table");
  return new Map(
    tables.flatMap(({ records }) => records.map((one) => [one.nameBlock, one.columns])),
  );
});

function readWhole(
  ctx: Context,
  versioned: VersionedRecipe,
  general: Draft,
  miss: (field: RecipeField) => void,
): Draft[] {
  const read = readRules(ctx, versioned, ctx.page.root.children);
  if (read.size === 0) return [];
  tellMissing(versioned, read, miss);
  return [layOver(general, read)];
}

/** Where the recipe found a field, its word replaces that of the general readers. */
function layOver(draft: Draft, read: Map<RecipeField, Read>): Draft {
  const name = read.get("name")?.[0]?.stretch;
  const url = read.get("url")?.[0]?.finding.value;
  const others = draft.findings.filter(({ field }) => !read.has(field as RecipeField));
  const found = [...read]
    .filter(([field]) => field !== "name")
    .flatMap(([, values]) => values.map(({ finding }) => finding));
  return {
    ...draft,
    ...(name && { name, nameMethod: "recipe" as const }),
    ...(url && { url }),
    findings: [...found, ...others],
  };
}
