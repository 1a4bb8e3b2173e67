import {
  type Document,
  type FieldRule,
  type Knowledge,
  type Mention,
  type Recipe,
  type RecipeField,
  type RecipeTransform,
  recipeFields,
} from "@waymark/domain";
import { canonicalAddress, foldName } from "@waymark/normalize";
import { type ChildNode, type Element, isTag } from "domhandler";
import type { ListRecord } from "../lists/records.ts";
import { toMention } from "../mention.ts";
import type { Page } from "../page/page.ts";
import { pageOf } from "../page/page-of.ts";
import { type Context, contextOf } from "../page/site.ts";
import { draftOf, listedEfforts } from "../readers/listing.ts";
import { itemsOf } from "../readers/recipe.ts";
import { wordsOf } from "../values/finding.ts";
import { linkOf } from "./element-text.ts";
import { type Entry, entriesAround } from "./entry.ts";
import { readRule } from "./recipe-value.ts";
import { rankOf, selectorOfAll, selectorsFor } from "./selector-for.ts";

/** An entry of a list with what the general readers say of it. */
type KnownEntry = Entry & { mention: Mention; name: string };

/** How often a selector must say what the general readers say, and how many entries must have the field. */
const agreementMin = 0.8;
const shareMin = 0.3;
/** At least so much of what a recipe reads must be what the general readers read. */
const fitMin = 0.5;

/**
 * A recipe for the list of efforts on a page: the selector of its entries, and of each field that stands in the
 * same place in most of them. Undefined where the page has no list of at least two efforts.
 */
export function proposeRecipe(document: Document, knowledge: Knowledge): Recipe | undefined {
  const page = pageOf(document);
  const ctx = contextOf(page, knowledge);
  const list = listedEfforts(ctx).toSorted((a, b) => b.length - a.length)[0];
  if (!list || list.length < 2) return undefined;
  const { entries, isFlat } = entriesOf(ctx, list);
  const item = selectorOfAll(
    page.root,
    entries.map(({ element }) => element),
  );
  if (!item) return undefined;
  const fields: Recipe["fields"] = {};
  for (const field of recipeFields) {
    const rule = ruleFor(ctx, entries, field);
    if (rule) fields[field] = rule;
  }
  if (!fields.name) return undefined;
  const { pathname } = new URL(document.url);
  const recipe: Recipe = {
    match: [pathname, `${pathname}?*`],
    item: item.selector,
    ...(isFlat && { itemExtent: "until-next" as const }),
    fields,
  };
  // What the selector finds besides is no entry where it shows no name.
  const named = itemsOf(page, recipe).filter(
    (nodes) => readRule(ctx, nodes, "name", fields.name!).length > 0,
  );
  return named.length * fitMin <= list.length ? recipe : undefined;
}

function entriesOf(
  ctx: Context,
  list: readonly ListRecord[],
): { entries: KnownEntry[]; isFlat: boolean } {
  const ends = new Map(
    list.map(({ nameBlock, blocks }) => [nameBlock, (blocks.at(-1)?.index ?? 0) + 1]),
  );
  const { entries, isFlat } = entriesAround(
    ctx.page,
    list.map(({ nameBlock }) => nameBlock),
    (name) => ends.get(name) ?? 0,
  );
  return {
    isFlat,
    entries: entries.map((entry, index) => {
      const record = list[index]!;
      const { mention } = toMention(ctx, draftOf(ctx, record));
      return { ...entry, mention, name: wordsOf(record.name) };
    }),
  };
}

/** The rule that says of most entries what the general readers say, if there is one. */
function ruleFor(
  ctx: Context,
  entries: readonly KnownEntry[],
  field: RecipeField,
): FieldRule | undefined {
  const telling = entries.filter((entry) => toldValue(entry, field) !== undefined);
  if (telling.length < 2 || telling.length < entries.length * shareMin) return undefined;
  const rules = candidatesFor(ctx, telling, field)
    .map((rule) => ({ rule, agreement: agreementOf(ctx, telling, field, rule) }))
    .filter(({ agreement }) => agreement >= agreementMin)
    .toSorted((a, b) => b.agreement - a.agreement || firstRank(a.rule) - firstRank(b.rule));
  const best = rules[0];
  if (!best) return undefined;
  // A second way to the same value, by other marks, may outlive the first.
  const other = rules.find(
    ({ rule }) =>
      firstRank(rule) !== firstRank(best.rule) &&
      JSON.stringify(rule.transforms) === JSON.stringify(best.rule.transforms),
  );
  const isRequired =
    field === "name" || (telling.length >= entries.length * 0.9 && field === "description");
  return {
    ...best.rule,
    selectors: [...best.rule.selectors, ...(other?.rule.selectors ?? [])],
    ...(isRequired && { required: true }),
  };
}

const firstRank = ({ selectors }: FieldRule): number => rankOf(selectors[0]!);

const toldValue = ({ mention, name }: KnownEntry, field: RecipeField): string | undefined => {
  if (field === "name") return name;
  const value = mention[field];
  return Array.isArray(value)
    ? value.length > 0
      ? value.toSorted().join(" | ")
      : undefined
    : (value ?? undefined);
};

/** Selectors of the elements that hold the values, those of most entries first, each with its label cut off. */
function candidatesFor(
  ctx: Context,
  telling: readonly KnownEntry[],
  field: RecipeField,
): FieldRule[] {
  const votes = new Map<string, { rule: FieldRule; n: number }>();
  for (const entry of telling) {
    const element = elementOf(ctx.page, entry, field);
    if (!element) continue;
    const within = new Set(entry.nodes as Element[]);
    for (const transforms of transformsFor(ctx.page, entry, field)) {
      for (const selector of selectorsFor(element, within)) {
        const rule: FieldRule = {
          selectors: [selector],
          ...(transforms.length > 0 && { transforms }),
        };
        const key = JSON.stringify(rule);
        const vote = votes.get(key);
        if (vote) vote.n += 1;
        else votes.set(key, { rule, n: 1 });
      }
    }
  }
  return [...votes.values()]
    .toSorted((a, b) => b.n - a.n)
    .slice(0, 30)
    .map(({ rule }) => rule);
}

/** The smallest element of an entry that holds the proof of a field. */
function elementOf(page: Page, entry: KnownEntry, field: RecipeField): Element | undefined {
  if (field === "url") return linkTo(page, entry);
  const proof = entry.mention.evidence.find((one) => one.field === field);
  if (!proof) return undefined;
  let found: Element | undefined;
  let nodes: readonly ChildNode[] = entry.nodes;
  for (;;) {
    const inner = nodes.find(
      (node): node is Element =>
        isTag(node) &&
        (node.startIndex ?? 0) <= proof.start &&
        (node.endIndex ?? 0) + 1 >= proof.end,
    );
    if (!inner) return found;
    found = inner;
    nodes = inner.children;
  }
}

function linkTo(page: Page, { nodes, mention }: KnownEntry): Element | undefined {
  const leads = (element: Element) =>
    canonicalAddress(
      (linkOf(element)?.attribs.href ?? "").replaceAll("&amp;", "&"),
      page.head.base ?? page.url,
    ) === mention.url;
  for (const node of nodes) {
    if (!isTag(node) || !leads(node)) continue;
    const link = linkOf(node);
    if (link && (link === node || isInside(link, node))) return link;
  }
  return undefined;
}

function isInside(element: Element, outer: Element): boolean {
  for (let up = element.parent; up; up = up.parent) if (up === outer) return true;
  return false;
}

/** The label that stands before a value in its own line, to be cut off; and nothing to be cut off. */
function transformsFor(
  page: Page,
  { mention }: KnownEntry,
  field: RecipeField,
): RecipeTransform[][] {
  const proof = mention.evidence.find((one) => one.field === field);
  const label = /^([^:]{2,40}):\s/.exec(proof?.quote ?? "")?.[1];
  if (!proof || field === "name" || field === "url" || field === "description") return [[]];
  return label && page.source.includes(label) ? [[{ after: label }], []] : [[]];
}

/** In how many of the entries a rule says what the general readers say. */
function agreementOf(
  ctx: Context,
  telling: readonly KnownEntry[],
  field: RecipeField,
  rule: FieldRule,
): number {
  const same = telling.filter((entry) => {
    const found = readRule(ctx, entry.nodes, field, rule);
    // Of a paragraph the general readers may have taken another sentence.
    if (field === "description")
      return found[0]?.stretch.of.text.includes(toldValue(entry, field)!) ?? false;
    const values =
      field === "name"
        ? found.map(({ stretch }) => wordsOf(stretch))
        : found.map(({ finding }) => finding.value);
    return (
      foldName([...new Set(values)].toSorted().join(" | ")) === foldName(toldValue(entry, field)!)
    );
  });
  return same.length / telling.length;
}
