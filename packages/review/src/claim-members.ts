import type { Field, Initiative, Knowledge } from "@waymark/domain";
import type { Claim, Doubt } from "./claim.ts";
import { reasonOf } from "./claim-values.ts";
import { certaintyOf, quotesOf } from "./proof.ts";
import { isRespelling, sameOrganization, without } from "./same-value.ts";
import type { ReviewSettings } from "./settings.ts";
import { appearedOfLate, type Voice } from "./voice.ts";

type Given = { knowledge: Knowledge; settings: ReviewSettings };
type Said = { claims: Claim[]; doubts: Doubt[] };

/** A set as the catalog holds it, as the page tells it, and as the page told it when last settled. */
type Lists = {
  field: "funders" | "partners" | "states";
  held: string[];
  told: string[];
  before: string[] | undefined;
  /** Who stood on the page and does not any more. */
  left: string[];
};

/**
 * What a voice claims of funders, partners and states: who came and who left since it was last settled,
 * never the whole set, since most pages name only some.
 */
export function claimMembers(
  voice: Voice,
  all: Voice[],
  initiative: Initiative,
  given: Given,
): Said {
  const said: Said = { claims: [], doubts: [] };
  for (const lists of listsOf(voice, initiative, given.knowledge)) {
    const { field, held, told, before, left } = lists;
    const lacking = without(field, told, held, given.knowledge);
    for (const member of before ? without(field, lacking, before, given.knowledge) : lacking) {
      sort(arrival(voice, lists, member, given), doubtOfArrival(voice, all, lists, member, given));
    }
    const gone = without(field, held, without(field, held, left, given.knowledge), given.knowledge);
    for (const member of gone) {
      sort(
        departure(voice, lists, member, given),
        doubtOfDeparture(voice, all, lists, member, given),
      );
    }
  }
  return said;

  function sort(claim: Claim, rule: string | undefined): void {
    if (rule) said.doubts.push({ ...claim, rule });
    else said.claims.push(claim);
  }
}

function listsOf(
  { mention, baseline }: Voice,
  { values }: Initiative,
  knowledge: Knowledge,
): Lists[] {
  return (["funders", "partners", "states"] as const).flatMap((field) => {
    const told = mention[field];
    if (told === undefined) return [];
    const before = baseline?.[field];
    const left = before ? without(field, before, told, knowledge) : [];
    return [{ field, held: values[field] ?? [], told, before, left }];
  });
}

function arrival(
  voice: Voice,
  { field, held }: Lists,
  member: string,
  { knowledge }: Given,
): Claim {
  return {
    field,
    voice,
    delta: { field, old: held, new: [...held, member], added: [member] },
    certainty: certaintyOf(voice.known, field, member, knowledge),
    evidence: quotesOf(voice.known, field, member, knowledge),
    reason: reasonOf(voice),
  };
}

function departure(
  voice: Voice,
  { field, held }: Lists,
  member: string,
  { knowledge }: Given,
): Claim {
  return {
    field,
    voice,
    delta: { field, old: held, new: without(field, held, [member], knowledge), removed: [member] },
    certainty: certaintyOf(voice.known, field),
    // That a name is gone is proven by the list as it stands.
    evidence: quotesOf(voice.known, field),
    reason: `The list on ${voice.site} no longer names ${member}.`,
  };
}

function doubtOfArrival(
  voice: Voice,
  all: Voice[],
  { field, held, told, before, left }: Lists,
  member: string,
  { knowledge, settings }: Given,
): string | undefined {
  if (quotesOf(voice.known, field, member, knowledge).length === 0) return "no-evidence";
  // Where the page tells both names they are two members, however alike.
  const absent = without(field, held, told, knowledge);
  if (isSpelledLike(field, member, [...left, ...absent])) return "respelling";
  if (voice.standing === "news") return undefined;
  if (voice.standing === "own") {
    if (before !== undefined) return undefined;
    // A page that begins to tell a field which the catalog lacks altogether fills a gap.
    return voice.baseline !== undefined && held.length === 0 ? undefined : "first-reading";
  }
  // Who runs it knows who takes part; what its page gained since it was last settled is news.
  if (voice.standing === "lead" && before !== undefined) return undefined;
  if (isOwnMoney(voice, field, member, knowledge)) {
    const isNew = voice.baseline !== undefined || appearedOfLate(voice, settings);
    if (!isNew) return "first-reading";
    // A list of grants names what was paid once; the effort's own list says who pays now.
    const isLeftOut = all.some(
      ({ standing, mention }) =>
        standing === "own" &&
        mention[field]?.length &&
        without(field, [member], mention[field], knowledge).length > 0,
    );
    return isLeftOut ? "contradicted" : undefined;
  }
  return before === undefined ? "first-reading" : "not-authoritative";
}

function doubtOfDeparture(
  voice: Voice,
  all: Voice[],
  { field, told, left }: Lists,
  member: string,
  { knowledge }: Given,
): string | undefined {
  if (told.length === 0) return "list-gone";
  if (quotesOf(voice.known, field).length === 0) return "no-evidence";
  if (isSpelledLike(field, member, told)) return "respelling";
  if (voice.standing !== "own" && !isOwnMoney(voice, field, member, knowledge)) {
    return "not-authoritative";
  }
  // A list that lost more than it kept was cut short, reshuffled or misread.
  if (left.length > told.length) return "mostly-gone";
  const isStillTold = all.some(
    (other) =>
      other !== voice &&
      other.standing === "own" &&
      without(field, [member], other.mention[field] ?? [], knowledge).length === 0,
  );
  return isStillTold ? "still-told" : undefined;
}

/** A foundation knows best whom it pays, and speaks of no other money. */
function isOwnMoney({ known }: Voice, field: Field, member: string, knowledge: Knowledge): boolean {
  const { kind, name } = known.source;
  if (field !== "funders" || kind !== "foundation" || name === undefined) return false;
  return sameOrganization(name, member, knowledge);
}

const isSpelledLike = (field: Field, member: string, others: string[]): boolean =>
  field !== "states" && others.some((other) => isRespelling(member, other));
