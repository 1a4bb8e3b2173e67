import type { Knowledge } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { type Comparison, comparePair, judge } from "./compare-pair.ts";
import { weights } from "./weights.ts";

/** What two records are: entries of one catalog, which are seldom the same, or a mention and an entry. */
export type Between = "entries" | "mention and entry";

/** What two records would have to show to be called same, as sentences; none where they are. */
export function neededForSame(
  a: Record,
  b: Record,
  knowledge: Knowledge,
  between: Between,
): string[] {
  const prior = between === "entries" ? weights.priorOfEntries : weights.priorOfCandidate;
  const comparison = comparePair(a, b, knowledge, prior);
  if (judge(comparison) === "same") return [];
  if (comparison.partedBy !== undefined) {
    const parting = comparison.partedBy.replace(/^but /, "");
    return [
      `What parts them outweighs any likeness (${parting}): only a person's judgement makes them one.`,
    ];
  }
  const proof =
    "One name says more than the other, so a likeness of names is not enough: it takes the same own address, the same acronym and lead, or the same partners.";
  const missing = comparison.thresholds.sameLogOdds - comparison.logOdds;
  return [
    ...(comparison.needsProof ? [proof] : []),
    ...(missing > 0 ? [shortOf(missing, comparison)] : []),
  ];
}

/** Agreements that a pair may lack, and what each would add. */
const agreements: { feature: string; weight: number; text: string }[] = [
  { feature: "address", weight: weights.address.samePage, text: "the same address" },
  { feature: "partners", weight: weights.organization.samePartners, text: "the same partners" },
  { feature: "acronym", weight: weights.acronym.same, text: "the same acronym" },
  { feature: "lead", weight: weights.organization.sameLead, text: "the same lead" },
  {
    feature: "description",
    weight: weights.description.alike,
    text: "descriptions that are alike",
  },
  { feature: "states", weight: weights.place.same, text: "the same state" },
];

function shortOf(missing: number, { reasons }: Comparison): string {
  const gains = agreements
    .map(({ feature, weight, text }) => {
      const now = reasons.find((reason) => reason.feature === feature)?.weight ?? 0;
      return { text, gain: weight - now };
    })
    .filter(({ gain }) => gain > 0);
  const enough = gains.filter(({ gain }) => gain >= missing).map(({ text }) => text);
  const start = `It is ${missing.toFixed(1)} short of same`;
  if (enough.length > 0) return `${start}; any of these would do: ${enough.join(", ")}.`;
  const all = gains.map(({ text, gain }) => `${text} (+${gain.toFixed(1)})`).join(", ");
  return `${start}, more than any one agreement adds: ${all}.`;
}
