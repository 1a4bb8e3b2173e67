import type { RecordName } from "@waymark/normalize";
import { type Finding, type Pair, type PairRelation, turned } from "../finding.ts";
import { weights } from "../weights.ts";

/** Phase, round, version and year in the names: what follows or belongs to an effort is not the effort. */
export const compareSeries = (pair: Pair): Finding[] => [
  ...compareNumbers(pair),
  ...compareYears(pair),
  ...compareSuccession(pair),
];

function compareNumbers({ names: { a, b, level } }: Pair): Finding[] {
  if (level === "acronym" || level === "apart") return [];
  const [one] = a.series;
  const [other] = b.series;
  if (one === other || a.series.some((number) => b.series.includes(number))) return [];
  if (one && other) {
    const relation = inTurn(Number(one), Number(other));
    const text = `but number ${one} and number ${other} of a series`;
    return [{ feature: "series", weight: weights.series.other, text, parts: true, relation }];
  }
  const text = `but only one is number ${one ?? other} of a series`;
  const relation = one ? ofNumbered(a, one) : turned(ofNumbered(b, other!));
  return [{ feature: "series", weight: weights.series.oneSided, text, parts: true, relation }];
}

/** "Lantern 2.0" and "Lantern II" came after Lantern; "Lantern Phase II" is a part of it. */
function ofNumbered({ words }: RecordName, number: string): PairRelation {
  const isPart = words.some((word) =>
    /^(phase|round|cohort|stage|wave|tier|volume|edition)$/.test(word),
  );
  return isPart || Number(number) < 2
    ? { ofA: "phase_of" }
    : { ofA: "successor", ofB: "predecessor" };
}

function compareYears({ names: { a, b, level } }: Pair): Finding[] {
  if (level === "acronym" || level === "apart") return [];
  if (a.years.some((year) => b.years.includes(year))) return [];
  const [one] = a.years;
  const [other] = b.years;
  if (one && other) {
    const text = `but ${one} and ${other} in the names`;
    const relation = inTurn(Number(one), Number(other));
    return [{ feature: "year", weight: weights.series.otherYear, text, parts: true, relation }];
  }
  const year = one ?? other;
  if (!year) return [];
  return [
    { feature: "year", weight: weights.series.oneSidedYear, text: `but only one says ${year}` },
  ];
}

/** "Trades Data Exchange (TDX)" of 2018, "Trades and Earnings Data Exchange (TEDX)" of 2021, of one lead. */
function compareSuccession({ a, b, names }: Pair): Finding[] {
  const yearOf = (start: string | undefined) => Number(start?.slice(0, 4));
  const [one, other] = [yearOf(a.start), yearOf(b.start)];
  const isOneLead = a.lead !== undefined && a.lead.key === b.lead?.key;
  const areCalledOtherwise =
    a.acronyms.length > 0 &&
    b.acronyms.length > 0 &&
    !a.acronyms.some((acronym) => b.acronyms.includes(acronym));
  const isNear = names.level === "contained" && names.sharedWeight >= succeedingWeightMin;
  if (!isOneLead || !areCalledOtherwise || !isNear || !(Math.abs(one - other) >= 2)) return [];
  const text = `but one follows the other, ${Math.min(one, other)} and ${Math.max(one, other)}`;
  const relation = inTurn(one, other);
  const weight = weights.series.succession;
  return [{ feature: "succession", weight, text, parts: true, relation }];
}

/** What near names must share before the later of them is taken for what became of the earlier. */
const succeedingWeightMin = 6;

const inTurn = (one: number, other: number): PairRelation =>
  one > other ? { ofA: "successor", ofB: "predecessor" } : { ofA: "predecessor", ofB: "successor" };
