import type { Evidence, EvidenceMethod } from "@waymark/domain";
import { datesAgree } from "@waymark/domain";
import { foldName, organizationKey } from "@waymark/normalize";
import type { Finding } from "./finding.ts";

/** Best proof first: a lower rank wins. */
const rank: Readonly<Record<EvidenceMethod, number>> = {
  recipe: 0,
  api: 1,
  structured: 2,
  label: 3,
  heading: 4,
  meta: 5,
  link: 5,
  sentence: 6,
  gazetteer: 7,
};

/** Values after competition, the evidence that supports them, and fields whose findings disagree. */
export type Fused = {
  single: Partial<Record<SingleField, string>>;
  sets: Partial<Record<SetField, string[]>>;
  evidence: Evidence[];
  conflicts: { field: SingleField; chosen: Finding; other: Finding }[];
};

const singleFields = [
  "name",
  "acronym",
  "url",
  "kind",
  "description",
  "leadOrganization",
  "start",
  "end",
  "status",
] as const;
const setFields = ["aliases", "funders", "partners", "states", "topics"] as const;
export type SingleField = (typeof singleFields)[number];
export type SetField = (typeof setFields)[number];

/**
 * One value a field out of many findings. For single values the best method wins, then certainty, then
 * what stands first; findings that agree raise its certainty. For sets, everything said by labels counts,
 * and sentences only where no label speaks.
 */
export function fuse(findings: readonly Finding[]): Fused {
  const fused: Fused = { single: {}, sets: {}, evidence: [], conflicts: [] };
  for (const field of singleFields) {
    const ranked = findings.filter((one) => one.field === field).sort(byProof);
    const best = ranked[0];
    if (!best) continue;
    const agreeing = ranked.filter((one) => agrees(field, best.value, one.value));
    const chosen = field === "start" || field === "end" ? mostExact(best, agreeing) : best;
    const methods = new Set(agreeing.map(({ method }) => method)).size;
    fused.single[field] = chosen.value;
    fused.evidence.push({ ...chosen, confidence: raise(chosen.confidence, methods - 1) });
    const other = ranked.find((one) => !agreeing.includes(one) && one.confidence >= 0.6);
    if (other && field !== "description" && field !== "name" && field !== "kind")
      fused.conflicts.push({ field, chosen, other });
  }
  for (const field of setFields) {
    const all = findings.filter((one) => one.field === field).sort(byProof);
    const best = all[0];
    if (!best) continue;
    const isLabelled = rank[best.method] <= rank.heading;
    const counted =
      isLabelled && field !== "aliases"
        ? all.filter((one) => rank[one.method] <= rank.heading)
        : all;
    const members = new Map<string, Finding>();
    for (const one of counted) {
      const key = memberKey(field, one.value);
      if (!members.has(key)) members.set(key, one);
    }
    const inOrder = [...members.values()].sort((a, b) => a.start - b.start);
    fused.sets[field] = inOrder.map(({ value }) => value);
    fused.evidence.push(...inOrder);
  }
  return fused;
}

const byProof = (a: Finding, b: Finding): number =>
  rank[a.method] - rank[b.method] || b.confidence - a.confidence || a.start - b.start;

const raise = (confidence: number, others: number): number =>
  Math.round(Math.min(0.99, 1 - (1 - confidence) * 0.6 ** Math.max(0, others)) * 1000) / 1000;

/** Of dates that agree, the one that says the month or day. */
const mostExact = (best: Finding, agreeing: readonly Finding[]): Finding =>
  agreeing.reduce((a, b) => (b.value.length > a.value.length ? b : a), best);

function agrees(field: SingleField, one: string, other: string): boolean {
  if (field === "start" || field === "end") return datesAgree(one, other);
  if (field === "leadOrganization") return organizationKey(one) === organizationKey(other);
  return foldName(one) === foldName(other);
}

function memberKey(field: SetField, value: string): string {
  if (field === "funders" || field === "partners") return organizationKey(value);
  return field === "states" ? value : foldName(value);
}
