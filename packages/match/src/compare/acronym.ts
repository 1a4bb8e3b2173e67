import type { Finding, Pair } from "../finding.ts";
import { weights } from "../weights.ts";

/** Acronyms that were told, against those told or made by the other's first letters. */
export function compareAcronyms({ a, b, names }: Pair): Finding[] {
  // A name that is the acronym has said it already.
  if (names.level === "acronym") return [];
  const found = (weight: number, text: string): Finding[] => [{ feature: "acronym", weight, text }];
  const common = a.acronyms.find((acronym) => b.acronyms.includes(acronym));
  if (common) return found(weights.acronym.same, `same acronym ${common}`);
  const fitting =
    a.acronyms.find((acronym) => b.initials().includes(acronym)) ??
    b.acronyms.find((acronym) => a.initials().includes(acronym));
  if (fitting) {
    if (names.level === "equal") return [];
    return found(weights.acronym.initials, `${fitting} are the first letters of the other's name`);
  }
  // Equal names told with two acronyms are one effort whose acronym somebody wrote in his own way.
  if (names.level === "equal" || a.acronyms.length === 0 || b.acronyms.length === 0) return [];
  return found(weights.acronym.differs, `but acronyms ${a.acronyms[0]} and ${b.acronyms[0]}`);
}
