import { z } from "zod";

/** How full the mentions of a page or a source are: what is compared from run to run. */
export const ReadingFigures = z.object({
  records: z.number().int(),
  /** Records that have a value, by field. */
  filled: z.record(z.string(), z.number().int()),
  /** Records whose value was found by the source's recipe, by field. */
  byRecipe: z.record(z.string(), z.number().int()),
  /** Records with different descriptions. */
  distinct: z.number().int(),
  /** Characters of all descriptions together. */
  characters: z.number().int(),
});
export type ReadingFigures = z.infer<typeof ReadingFigures>;

/** One way in which a run found a source otherwise than the runs before it. */
export const Drift = z.object({
  /** For code to branch on: what fell. */
  code: z.enum(["records", "fill", "selector", "entries", "distinct", "length"]),
  field: z.string().optional(),
  before: z.number(),
  now: z.number(),
  /** The page it shows on; absent: the source as a whole. */
  url: z.string().optional(),
  /** A sentence for people. */
  message: z.string(),
});
export type Drift = z.infer<typeof Drift>;
