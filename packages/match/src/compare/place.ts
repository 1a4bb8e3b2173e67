import type { Finding, Pair } from "../finding.ts";
import { weights } from "../weights.ts";

/** States in the names first, since they are part of what an effort is; then the states it works in. */
export function compareStates(pair: Pair): Finding[] {
  const { a, b, names } = pair;
  const inNames = compareStatesInNames(pair);
  if (inNames.length > 0) return inNames;
  const found = (weight: number, text: string): Finding => ({ feature: "states", weight, text });
  if (a.states.length === 0 || b.states.length === 0) return [];
  const common = a.states.filter((state) => b.states.includes(state));
  if (common.length === Math.max(a.states.length, b.states.length)) {
    const { same, sameEach } = weights.place;
    return [
      found(same + sameEach * Math.min(5, common.length - 1), `same states ${common.join(", ")}`),
    ];
  }
  if (common.length > 0) return [];
  const text = `but in ${a.states.join(", ")} and in ${b.states.join(", ")}`;
  const areSingle = a.states.length === 1 && b.states.length === 1;
  if (!areSingle) return [found(weights.place.otherStates, text)];
  // The same page may have been told another state; without it, programs of two states are two.
  const isOnePage = a.address !== undefined && a.address.key === b.address?.key;
  const finding = found(weights.place.otherState, text);
  return [isOnePage && names.level === "equal" ? finding : { ...finding, parts: true }];
}

function compareStatesInNames({ a, b, names }: Pair): Finding[] {
  const found = (weight: number, text: string, parts: boolean): Finding[] => [
    { feature: "states", weight, text, ...(parts ? { parts } : {}) },
  ];
  const ofA = names.a.states;
  const ofB = names.b.states;
  if (ofA.some((state) => ofB.includes(state))) return [];
  if (ofA.length > 0 && ofB.length > 0) {
    return found(weights.place.otherInName, `but ${ofA[0]} and ${ofB[0]} in the names`, true);
  }
  const state = ofA[0] ?? ofB[0];
  if (!state || ["acronym", "site", "apart"].includes(names.level)) return [];
  const where = ofA.length > 0 ? b.states : a.states;
  if (where.length === 1 && where[0] === state) {
    return found(weights.place.explained, `${state} in one name, where the other works`, false);
  }
  if (where.length > 0 && !where.includes(state)) {
    return found(weights.place.notAmongStates, `but only one is of ${state}`, true);
  }
  return found(weights.place.oneSidedInName, `but only one name says ${state}`, false);
}
