import type { Finding, Pair } from "../finding.ts";
import { weights } from "../weights.ts";

/** Phase, round, version and year in the names: what follows or belongs to an effort is not the effort. */
export const compareSeries = (pair: Pair): Finding[] => [
  ...compareNumbers(pair),
  ...compareYears(pair),
];

function compareNumbers({ names: { a, b, level } }: Pair): Finding[] {
  if (level === "acronym" || level === "apart") return [];
  const [one] = a.series;
  const [other] = b.series;
  if (one === other || a.series.some((number) => b.series.includes(number))) return [];
  if (one && other) {
    const relation: Finding["relation"] =
      Number(one) > Number(other)
        ? { ofA: "successor", ofB: "predecessor" }
        : { ofA: "predecessor", ofB: "successor" };
    const text = `but number ${one} and number ${other} of a series`;
    return [{ feature: "series", weight: weights.series.other, text, parts: true, relation }];
  }
  const text = `but only one is number ${one ?? other} of a series`;
  const relation: Finding["relation"] = one ? { ofA: "phase_of" } : { ofB: "phase_of" };
  return [{ feature: "series", weight: weights.series.oneSided, text, parts: true, relation }];
}

function compareYears({ names: { a, b, level } }: Pair): Finding[] {
  if (level === "acronym" || level === "apart") return [];
  if (a.years.some((year) => b.years.includes(year))) return [];
  const [one] = a.years;
  const [other] = b.years;
  if (one && other) {
    const text = `but ${one} and ${other} in the names`;
    return [{ feature: "year", weight: weights.series.otherYear, text, parts: true }];
  }
  const year = one ?? other;
  if (!year) return [];
  return [
    { feature: "year", weight: weights.series.oneSidedYear, text: `but only one says ${year}` },
  ];
}
