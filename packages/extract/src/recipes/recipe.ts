/*
 * A door of its own: whether a recipe can be used, and for which pages, without the readers.
 */
import { BadInput, Recipe } from "@waymark/domain";
import { faultOfSelector } from "./select.ts";

/** A recipe as somebody wrote it. Throws BadInput that names the place at fault and what to do. */
export function checkRecipe(given: unknown, from: string): Recipe {
  const parsed = Recipe.safeParse(given);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    throw new BadInput(
      `${from}: ${placeOf(path)} ${sentenceOf(message)}; \`waymark recipe propose --help\` shows what a recipe holds`,
    );
  }
  const recipe = parsed.data;
  for (const { place, selector } of selectorsOf(recipe)) {
    const fault = faultOfSelector(selector, {
      isInsideEntry: recipe.item !== undefined && place !== "item",
    });
    if (fault) {
      throw new BadInput(
        `${from}: ${place} "${selector}" cannot be used: ${fault}; write a CSS selector such as "h3 > a"`,
      );
    }
  }
  if (Object.keys(recipe.fields).length === 0) {
    throw new BadInput(
      `${from}: fields is empty; name at least one field, such as "name": {"selectors": ["h3"]}`,
    );
  }
  if (recipe.item && !recipe.fields.name) {
    throw new BadInput(
      `${from}: fields.name is missing; where "item" selects entries, say where each has its name`,
    );
  }
  for (const [index, pattern] of (recipe.match ?? []).entries()) {
    if (/^(?:\/|\*|https?:\/\/)/.test(pattern)) continue;
    throw new BadInput(
      `${from}: match.${index} "${pattern}" is no pattern of an address; begin it with /, * or https://`,
    );
  }
  return recipe;
}

const placeOf = (path: readonly PropertyKey[]): string =>
  path.map(String).join(".") || "the recipe";

/** Zod's own words begin with a capital letter; ours go on after the place. */
const sentenceOf = (message: string): string =>
  /^[A-Z]/.test(message)
    ? `is not right (${message.charAt(0).toLowerCase()}${message.slice(1)})`
    : message;

/** Every selector of a recipe with its place in it. */
function selectorsOf({ item, fields }: Recipe): { place: string; selector: string }[] {
  return [
    ...(item ? [{ place: "item", selector: item }] : []),
    ...Object.entries(fields).flatMap(([field, rule]) =>
      rule.selectors.map((selector, index) => ({
        place: `fields.${field}.selectors.${index}`,
        selector,
      })),
    ),
  ];
}

/** Whether a recipe is meant for the page at an address. */
export function isRecipeFor({ match }: Recipe, url: string): boolean {
  if (!match) return true;
  const { href, pathname, search } = new URL(url);
  return match.some((pattern) =>
    fitsPattern(pattern, pattern.startsWith("/") ? pathname + search : href),
  );
}

/** Part by part from the left, so that no pattern takes long. */
function fitsPattern(pattern: string, text: string): boolean {
  const [first = "", ...parts] = pattern.split("*");
  if (!text.startsWith(first)) return false;
  const last = parts.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
