import type { Evidence, FieldDelta, Initiative } from "@waymark/domain";
import { sameAddress } from "./address.ts";
import { asFieldValue, type Claim, type Doubt } from "./claim.ts";
import { reasonOf } from "./claim-values.ts";
import { fold } from "./fold.ts";
import { isGenericName } from "./generic-name.ts";
import { certaintyOf, quotesOf } from "./proof.ts";
import { isEmpty, sameName } from "./same-value.ts";
import type { Voice } from "./voice.ts";

type Said = { claims: Claim[]; doubts: Doubt[] };

/** What a voice claims of the name: that the effort is called otherwise than before, not merely written so. */
export function claimName(voice: Voice, all: Voice[], initiative: Initiative): Said {
  const { values } = initiative;
  const { mention, baseline } = voice;
  const renamedTo = voice.standing === "news" ? announcedName(voice, values.name) : undefined;
  const name = renamedTo ?? mention.name;
  if (sameName(name, values.name)) return none;
  if (baseline && sameName(baseline.name, name)) return none;
  const formerly = renamedTo !== undefined || callsFormer(voice, values.name);
  const claim = claimOf(voice, initiative, name, formerly);
  const rule = ruleFor();
  return rule ? { claims: [], doubts: [{ ...claim, rule }] } : { claims: [claim], doubts: [] };

  function ruleFor(): string | undefined {
    if (claim.evidence.length === 0) return "no-evidence";
    if (isGenericName(name)) return "generic-name";
    const called = [...(values.aliases ?? []), values.acronym].filter((each) => !isEmpty(each));
    if (called.some((each) => fold(each!) === fold(name)) && !formerly) return "known-alias";
    if (voice.standing === "news") return formerly ? undefined : "not-explicit";
    // Who leads it and called it so until now knows its new name; everybody else repeats names.
    const renames = voice.standing === "lead" && baseline && sameName(baseline.name, values.name);
    if (voice.standing !== "own" && !renames) return "not-authoritative";
    if (formerly) return undefined;
    if (baseline === undefined) return "first-reading";
    // One page of a site calls itself something else while the others keep the name: a heading, no rename.
    const others = all.filter((other) => other !== voice && other.standing === "own");
    const keep = others.some(
      (other) => sameName(other.mention.name, values.name) && isFrontDoor(other),
    );
    return keep && !isFrontDoor(voice) ? "contradicted" : undefined;
  }

  function isFrontDoor({ known }: Voice): boolean {
    return known.page.kind === "home" || sameAddress(known.page.url, values.url ?? "");
  }
}

const none: Said = { claims: [], doubts: [] };

function claimOf(voice: Voice, { values }: Initiative, name: string, formerly: boolean): Claim {
  const byName = quotesOf(voice.known, "name", name);
  const byAlias = formerly
    ? [...quotesOf(voice.known, "aliases", name), ...quotesOf(voice.known, "aliases", values.name)]
    : [];
  return {
    field: "name",
    voice,
    delta: { field: "name", old: values.name, new: name },
    certainty: Math.max(
      certaintyOf(voice.known, "name", name),
      certaintyOf(voice.known, "aliases", name),
    ),
    evidence: [...byName, ...byAlias],
    reason: formerly ? `${voice.site} gives ${values.name} as its former name.` : reasonOf(voice),
  };
}

/** The old name stays findable: it becomes an alias when the new one is accepted. */
export function aliasDelta({ values }: Initiative, name: string): FieldDelta | undefined {
  const held = asFieldValue(values.aliases) as string[] | undefined;
  const known = [...(held ?? []), name];
  if (known.some((alias) => fold(alias) === fold(values.name))) return undefined;
  return {
    field: "aliases",
    old: held ?? [],
    new: [...(held ?? []), values.name],
    added: [values.name],
  };
}

const formerCue =
  /\b(?:former(?:ly)?|previously|once|originally|used to be|was (?:called|known|named)|known until|renam\w+|rebrand\w+|new name|old name|until (?:recently|\d{4})|successor name|changed its name)\b/i;
const futureCue =
  /\b(?:now|will be|to be|is)\s+(?:known|called|named)\b|\bnew name\b|\brenam\w+\b|\brebrand\w+\b|\bbecom\w+\b|\btak\w+ (?:a|the|on) \b|\bchang\w+ its name\b/i;

/** Whether the page gives the catalog's name as the one the effort used to have. */
const callsFormer = ({ mention }: Voice, name: string): boolean =>
  !sameName(mention.name, name) &&
  aliasEvidence(mention.evidence, name).some(({ quote }) => formerCue.test(quote));

/** The new name that an announcement gives an effort which it calls by the name we know. */
function announcedName({ mention }: Voice, name: string): string | undefined {
  if (!sameName(mention.name, name)) return undefined;
  return mention.aliases.find(
    (alias) =>
      !sameName(alias, name) &&
      aliasEvidence(mention.evidence, alias).some(({ quote }) => futureCue.test(quote)),
  );
}

const aliasEvidence = (evidence: Evidence[], alias: string): Evidence[] =>
  evidence.filter(({ field, value }) => field === "aliases" && sameName(value, alias));
