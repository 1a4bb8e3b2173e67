import type { Finding, Pair } from "../finding.ts";

/**
 * What a model is told of a pair, by name; what is not named is 0. A feature of a comparison is the sum of
 * its findings' expert weights. What stands behind a colon is a mark of what is compared: "name:contained".
 */
export type PairFeatures = { [feature: string]: number };

/** The features of a compared pair. Invariant: which record comes first does not matter. */
export function featuresOf({ a, b, names }: Pair, findings: Finding[]): PairFeatures {
  const features: PairFeatures = {
    [`name:${names.level}`]: 1,
    "name:shared": names.sharedWeight,
    "name:words": Math.min(names.a.words.length, names.b.words.length),
    "name:extra": names.extrasOfA.length + names.extrasOfB.length,
  };
  for (const { feature, weight } of findings) {
    features[feature] = (features[feature] ?? 0) + weight;
  }
  const told = { address: "address", lead: "lead", start: "start" } as const;
  for (const [reason, field] of Object.entries(told)) {
    if (a[field] && b[field]) features[`${reason}:both`] = 1;
  }
  if (a.states.length > 0 && b.states.length > 0) features["states:both"] = 1;
  return features;
}

/** The feature of the reason that a feature belongs to: "name" for "name:contained". */
export const reasonOf = (feature: string): string => feature.split(":", 1)[0]!;
