import type { Finding, Pair } from "../finding.ts";
import { weights } from "../weights.ts";
import { sumOfWeights } from "../words.ts";

/** Descriptions that share their rare words; different words say nothing, as each site writes its own. */
export function compareDescriptions({ a, b, names, knowledge }: Pair): Finding[] {
  if (!a.description || !b.description) return [];
  // The names' own words stand in most descriptions and have had their say.
  const named = new Set([...names.a.words, ...names.b.words]);
  const one = a.description().difference(named);
  const other = b.description().difference(named);
  if (Math.min(one.size, other.size) < wordsMin) return [];
  const weightOf = (words: Set<string>): number => sumOfWeights([...words], knowledge);
  const smaller = Math.min(weightOf(one), weightOf(other));
  const share = weightOf(one.intersection(other)) / smaller;
  const percent = Math.round(share * 100);
  const text = `descriptions share ${percent} % of their words`;
  if (share >= 0.6) return [{ feature: "description", weight: weights.description.alike, text }];
  if (share < 0.35) return [];
  return [{ feature: "description", weight: weights.description.overlapping, text }];
}

const wordsMin = 8;
