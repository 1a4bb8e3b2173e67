import type { ChangeKind, Field, FreshnessStep } from "@waymark/domain";
import { type Html, html } from "./html.ts";

/** What the fields are called on screen. */
export const fieldLabels: Record<Field, string> = {
  name: "Name",
  aliases: "Also called",
  acronym: "Acronym",
  url: "Address",
  kind: "Kind",
  description: "Description",
  leadOrganization: "Lead organization",
  funders: "Funders",
  partners: "Partners",
  states: "States",
  start: "Start",
  end: "End",
  status: "Status",
  topics: "Topics",
};

export const changeKinds = [
  "new",
  "update",
  "duplicate",
  "stale",
  "ended",
  "split",
] as const satisfies readonly ChangeKind[];

/** What each kind of change is called, in one and in many, and what accepting it does. */
export const kindLabels: Record<ChangeKind, { one: string; many: string; effect: string }> = {
  new: { one: "New", many: "New", effect: "Accepting adds it to the catalog." },
  update: { one: "Update", many: "Updates", effect: "Accepting writes these values." },
  duplicate: {
    one: "Duplicate",
    many: "Duplicates",
    effect: "Accepting merges the two entries into one.",
  },
  stale: { one: "Stale", many: "Stale", effect: "Accepting confirms that the entry is stale." },
  ended: { one: "Ended", many: "Ended", effect: "Accepting records that the effort has ended." },
  split: {
    one: "Split",
    many: "Splits",
    effect: "Accepting takes these mentions out of the entry.",
  },
};

/** The kind of a change as a badge: a sign and a word, never colour alone. */
export const kindBadge = (kind: ChangeKind): Html =>
  html`<span class="badge kind-${kind}"><span class="sign" aria-hidden="true">${signs[kind]}</span>${kindLabels[kind].one}</span>`;

const signs: Record<ChangeKind, string> = {
  new: "+",
  update: "✎",
  duplicate: "=",
  stale: "◷",
  ended: "■",
  split: "÷",
};

export const freshnessSteps = [
  "fresh",
  "ageing",
  "stale",
  "presumed-ended",
] as const satisfies readonly FreshnessStep[];

export const freshnessLabels: Record<FreshnessStep, string> = {
  fresh: "Fresh",
  ageing: "Ageing",
  stale: "Stale",
  "presumed-ended": "Presumed ended",
};

export const freshnessBadge = (step: FreshnessStep): Html =>
  html`<span class="badge fresh-${step}"><span class="dot" aria-hidden="true"></span>${freshnessLabels[step]}</span>`;

/** How a visit ended, in words that follow "The page". */
const outcomeWords: Record<string, string> = {
  fetched: "was read",
  unchanged: "had not changed",
  moved: "had moved",
  gone: "was gone",
  refused: "was not to be visited",
  blocked: "turned us away",
  login: "asked for a login",
  "soft-404": "said that nothing is there",
  parked: "was parked with a domain dealer",
  shell: "came without its content",
  broken: "did not answer",
  "no-address": "had no address any more",
  "too-large": "was too large",
  "wrong-type": "was no document we read",
};

export const outcomeText = (outcome: string): string => outcomeWords[outcome] ?? outcome;

/** An outcome as a small mark for tables: good ones quiet, the others plain to see. */
export function outcomeBadge(outcome: string | undefined): Html {
  if (outcome === undefined) return html`<span class="muted">not yet</span>`;
  const isGood = ["fetched", "unchanged", "ok"].includes(outcome);
  const isHalf = ["moved", "partial", "shell", "login"].includes(outcome);
  return html`<span class="badge ${isGood ? "good" : isHalf ? "half" : "bad"}">${outcome}</span>`;
}
