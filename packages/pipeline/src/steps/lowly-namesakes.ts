import { nameKey } from "@waymark/normalize";
import type { UnmatchedMention } from "@waymark/store";

/**
 * What is too short to be relevant on its own (a bare name in a list) still tells of an effort that relevant
 * mentions tell of by that name: those of the given mentions.
 */
export function lowlyNamesakes(unmatched: readonly UnmatchedMention[]): UnmatchedMention[] {
  const relevant = unmatched.filter(({ isRelevant }) => isRelevant);
  const names = new Set(relevant.map(({ name }) => nameKey(name)));
  return unmatched.filter(({ isRelevant, name }) => !isRelevant && names.has(nameKey(name)));
}
