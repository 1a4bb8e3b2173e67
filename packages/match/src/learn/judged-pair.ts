import { createHash } from "node:crypto";
import type { PairFeatures } from "./pair-features.ts";

/** A pair as the expert weights see it: what there is to learn from. */
export type ObservedPair = {
  /** Stays the same whenever it is looked at: the ids of the two. */
  id: string;
  features: PairFeatures;
  /** What the expert weights come to. */
  logOdds: number;
  /** Nothing on the pair forbids calling it same, whatever its score. */
  canBeSame: boolean;
};

/** A pair with what a person said of it. */
export type JudgedPair = ObservedPair & { isSame: boolean };

/** One in five pairs is kept for measuring and never trained on. */
const frozenShare = 0.2;

/** Whether a pair is kept from training: told by its id alone, so that it is for ever. */
export const isFrozen = ({ id }: Pick<ObservedPair, "id">): boolean =>
  shareOf("frozen", id) < frozenShare;

/** The part of a cross-validation, 0 to `parts` - 1, that a pair is left out of training in. */
export const foldOf = ({ id }: Pick<ObservedPair, "id">, parts: number): number =>
  Math.floor(shareOf("fold", id) * parts);

/** A number from 0 to 1 that looks like chance and follows from the texts. */
const shareOf = (salt: string, text: string): number =>
  createHash("sha256").update(`${salt}\n${text}`).digest().readUInt32BE() / 2 ** 32;
