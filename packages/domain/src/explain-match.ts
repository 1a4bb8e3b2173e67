import type { Match, MatchReason } from "./match.ts";
import type { RelationKind } from "./mention.ts";

/**
 * What a curator reads of a match, in one to three sentences: what speaks for one effort, the strongest
 * first, and after "but" what speaks against it; then the relation. Weak reasons are left out.
 */
export function explainMatch(match: Match, names: { record: string; candidate: string }): string[] {
  const told = match.reasons.filter(({ feature }) => feature !== "prior");
  const strongest = Math.max(0, ...told.map(({ weight }) => Math.abs(weight)));
  const least = Math.max(weakest, strongest * weakestShare);
  const strong = told
    .filter(({ weight }) => Math.abs(weight) >= least)
    .toSorted((one, other) => Math.abs(other.weight) - Math.abs(one.weight));
  const pro = strong.filter(({ weight }) => weight > 0).slice(0, reasonsMax);
  const con = strong.filter(({ weight }) => weight < 0).slice(0, reasonsMax);
  const sentences = [
    inOneSentence(pro, con) ?? "Nothing that either of them tells says much about the other.",
  ];
  const relation = describeRelation(match, names);
  return relation ? [...sentences, relation] : sentences;
}

/** From which weight on, and from which share of the strongest one's, a reason is worth reading. */
const weakest = 0.3;
const weakestShare = 0.1;
const reasonsMax = 3;

/** How the two stand to each other, as a sentence; undefined where they are not related. */
export function describeRelation(
  { verdict, relation, relationFrom }: Match,
  { record, candidate }: { record: string; candidate: string },
): string | undefined {
  if (verdict !== "related" || !relation) return undefined;
  const [one, other] = relationFrom === "candidate" ? [candidate, record] : [record, candidate];
  return `“${one}” ${relationWords[relation]} “${other}”.`;
}

const relationWords: { [kind in RelationKind]: string } = {
  predecessor: "came before",
  successor: "came after",
  merged_into: "was merged into",
  part_of: "is part of",
  product_of: "is a product of",
  phase_of: "is a phase of",
  member_of: "is a member of",
  funded_by: "is funded by",
  steward_of: "runs",
};

function inOneSentence(pro: MatchReason[], con: MatchReason[]): string | undefined {
  const [first, second] = [pro, con].map((reasons) => inOneList(reasons.map(plain)));
  if (first && second) return sentence(`${first}; but ${second}`);
  return first || second ? sentence(first || second!) : undefined;
}

/** A reason's text without the "but" that it begins with where it stands alone. */
const plain = ({ text }: MatchReason): string => text.replace(/^but /, "");

function inOneList(texts: string[]): string {
  if (texts.length <= 1) return texts.join("");
  // Some texts hold commas of their own.
  const comma = texts.some((text) => text.includes(",")) ? ";" : ",";
  return `${texts.slice(0, -1).join(`${comma} `)}${comma === ";" ? ";" : ""} and ${texts.at(-1)}`;
}

const sentence = (text: string): string => `${text[0]!.toUpperCase()}${text.slice(1)}.`;
