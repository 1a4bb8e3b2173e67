import { z } from "zod";

/** An organization under its preferred name, with the other names it is written under. */
export const Organization = z.object({ name: z.string(), aliases: z.array(z.string()) });
export type Organization = z.infer<typeof Organization>;

/** A word list a curator may edit: what a phrase in a text stands for. */
export const VocabularyTerm = z.object({
  vocabulary: z.enum(["topic", "goal", "building-block", "relevance", "irrelevance"]),
  name: z.string(),
  phrases: z.array(z.string()),
});
export type VocabularyTerm = z.infer<typeof VocabularyTerm>;

/**
 * What the rules are given besides the page: an immutable row, built nightly from the catalog, handed
 * to the pure packages. A new version makes nothing due by itself.
 */
export const Knowledge = z.object({
  version: z.string(),
  organizations: z.array(Organization),
  /** Names and aliases of the catalog's entries. */
  names: z.array(
    z.object({ id: z.string(), names: z.array(z.string()), url: z.string().optional() }),
  ),
  terms: z.array(VocabularyTerm),
  /** How many of `documentCount` records hold a name word: word → count. */
  wordCounts: z.record(z.string(), z.number()),
  documentCount: z.number().int(),
});
export type Knowledge = z.infer<typeof Knowledge>;

/** Knowledge of nothing: what a reader works with where there is no catalog. */
export const emptyKnowledge: Knowledge = {
  version: "empty",
  organizations: [],
  names: [],
  terms: [],
  wordCounts: {},
  documentCount: 0,
};
