import type { FieldRule, RecipeField, RecipeTransform } from "@waymark/domain";
import { canonicalAddress, findDates, findStates } from "@waymark/normalize";
import type { ChildNode, Element } from "domhandler";
import type { Context } from "../page/site.ts";
import { firstWords } from "../values/description.ts";
import { type Finding, proves, type Stretch, within, wordsOf } from "../values/finding.ts";
import { statusOf } from "../values/life-signs.ts";
import { readOrganization, splitOrganizations } from "../values/organization-list.ts";
import { sentencesOf } from "../values/sentence.ts";
import { attributeOf, linkOf, stretchesOf } from "./element-text.ts";
import { findAll } from "./select.ts";

/** Somebody looked at the page and said where the value stands. */
const sure = 0.95;
const elementsMax = 60;

const setFields: ReadonlySet<string> = new Set(["aliases", "funders", "partners", "states"]);

/** What the first selector of a rule that finds a value says of a field; an empty list where none does. */
export function readRule(
  ctx: Context,
  nodes: readonly ChildNode[],
  field: RecipeField,
  rule: FieldRule,
): { stretch: Stretch; finding: Finding }[] {
  for (const selector of rule.selectors) {
    const found = findAll(selector, nodes)
      .slice(0, elementsMax)
      .flatMap((element) => textsOf(ctx, element, field, rule.transforms ?? []))
      .flatMap((stretch) => valuesOf(ctx, field, stretch, rule));
    if (found.length > 0) return setFields.has(field) ? found : found.slice(0, 1);
  }
  return [];
}

/** The texts of an element that a value is read out of, its transforms carried out in order. */
function textsOf(
  ctx: Context,
  element: Element,
  field: RecipeField,
  transforms: readonly RecipeTransform[],
): Stretch[] {
  const named = transforms.find((one) => "attribute" in one);
  const link = field === "url" && !named ? linkOf(element) : undefined;
  const attribute = named
    ? attributeOf(ctx.page, element, named.attribute)
    : link && attributeOf(ctx.page, link, "href");
  const texts = attribute ? [attribute] : named ? [] : stretchesOf(ctx.page, [element]);
  return transforms
    .reduce<Stretch[]>(
      (stretches, transform) => stretches.flatMap((one) => carryOut(transform, one)),
      texts,
    )
    .filter(({ from, to }) => to > from);
}

function carryOut(transform: RecipeTransform, stretch: Stretch): Stretch[] {
  const text = wordsOf(stretch);
  if ("after" in transform) {
    const at = text.toLowerCase().indexOf(transform.after.toLowerCase());
    const from = at + transform.after.length;
    // The colon between a label and its value belongs to neither.
    const gap = at < 0 ? 0 : /^\s*:?\s*/.exec(text.slice(from))![0].length;
    return at < 0 ? [] : [within(stretch, from + gap, text.length)];
  }
  if ("before" in transform) {
    const at = text.toLowerCase().indexOf(transform.before.toLowerCase());
    return [at < 0 ? stretch : within(stretch, 0, at)];
  }
  if ("split" in transform) {
    let from = 0;
    return text.split(transform.split).map((part) => {
      const piece = within(stretch, from, from + part.length);
      from += part.length + transform.split.length;
      return piece;
    });
  }
  return [stretch];
}

/** A text read as a value of its field; nothing where it is none. */
function valuesOf(
  ctx: Context,
  field: RecipeField,
  stretch: Stretch,
  { transforms = [] }: FieldRule,
): { stretch: Stretch; finding: Finding }[] {
  const text = wordsOf(stretch);
  const found = (value: string, at = stretch) => ({
    stretch: at,
    finding: proves(field, value, at, "recipe", sure),
  });
  switch (field) {
    case "url": {
      const url = canonicalAddress(text, ctx.page.head.base ?? ctx.page.url);
      return url ? [found(url)] : [];
    }
    case "description": {
      const told = sentencesOf(stretch.of).filter(
        ({ from, to }) => from >= stretch.from && to <= stretch.to,
      );
      const words = told.length > 0 ? firstWords(told) : stretch;
      return [found(wordsOf(words), words)];
    }
    case "leadOrganization": {
      const one = readOrganization(stretch, ctx.gazetteer);
      return one ? [found(one.name, one.stretch)] : text.length <= 120 ? [found(text)] : [];
    }
    case "funders":
    case "partners": {
      // What the recipe took apart is not taken apart again.
      const isSplit = transforms.some((one) => "split" in one);
      const listed = isSplit
        ? [readOrganization(stretch, ctx.gazetteer)].filter((one) => one !== undefined)
        : splitOrganizations(stretch, ctx.gazetteer);
      return listed.map(({ name, stretch: at }) => found(name, at));
    }
    case "states":
      return findStates(text).map(({ code, start, end }) =>
        found(code, within(stretch, start, end)),
      );
    case "start":
    case "end": {
      const dates = findDates(text);
      const date = field === "start" ? dates[0] : dates.at(-1);
      return date ? [found(date.date, within(stretch, date.start, date.end))] : [];
    }
    case "status": {
      const status = statusOf(text);
      return status ? [found(status)] : [];
    }
    default:
      return text.length <= 400 ? [found(text)] : [];
  }
}
