import { type Mention, type ReadingFigures, type RecipeField, recipeFields } from "@waymark/domain";

const ofName = ["name", "aliases", "acronym"] as const satisfies readonly RecipeField[];
type WatchedField = Exclude<RecipeField, (typeof ofName)[number]>;

/** The fields whose filling is watched; a name is what makes a record. */
export const watchedFields: readonly WatchedField[] = recipeFields.filter(
  (field): field is WatchedField => !(ofName as readonly RecipeField[]).includes(field),
);

/** How full some mentions are, of one page or of several. */
export function figuresOf(mentions: readonly Mention[]): ReadingFigures {
  const filled: Record<string, number> = {};
  const byRecipe: Record<string, number> = {};
  const add = (counts: Record<string, number>, field: string) => {
    counts[field] = (counts[field] ?? 0) + 1;
  };
  for (const mention of mentions) {
    for (const field of watchedFields) if (mention[field] != null) add(filled, field);
    const found = mention.evidence.filter(({ method }) => method === "recipe");
    for (const field of new Set(found.map((one) => one.field))) add(byRecipe, field);
  }
  const descriptions = mentions.flatMap(({ description }) => description ?? []);
  return {
    records: mentions.length,
    filled,
    byRecipe,
    distinct: new Set(descriptions).size,
    characters: descriptions.reduce((sum, text) => sum + text.length, 0),
  };
}
