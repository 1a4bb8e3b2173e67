import type { Knowledge, MatchReason, MatchVerdict, RelationKind } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { compareAcronyms } from "./compare/acronym.ts";
import { compareAddresses } from "./compare/address.ts";
import { compareDescriptions } from "./compare/description.ts";
import { compareKinds } from "./compare/kind.ts";
import { compareNamePair } from "./compare/name.ts";
import { compareOccasions } from "./compare/occasion.ts";
import { compareOrganizations } from "./compare/organization.ts";
import { compareStates } from "./compare/place.ts";
import { compareRelations } from "./compare/relation.ts";
import { compareSeries } from "./compare/series.ts";
import { compareTimes } from "./compare/time.ts";
import { type Finding, type Pair, type PairRelation, turned } from "./finding.ts";
import { isApplicable, withModel } from "./learn/apply-model.ts";
import { featuresOf, type PairFeatures } from "./learn/pair-features.ts";
import { defaultCosts, type Thresholds, thresholdsOf } from "./learn/thresholds.ts";
import { bestNamePair, type NamePair } from "./name-pair.ts";
import { weights } from "./weights.ts";

/** All that was seen on two records, before the other candidates are looked at. */
export type Comparison = {
  /** Invariant: the sum of the reasons' weights. */
  logOdds: number;
  reasons: MatchReason[];
  /** Something says that they are two, whatever else agrees. */
  parts: boolean;
  /** What that is, in words. */
  partedBy?: string;
  /** One name holds the other and more; that takes more than a good fit to be one effort. */
  needsProof: boolean;
  /** How they stand to each other, when that can be told. */
  related: Related | undefined;
  /** What the expert weights alone come to. */
  expertLogOdds: number;
  /** What a model is told of the pair; made when asked for, since few ask. */
  features(): PairFeatures;
  /** From where on it is called same, or a person is asked. */
  thresholds: Thresholds;
};

/**
 * How the first stands to the second, or, where there is a word for that way only, the second to the first;
 * without a kind where names show that they belong together, and not how.
 */
export type Related = { kind: RelationKind | undefined; isOfSecond: boolean };

/** Each comparison looks at one side of the pair; the order is that in which people read the reasons. */
const comparisons: ((pair: Pair) => Finding[])[] = [
  compareNamePair,
  compareAcronyms,
  compareAddresses,
  compareOrganizations,
  compareSeries,
  compareStates,
  compareTimes,
  compareKinds,
  compareDescriptions,
  compareOccasions,
  compareRelations,
];

/**
 * Holds two records against each other. Invariant: the figures do not depend on which comes first, since
 * clusters must not depend on the order in which mentions arrive.
 */
export function comparePair(a: Record, b: Record, knowledge: Knowledge, prior: number): Comparison {
  const isInOrder = orderOf(a) <= orderOf(b);
  const [first, second] = isInOrder ? [a, b] : [b, a];
  const names = bestNamePair(first, second, knowledge);
  const pair: Pair = { a: first, b: second, names, knowledge };
  const findings = comparisons.flatMap((compare) => compare(pair));
  const expert: MatchReason[] = [
    { feature: "prior", weight: prior, text: "how often such a pair is one effort" },
    ...findings.map(({ feature, weight, text }) => ({ feature, weight, text })),
  ];
  const { model, costs = defaultCosts } = knowledge;
  const features = () => featuresOf(pair, findings);
  const reasons = model && isApplicable(model) ? withModel(expert, features(), model) : expert;
  const relation = relationOf(findings, pair);
  const parting = findings.find(({ parts }) => parts);
  return {
    logOdds: sumOf(reasons),
    reasons,
    parts: parting !== undefined,
    ...(parting && { partedBy: parting.text }),
    needsProof: addsSomething(names) && !isProven(findings, names),
    related: relation && (isInOrder ? inWords(relation) : inWords(turned(relation))),
    expertLogOdds: sumOf(expert),
    features,
    thresholds: thresholdsOf(costs),
  };
}

/** The verdict on a comparison, once whatever the rivals say is part of its log-odds. */
export function judge(comparison: Comparison): MatchVerdict {
  const { logOdds, related, parts, thresholds } = comparison;
  const score = probabilityOf(logOdds);
  if (score >= thresholds.sameAtLeast && canBeSame(comparison)) return "same";
  if (related) return "related";
  if (parts) return score >= thresholds.sameAtLeast ? "unsure" : "different";
  return score >= thresholds.unsureAtLeast ? "unsure" : "different";
}

/** Invariant: no score, and so no model, calls same what conflicts or lacks proof. */
export const canBeSame = ({ parts, needsProof }: Comparison): boolean => !parts && !needsProof;

export const probabilityOf = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

export const sumOf = (reasons: MatchReason[]): number =>
  reasons.reduce((sum, { weight }) => sum + weight, 0);

/** "Acme Rural" beside "Acme": generic words and owners are but weighed, anything else may be another thing. */
const addsSomething = ({ level, extrasOfA, extrasOfB, isLongTitle }: NamePair): boolean =>
  level === "contained" &&
  !isLongTitle &&
  [...extrasOfA, ...extrasOfB].some(({ is }) => /^(collective|product|other)$/.test(is));

/** The same own address, one named as the other is, the same acronym and lead, or the same partners. */
function isProven(findings: Finding[], { extrasOfA, extrasOfB }: NamePair): boolean {
  const agrees = (name: string, least: number) =>
    findings.some(({ feature, weight }) => feature === name && weight >= least);
  return (
    agrees("address", weights.address.sameHome) ||
    agrees("partners", weights.organization.samePartners) ||
    (agrees("address-name", weights.address.isName) &&
      [...extrasOfA, ...extrasOfB].every(({ is }) => is !== "product")) ||
    (agrees("acronym", weights.acronym.same) && agrees("lead", weights.organization.sameLead))
  );
}

const inWords = ({ ofA, ofB }: PairRelation): Related =>
  ofA || !ofB ? { kind: ofA, isOfSecond: false } : { kind: ofB, isOfSecond: true };

/** Names decide the order; records of the same names are told apart by nothing the figures depend on. */
const orderOf = ({ names, address }: Record): string =>
  `${names.map(({ written }) => written).join("|")}|${address?.key ?? ""}`;

/**
 * What one of the records tells outright comes first: a page's words, its lead, its funders. Else one name must
 * hold the other, and the two must have more than everyday words in common: "Bridge" and "Career Bridge" are
 * not related by that word alone.
 */
function relationOf(findings: Finding[], { names }: Pair): PairRelation | undefined {
  const relationFrom = (features: string[]): PairRelation | undefined =>
    features
      .map((feature) => findings.find((found) => found.feature === feature && found.relation))
      .find((found) => found !== undefined)?.relation;
  const told = relationFrom(telling);
  if (told) return told;
  const inName = relationFrom(["series", "year", "name"]);
  if (!inName || (names.level !== "contained" && names.level !== "equal")) return undefined;
  const isNear = findings.some(
    ({ feature, weight }) => (feature === "lead" || feature === "address") && weight > 0,
  );
  return isNear || names.sharedWeight >= relatedWeightMin ? inName : undefined;
}

/** Features by which a record says how it stands to the other, the surest first. */
const telling = [
  ...["relation", "lead", "funders", "partners"],
  ...["succession", "body", "occasion", "domain"],
];

/** What the shared words must say before a name within a name is taken for a relation. */
const relatedWeightMin = 6;
