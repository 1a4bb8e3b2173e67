import { z } from "zod";

/**
 * What one fetch of a page came to. `fetched` and `unchanged` are the good ones; every other case
 * names what stood in the way and is kept as an observed outcome, since "it was gone" is evidence too.
 */
export const VisitOutcome = z.enum([
  "fetched",
  "unchanged",
  "moved",
  "gone",
  "refused",
  "blocked",
  "login",
  "soft-404",
  "parked",
  "shell",
  "broken",
  "no-address",
  "too-large",
  "wrong-type",
]);
export type VisitOutcome = z.infer<typeof VisitOutcome>;

/** What an observed outcome proves: where, when and how the web answered. */
export const ObservedOutcome = z.object({
  url: z.string(),
  outcome: VisitOutcome,
  at: z.string(),
  /** HTTP status, when there was an answer. */
  status: z.number().int().optional(),
  /** Network error code or the reason in words, when there was none. */
  error: z.string().optional(),
  /** Where it moved to. */
  location: z.string().optional(),
});
export type ObservedOutcome = z.infer<typeof ObservedOutcome>;
