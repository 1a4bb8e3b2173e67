import type { ChangeEvidence, Field, FieldValue, Initiative, Knowledge } from "@waymark/domain";
import { asFieldValue, type Claim, type Doubt } from "./claim.ts";
import { holds } from "./fold.ts";
import { certaintyOf, quotesOf } from "./proof.ts";
import { isEmpty, isRespelling, sameValue } from "./same-value.ts";
import type { Voice } from "./voice.ts";

type Said = { claims: Claim[]; doubts: Doubt[] };

/**
 * What a voice claims of the fields that hold one value: lead organization, start, end and status.
 * Three-way: what it said when it was last settled, what it says now, what the catalog holds.
 */
export function claimValues(
  voice: Voice,
  all: Voice[],
  initiative: Initiative,
  knowledge: Knowledge,
): Said {
  const said: Said = { claims: [], doubts: [] };
  for (const field of ["leadOrganization", "start", "end", "status"] as const) {
    const value = asFieldValue(voice.mention[field]);
    const held = asFieldValue(initiative.values[field]);
    if (value === undefined || Array.isArray(value)) continue;
    if (sameValue(field, value, held, knowledge)) continue;
    const before = asFieldValue(voice.baseline?.[field]);
    const settled = before !== undefined && sameValue(field, before, value, knowledge);
    if (settled) continue;
    const claim = claimOf(voice, field, held, value, knowledge);
    const rule = doubtOf(claim, before, all, knowledge);
    if (rule) said.doubts.push({ ...claim, rule });
    else said.claims.push(claim);
  }
  return said;
}

function claimOf(
  voice: Voice,
  field: Field,
  held: FieldValue | undefined,
  value: string | null,
  knowledge: Knowledge,
): Claim {
  return {
    field,
    voice,
    delta: { field, old: held ?? null, new: value },
    certainty: certaintyOf(voice.known, field, value ?? undefined, knowledge),
    evidence: quotesOf(voice.known, field, value ?? undefined, knowledge),
    reason: reasonOf(voice),
  };
}

/** The rule that stands against a claim, or undefined when the voice may be believed. */
function doubtOf(
  { field, voice, delta, certainty, evidence }: Claim,
  before: FieldValue | undefined,
  all: Voice[],
  knowledge: Knowledge,
): string | undefined {
  const value = delta.new as string | null;
  if (evidence.length === 0) return "no-evidence";
  if (field === "status" && value === "ended") return "needs-a-statement";
  // That an effort is alive is what everybody assumes of an entry whose status nobody wrote down.
  if (field === "status" && value === "active" && isEmpty(delta.old)) return "minor";
  if (field === "leadOrganization") {
    const respelled = [delta.old, before].some(
      (old) => typeof old === "string" && value !== null && isRespelling(old, value),
    );
    if (respelled) return "respelling";
  }
  if (voice.standing === "news") {
    if (field === "end") return certainty >= 0.7 ? undefined : "not-explicit";
    if (field === "leadOrganization") {
      return handsOver(
        evidence.map(({ type, ...rest }) => ("quote" in rest ? rest.quote : "")),
        delta.old,
      )
        ? undefined
        : "not-explicit";
    }
    return "not-authoritative";
  }
  const changed = before !== undefined ? !sameValue(field, before, value, knowledge) : false;
  if (voice.standing === "lead" && changed && certainty >= 0.7) return undefined;
  if (voice.standing !== "own") return "not-authoritative";
  // The page told something else before, or nothing while the catalog holds nothing either.
  if (changed) return field === "start" && certainty < 0.7 ? "not-explicit" : undefined;
  const gained = voice.baseline !== undefined && isEmpty(delta.old);
  if (gained) return undefined;
  if (field !== "start" && isEmpty(delta.old) && evidence.some(isLabelled)) return undefined;
  const explicit = (field === "end" || field === "status") && certainty >= 0.7;
  if (!explicit) return "first-reading";
  const agrees = (other: Voice) =>
    other.standing === "own" &&
    sameValue(field, asFieldValue(other.mention[field as "end"]), delta.old, knowledge);
  return !isEmpty(delta.old) && all.some(agrees) ? "contradicted" : undefined;
}

/** Whether a page says so under a label of its own: that fills a gap even at the first reading. */
const isLabelled = (quote: ChangeEvidence): boolean =>
  quote.type === "quote" &&
  quote.confidence >= 0.8 &&
  (quote.method === "label" || quote.method === "structured");

const handOver =
  /\b(?:tak\w+ over|took over|steward\w*|transfer\w*|hand\w* (?:over|off)|pass\w* (?:to|from)|mov\w+ (?:to|from)|new home|(?:now|to be|will be) (?:led|run|managed|operated|hosted|housed) (?:by|at)|assum\w+|succeed\w*)\b/i;

/** Whether words tell of one organization following another, or name the one that led so far. */
const handsOver = (quotes: string[], former: FieldValue): boolean =>
  quotes.some(
    (quote) => handOver.test(quote) || (typeof former === "string" && holds(quote, former)),
  );

export const reasonOf = ({ standing, site, mention }: Voice): string => {
  switch (standing) {
    case "own":
      return `Its own page on ${site} says so.`;
    case "news":
      return `An announcement of ${mention.announcedOn} on ${site} says so.`;
    case "lead":
      return `The page of its lead organization on ${site} says so.`;
    case "funder":
      return `The funder's page on ${site} says so.`;
    case "other":
      return `${site} says so.`;
  }
};
