import { z } from "zod";

/** Most characters of a selector or a label in a recipe; longer ones say what a page looks like today. */
const textMax = 200;

const Selector = z
  .string()
  .trim()
  .min(1, "is empty")
  .max(textMax, `is longer than ${textMax} characters`);
const Words = z.string().min(1, "is empty").max(80, "is longer than 80 characters");

/** What is made of the text of a selected element before the value is read out of it. */
export const RecipeTransform = z.union(
  [
    /** The value of one of its attributes in place of its text. */
    z.strictObject({
      attribute: z.string().regex(/^[a-z][a-z0-9_:.-]{0,39}$/i, "is no name of an attribute"),
    }),
    /** What stands behind these words, such as a label; nothing where they do not stand. */
    z.strictObject({ after: Words }),
    /** What stands before these words; all of it where they do not stand. */
    z.strictObject({ before: Words }),
    /** Taken apart at these characters: several values out of one element. */
    z.strictObject({ split: Words }),
  ],
  { error: 'is none of {"attribute": …}, {"after": …}, {"before": …}, {"split": …}' },
);
export type RecipeTransform = z.infer<typeof RecipeTransform>;

/** The fields that a recipe can tell how to read. */
export const recipeFields = [
  "name",
  "aliases",
  "acronym",
  "url",
  "description",
  "leadOrganization",
  "funders",
  "partners",
  "states",
  "start",
  "end",
  "status",
] as const;
export const RecipeField = z.enum(recipeFields);
export type RecipeField = z.infer<typeof RecipeField>;

/** Where a field stands: the first selector that finds something counts. */
export const FieldRule = z.strictObject({
  selectors: z
    .array(Selector)
    .min(1, "needs at least one selector")
    .max(5, "holds more than 5 selectors"),
  transforms: z.array(RecipeTransform).max(5, "holds more than 5 transforms").optional(),
  /** A record without it is not read right: its loss stops a run. */
  required: z.boolean().optional(),
});
export type FieldRule = z.infer<typeof FieldRule>;

/** How a source's pages are read where the general readers fall short: data, not code. */
export const Recipe = z.strictObject({
  /** Patterns of the addresses it is for, `*` standing for anything; absent: every page of the source. */
  match: z.array(z.string().min(1).max(textMax)).min(1).max(20).optional(),
  /** Each element that it selects tells of one effort; absent: the page itself does. */
  item: Selector.optional(),
  /** `until-next`: an entry goes on behind its element, up to the next one, as under headings. */
  itemExtent: z.enum(["element", "until-next"]).optional(),
  fields: z.partialRecord(RecipeField, FieldRule),
  /** What its pages are known to hold, for `recipe test` and for noticing that they changed. */
  expectations: z
    .strictObject({ recordsMin: z.number().int().min(1).max(100_000).optional() })
    .optional(),
});
export type Recipe = z.infer<typeof Recipe>;

/** A recipe with its number among those of its source. */
export const VersionedRecipe = z.object({ version: z.number().int().min(1), recipe: Recipe });
export type VersionedRecipe = z.infer<typeof VersionedRecipe>;

/**
 * What an element that a selector finds is like, apart from its name in the page's code: by this it is
 * found again when the page's template changes.
 */
export const Fingerprint = z.object({
  tag: z.string(),
  /** Words of its classes and id. */
  stems: z.array(z.string()),
  /** Tags with class words of what it stands in, the nearest first. */
  ancestors: z.array(z.object({ tag: z.string(), stems: z.array(z.string()) })),
  /** Tags inside it, in order. */
  children: z.array(z.string()),
  /** The words that stand before its value in the same line or the one before. */
  label: z.string().optional(),
  /** Texts beside it that are the same in every entry. */
  siblings: z.array(z.string()),
  /** Which of its kind it is within its entry, or among its siblings. */
  position: z.number().int(),
  /** Texts it was seen with. */
  texts: z.array(z.string()),
  textLength: z.number(),
  /** How many elements the selector found on its page. */
  found: z.number().int(),
});
export type Fingerprint = z.infer<typeof Fingerprint>;

/** What each selector of a recipe found, by `item` or name of the field. */
export const Fingerprints = z.partialRecord(z.enum(["item", ...recipeFields]), Fingerprint);
export type Fingerprints = z.infer<typeof Fingerprints>;
