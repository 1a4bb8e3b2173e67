import { z } from "zod";
import { MatchCosts, Model } from "./model.ts";

/** An organization under its preferred name, with the other names it is written under. */
export const Organization = z.object({ name: z.string(), aliases: z.array(z.string()) });
export type Organization = z.infer<typeof Organization>;

/**
 * The word lists that curators edit. A text's topics are terms of the first three; goals and features sort
 * efforts on maps and in studies; the last two add to what belongs to learning and work, and what does not.
 */
export const Vocabulary = z.enum([
  "topic",
  "effort-area",
  "building-block",
  "goal",
  "feature",
  "relevance",
  "irrelevance",
]);
export type Vocabulary = z.infer<typeof Vocabulary>;

/** A term of a vocabulary, and the phrases in a text that stand for it. */
export const VocabularyTerm = z.object({
  vocabulary: Vocabulary,
  /** The issue of its source that it is from, since goals differ from one to the next; empty where there is but one. */
  edition: z.string().max(100),
  /** Stays the same when the label is written anew: small letters, digits and hyphens. */
  key: z.string().regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/),
  /** What people see, and what a mention's topic is called. */
  label: z.string().min(1).max(200),
  /** Who drew the vocabulary up. */
  source: z.string().max(200),
  phrases: z.array(
    z
      .string()
      .min(2)
      .max(100)
      .regex(/[\p{L}\p{N}]/u),
  ),
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
  /** How many entries hold a search key, for keys that more than a handful hold: key → count. */
  keyCounts: z.record(z.string(), z.number()).default({}),
  /** The active model; without one the expert weights speak alone. */
  model: Model.optional(),
  /** What mistakes cost here, where somebody said so. */
  costs: MatchCosts.optional(),
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
  keyCounts: {},
};
