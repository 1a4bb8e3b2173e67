import type { Field, FieldDelta, Initiative, Knowledge, KnownEffort } from "@waymark/domain";
import { asFieldValue, type Claim, type Doubt } from "./claim.ts";
import { claimMembers } from "./claim-members.ts";
import { aliasDelta, claimName } from "./claim-name.ts";
import { claimMove } from "./claim-url.ts";
import { claimValues } from "./claim-values.ts";
import type { Draft } from "./draft.ts";
import { gather, together } from "./proof.ts";
import { membersOf, sameValue, valueKey, without } from "./same-value.ts";
import type { ReviewSettings } from "./settings.ts";
import { changedAt, type Voice } from "./voice.ts";

type Given = { knowledge: Knowledge; now: Date; settings: ReviewSettings };

/**
 * What the pages say that the catalog does not: one draft a field, so that a decision on one never waits
 * for another and the same difference is the same proposal night after night.
 */
export function proposeUpdates(
  known: KnownEffort,
  initiative: Initiative,
  voices: Voice[],
  given: Given,
): Draft[] {
  const said = voices.map((voice) => [
    claimName(voice, voices, initiative),
    claimValues(voice, voices, initiative, given.knowledge),
    claimMembers(voice, voices, initiative, given),
  ]);
  const claims = said.flat().flatMap(({ claims }) => claims);
  const doubts = said.flat().flatMap(({ doubts }) => doubts);
  const agreed = doubts.filter((doubt) => isAgreed(doubt, voices, given.knowledge));
  const believed = [...claims, ...agreed];
  // Who is not believed alone still counts as a witness of what others are believed for.
  const witnesses = doubts.filter(
    (doubt) =>
      !agreed.includes(doubt) &&
      believed.some((claim) => sayTheSame(claim, doubt, given.knowledge)),
  );
  const left = doubts.filter((doubt) => !agreed.includes(doubt) && !witnesses.includes(doubt));
  const drafts = fieldsOf(believed).map((field) =>
    draftOf(
      field,
      believed.filter((claim) => claim.field === field),
      witnesses,
      initiative,
      given.knowledge,
    ),
  );
  const move = claimMove(known, initiative, voices);
  if (move) {
    const { delta, certainty, evidence, reason, confirmBy, voices: telling, rule } = move;
    drafts.push({
      kind: "update",
      deltas: [delta],
      evidence,
      confidence: certainty,
      reasons: [reason],
      confirmBy,
      voices: telling,
      ...(rule ? { rule } : {}),
    });
  }
  return [...drafts, ...left.map(heldBack), ...minorDrafts(voices, initiative)];
}

const order: Field[] = [
  "name",
  "leadOrganization",
  "funders",
  "partners",
  "states",
  "start",
  "end",
  "status",
];
const fieldsOf = (claims: Claim[]): Field[] =>
  order.filter((field) => claims.some((claim) => claim.field === field));

/** Repeaters are believed when two sites say it and one of them did not say so before. */
function isAgreed(doubt: Doubt, voices: Voice[], knowledge: Knowledge): boolean {
  if (doubt.rule !== "not-authoritative" || doubt.voice.baseline === undefined) return false;
  if (doubt.delta.removed) return false;
  const own = voices.filter(({ standing }) => standing === "own");
  const contradicted = own.some((voice) => tells(voice, doubt, knowledge) === false);
  if (contradicted) return false;
  const sites = new Set(
    voices.filter((voice) => tells(voice, doubt, knowledge)).map(({ site }) => site),
  );
  return sites.size >= 2;
}

/** Whether a voice now tells what a claim says; undefined when it tells nothing of the field. */
function tells(
  { mention }: Voice,
  { field, delta }: Claim,
  knowledge: Knowledge,
): boolean | undefined {
  const value = asFieldValue(mention[field as keyof typeof mention]);
  if (value === undefined) return undefined;
  if (delta.added) return without(field, delta.added, membersOf(value), knowledge).length === 0;
  return sameValue(field, value, delta.new, knowledge);
}

function sayTheSame(one: Claim, other: Claim, knowledge: Knowledge): boolean {
  if (one.field !== other.field || one.voice === other.voice) return false;
  if (one.delta.added || one.delta.removed) {
    const same = (left: string[] = [], right: string[] = []) =>
      left.length === right.length && without(one.field, left, right, knowledge).length === 0;
    return same(one.delta.added, other.delta.added) && same(one.delta.removed, other.delta.removed);
  }
  return sameValue(one.field, one.delta.new, other.delta.new, knowledge);
}

function draftOf(
  field: Field,
  claims: Claim[],
  witnesses: Doubt[],
  initiative: Initiative,
  knowledge: Knowledge,
): Draft {
  const sets = claims.some(({ delta }) => delta.added || delta.removed);
  const chosen = sets ? claims : ofOneMind(field, claims, knowledge);
  const joined = sets ? joinMembers(field, chosen, initiative, knowledge) : chosen[0]!.delta;
  const backing = [
    ...chosen,
    ...witnesses.filter((witness) => chosen.some((claim) => sayTheSame(claim, witness, knowledge))),
  ];
  const alias = field === "name" ? aliasDelta(initiative, joined.new as string) : undefined;
  const drastic = field === "name" || field === "leadOrganization" || joined.removed !== undefined;
  return {
    kind: "update",
    deltas: alias ? [joined, alias] : [joined],
    telling: [joined],
    evidence: gather(backing.flatMap(({ evidence }) => evidence)),
    confidence: together(backing.map(({ voice, certainty }) => ({ site: voice.site, certainty }))),
    reasons: [...new Set(backing.map(({ reason }) => reason))].toSorted(),
    confirmBy: drastic ? chosen.map(({ voice }) => voice.known.page.id) : [],
    voices: backing.map(({ voice }) => voice),
  };
}

/**
 * The claims of the value that wins: an own page before an announcement before the rest, then whose words
 * changed last, then what most of them say. A page that lags behind cannot pull the catalog back.
 */
function ofOneMind(field: Field, claims: Claim[], knowledge: Knowledge): Claim[] {
  const ranked = claims.toSorted(
    (one, other) =>
      rank(other) - rank(one) ||
      date(other).localeCompare(date(one)) ||
      changedAt(other.voice) - changedAt(one.voice) ||
      other.certainty - one.certainty ||
      (keyOf(field, one) < keyOf(field, other) ? -1 : 1),
  );
  return ranked.filter((claim) =>
    sameValue(field, claim.delta.new, ranked[0]!.delta.new, knowledge),
  );
}

const rank = ({ voice }: Claim): number =>
  ({ own: 4, news: 3, lead: 2, funder: 1, other: 0 })[voice.standing];
const date = ({ voice }: Claim): string =>
  voice.standing === "news" ? (voice.mention.announcedOn ?? "") : "";
const keyOf = (field: Field, { delta }: Claim): string =>
  typeof delta.new === "string" ? valueKey(field, delta.new) : "";

/** The catalog's set with what came and without what left, as all claims together say. */
function joinMembers(
  field: Field,
  claims: Claim[],
  { values }: Initiative,
  knowledge: Knowledge,
): FieldDelta {
  const held = membersOf(asFieldValue(values[field]));
  const added = distinct(claims.flatMap(({ delta }) => delta.added ?? []));
  const removed = without(
    field,
    distinct(claims.flatMap(({ delta }) => delta.removed ?? [])),
    added,
    knowledge,
  );
  return {
    field,
    old: held,
    new: [...without(field, held, removed, knowledge), ...added],
    ...(added.length ? { added } : {}),
    ...(removed.length ? { removed } : {}),
  };

  function distinct(members: string[]): string[] {
    const kept: string[] = [];
    for (const member of members.toSorted()) {
      if (without(field, [member], kept, knowledge).length) kept.push(member);
    }
    return kept;
  }
}

const heldBack = (doubt: Doubt): Draft => ({
  kind: "update",
  deltas: [doubt.delta],
  evidence: doubt.evidence.slice(0, 3),
  confidence: doubt.certainty,
  reasons: [doubt.reason],
  confirmBy: [],
  voices: [doubt.voice],
  rule: doubt.rule,
});

/** Wording and labels that own pages changed: kept to be audited, never asked. */
function minorDrafts(voices: Voice[], { values }: Initiative): Draft[] {
  return voices
    .filter(({ standing, baseline }) => standing === "own" && baseline !== undefined)
    .flatMap((voice) =>
      (["description", "kind", "acronym", "topics", "aliases"] as const).flatMap(
        (field): Draft[] => {
          const value = asFieldValue(voice.mention[field]);
          const before = asFieldValue(voice.baseline![field]);
          const held = asFieldValue(values[field]);
          if (value === undefined || before === undefined) return [];
          if (sameValue(field, value, before) || sameValue(field, value, held)) return [];
          return [
            {
              kind: "update",
              deltas: [{ field, old: held ?? null, new: value }],
              evidence: [],
              confidence: 0.5,
              reasons: [],
              confirmBy: [],
              voices: [voice],
              rule: field === "description" ? "prose" : "minor",
            },
          ];
        },
      ),
    );
}
