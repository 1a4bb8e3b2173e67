import type { EventKind, Party, ToldEvent } from "@waymark/domain";
import {
  findStates,
  foldName,
  type Gazetteer,
  knownOrganization,
  looksLikeOrganization,
  stateName,
} from "@waymark/normalize";
import {
  type Act,
  findActs,
  isAboutSubject,
  isUnreal,
  maskNames,
  objectEnd,
  type Trust,
  withoutTime,
} from "./act.ts";
import { anything, type Cue, countedPlaces, cueVerbs, type MoneyVerb } from "./event-cues.ts";
import { dateOfAct, type StandingDate } from "./event-date.ts";
import { proves, type Stretch, within, wordsOf } from "./finding.ts";
import { otherBusiness } from "./life-signs.ts";
import { namePhrase, withoutDate } from "./name-phrase.ts";
import { splitOrganizations } from "./organization-list.ts";
import type { Subject } from "./sentence.ts";
import { organizationsAt } from "./told.ts";

/** How a sentence stands on its page, which decides what may be taken from it. */
export type Setting = {
  subject: Subject;
  gazetteer: Gazetteer;
  /** News tells of many: only the name itself, or "the initiative", is the effort. */
  isNews: boolean;
  isHeadline: boolean;
  announced?: StandingDate | undefined;
  /** The date of the timeline's line that holds the sentence. */
  line?: StandingDate | undefined;
};

/** The effort's part in an act, and where the words begin that say more of it. */
type Part = {
  kind: EventKind;
  act: Act;
  role: "does" | "undergoes";
  receives?: true;
  rest: number;
};

/** What a sentence says happened to the subject, each with who had a part in it. */
export function readEvents(sentence: Stretch, setting: Setting): ToldEvent[] {
  const text = wordsOf(sentence);
  const masked = maskNames(text, setting.subject);
  const taken = new Set<number>();
  return findActs(masked, cueVerbs).flatMap(({ act, of }) => {
    if (taken.has(act.at)) return [];
    const part =
      typeof of === "string"
        ? awardPart(masked, act, of, setting)
        : cuePart(masked, act, of, setting);
    const event = part && eventOf(sentence, masked, part, setting);
    if (!event) return [];
    taken.add(act.at);
    return [event];
  });
}

function cuePart(masked: string, act: Act, cue: Cue, setting: Setting): Part | undefined {
  if (!isReal(masked, act, cue, setting)) return undefined;
  const part = partIn(masked, act, cue, setting);
  return part && { kind: cue.kind, act, ...part };
}

function partIn(
  masked: string,
  act: Act,
  cue: Cue,
  setting: Setting,
): Pick<Part, "role" | "rest"> | undefined {
  const follows = act.passive ? cue.passive : cue.active;
  const after = follows?.exec(masked.slice(act.to));
  if (
    after &&
    isAboutSubject(masked.slice(0, act.from), trustOf(setting)) &&
    !isOthers(masked, act, cue.kind)
  )
    return { role: act.passive ? "undergoes" : "does", rest: act.to + leadIn(after[0]) };
  if (!cue.object || act.passive) return undefined;
  const end = objectEnd(
    masked,
    act,
    !setting.isHeadline,
    cue.object === anything ? undefined : cue.object,
  );
  const rest = end === undefined ? null : cue.object.exec(masked.slice(end));
  if (end === undefined || !rest) return undefined;
  // The effort itself does it to something that bears a part of its name.
  if (isAboutSubject(masked.slice(0, act.from), { pronouns: true, silence: false }))
    return undefined;
  return { role: "undergoes", rest: end + leadIn(rest[0]) };
}

/** Patterns that look for a name end where it begins; the others only look on. */
const leadIn = (matched: string): number => (/\s["\u201c]?$/u.test(matched) ? matched.length : 0);

const trustOf = ({ isNews, isHeadline }: Setting): Trust => ({
  pronouns: !isNews,
  silence: !isNews && !isHeadline,
});

/** Applications open and surveys close; that says nothing of the effort. */
const isOthers = (masked: string, act: Act, kind: EventKind): boolean =>
  (kind === "launch" || kind === "sunset" || kind === "expansion") &&
  (otherBusiness.test(masked.slice(0, act.from)) ||
    otherBusiness.test(masked.slice(act.to, act.to + 25)));

function isReal(
  masked: string,
  act: Act,
  cue: Pick<Cue, "kind" | "plannedOnly">,
  { isNews, isHeadline }: Setting,
): boolean {
  if (isUnreal(masked, act)) return false;
  if (act.tense === "planned") {
    if (act.plan === "headline") return isHeadline;
    return act.plan === "firm" || cue.kind === "launch";
  }
  if (cue.plannedOnly) return false;
  // "Begins" and "expands" in running text is what somebody does every day.
  return act.tense !== "present" || isHeadline || (isNews && cue.kind === "launch");
}

/** "X received a $2 million grant from …", "… awarded $2 million to X", "… backs X with $2 million". */
function awardPart(masked: string, act: Act, verb: MoneyVerb, setting: Setting): Part | undefined {
  if (!isReal(masked, act, { kind: "award" }, setting)) return undefined;
  const rest = masked.slice(act.to);
  const isMoney = (words: string) => sum.test(words) || grantWord.test(words);
  const object = rest.slice(0, 70).split(/;|\s(?:and|which|that)\s(?=\p{Ll}+ed\b)/u)[0]!;
  const isOwn = isAboutSubject(masked.slice(0, act.from), trustOf(setting));
  const part = { kind: "award" as const, act, rest: act.to };
  if (verb === "receives") {
    return isOwn && !act.passive && isMoney(object)
      ? { ...part, role: "undergoes", receives: true }
      : undefined;
  }
  if (act.passive) {
    const isGiven = isOwn && isMoney(object) && /^(?:award|grant|give)$/.test(act.verb);
    return isGiven ? { ...part, role: "undergoes", receives: true } : undefined;
  }
  if (isOwn) return verb === "gives" && sum.test(object) ? { ...part, role: "does" } : undefined;
  const goal = verb === "gives" ? (givenTo.exec(rest) ?? givenFirst.exec(rest))?.[0] : undefined;
  const isGoal = goal !== undefined && isMoney(goal);
  const isBacked =
    verb === "backs" && objectEnd(masked, act, false) !== undefined && sum.test(rest);
  return isGoal || isBacked ? { ...part, role: "undergoes" } : undefined;
}

const grantWord = /\b(?:grants?|awards?|funding|investments?|gifts?|contributions?)\b/i;
const sum = /(?:\$|\u20ac|\u00a3)\s?\d|\b\d[\d.,]*\s+(?:million\s+)?dollars\b/;
/** "… $2 million to expand X", "… a grant for X". */
const givenTo =
  /^(?:[^.;]|\.\d){0,150}?\s(?:to|for|in|behind|toward)\s+(?:(?:the|its|help|support|launch|expand|sustain|grow)\s+)*\ufffc+/u;
/** "… X a $2 million grant". */
const givenFirst = /^\s+(?:the\s+)?\ufffc+\s+(?:[^.;]|\.\d){0,40}?(?:[$\u20ac\u00a3]\s?\d|grant)/u;

function eventOf(
  sentence: Stretch,
  masked: string,
  part: Part,
  setting: Setting,
): ToldEvent | undefined {
  const { kind, act } = part;
  const text = wordsOf(sentence);
  const parties = partiesOf(sentence, masked, part, setting);
  if (!parties) return undefined;
  const { on, dated, proof } = dateOfAct(text, act, setting);
  // "Launched" alone is a label or a button, and "began with a worry" is how stories begin.
  const isVague = masked.slice(0, act.from).trim() === "" || /^(?:begin|start)$/.test(act.verb);
  if (!on && isVague) return undefined;
  const sure = setting.isHeadline || act.tense === "planned" ? 0.7 : 0.8;
  return {
    kind: kind,
    ...(on && { on }),
    ...(dated && { dated }),
    ...(act.tense === "planned" && { planned: true as const }),
    parties,
    evidence: [
      proves("event", kind, sentence, setting.isHeadline ? "heading" : "sentence", sure),
      ...(proof ? [{ ...proof, field: "event" as const, value: kind }] : []),
    ],
  };
}

/** Who had a part; undefined where the event is nothing without somebody who is not named. */
function partiesOf(
  sentence: Stretch,
  masked: string,
  part: Part,
  setting: Setting,
): Party[] | undefined {
  const text = wordsOf(sentence);
  const { act, role, rest, kind } = part;
  const agents = (as: Party["role"]): Party[] =>
    (act.passive
      ? namedAfter(sentence, act.to, /^[^.;]{0,60}?\bby\s+(?:the\s+)?/u, setting)
      : role === "undergoes"
        ? agentsOf(sentence, act, setting)
        : []
    )
      .slice(0, 4)
      .map((name) => ({ role: as, name }));
  switch (kind) {
    case "rename": {
      const name = namePhrase(text.slice(rest));
      if (!name) return undefined;
      const former =
        role === "does" || act.passive
          ? ownName(text, masked, 0, act.from)
          : ownName(text, masked, act.to, rest);
      const isOther = former && foldName(former) !== foldName(name);
      return [
        ...(isOther ? [{ role: "former-name" as const, name: former }] : []),
        { role: "new-name", name },
      ];
    }
    case "merger": {
      if (role === "undergoes" && !act.passive && rest === endOfName(masked, act))
        return agents("successor");
      const name = namePhrase(text.slice(rest));
      return name ? [{ role: "successor", name }] : undefined;
    }
    case "transfer": {
      if (role === "undergoes" && !act.passive && rest === endOfName(masked, act)) {
        const taker = agents("lead");
        return taker.length > 0 ? taker : undefined;
      }
      const taker = takerAt(sentence, rest, setting);
      return taker ? [{ role: "lead", name: taker }] : undefined;
    }
    case "expansion":
      return placesIn(text.slice(act.to));
    case "award":
      return awardParties(sentence, masked, part, setting);
    case "launch":
    case "sunset":
    case "archive":
      return agents("by");
    default:
      return [];
  }
}

const endOfName = (masked: string, act: Act): number => objectEnd(masked, act, true) ?? -1;

/** The subject's name as the sentence writes it, where the sentence does. */
const ownName = (text: string, masked: string, from: number, to: number): string | undefined => {
  const found = /\ufffc+/.exec(masked.slice(from, to));
  return found ? text.slice(from + found.index, from + found.index + found[0].length) : undefined;
};

/** Who does something: the organizations that the clause begins with. */
function agentsOf(sentence: Stretch, act: Act, setting: Setting): string[] {
  const words = wordsOf(sentence).slice(0, act.from);
  const cut = words.search(/(?<=^|[:;\u2013\u2014]\s|\s-\s)[^:;\u2013\u2014]*$/u);
  const clause = words.slice(Math.max(0, cut));
  const from = act.from - withoutTime(clause).length;
  return organizationsIn(within(sentence, from, act.from), setting);
}

function namedAfter(sentence: Stretch, from: number, cue: RegExp, setting: Setting): string[] {
  const found = cue.exec(wordsOf(sentence).slice(from));
  if (!found) return [];
  const at = from + found[0].length;
  return namesOf(organizationsAt(sentence, at, setting.gazetteer), setting);
}

const organizationsIn = (stretch: Stretch, setting: Setting): string[] =>
  namesOf(splitOrganizations(stretch, setting.gazetteer), setting);

const namesOf = (
  listed: ReturnType<typeof splitOrganizations>,
  { gazetteer, subject }: Setting,
): string[] =>
  listed
    .map(({ name }) => withoutDate(name.replace(/^The\s+/, "")))
    .filter((name) => isOrganization(name, gazetteer) && !subject.names.includes(name));

const isOrganization = (name: string, gazetteer: Gazetteer): boolean =>
  looksLikeOrganization(name) ||
  knownOrganization(name, gazetteer) !== undefined ||
  /^\p{Lu}\S*(?:\s+(?:of|for|the|and|&|\p{Lu}\S*))+$/u.test(name);

/** The one organization that a stretch begins with; a place or a thing is none. */
function takerAt(
  sentence: Stretch,
  from: number,
  { gazetteer, subject }: Setting,
): string | undefined {
  const [one] = organizationsAt(sentence, from, gazetteer);
  const name = one && withoutDate(one.name);
  const isNamed =
    name !== undefined &&
    (looksLikeOrganization(name) ||
      knownOrganization(name, gazetteer) !== undefined ||
      /^[A-Z]{2,}$/.test(name));
  return isNamed && !subject.names.includes(name) ? name : undefined;
}

/** The states that an effort came to, or how many places, as the sentence counts them. */
function placesIn(text: string): Party[] {
  const states = findStates(text).map(({ code }) => stateName(code) ?? code);
  if (states.length > 0) return [...new Set(states)].map((name) => ({ role: "place", name }));
  const counted = countedPlaces.exec(text)?.[0];
  return counted ? [{ role: "place", name: counted }] : [];
}

function awardParties(
  sentence: Stretch,
  masked: string,
  { act, role, receives }: Part,
  setting: Setting,
): Party[] {
  const text = wordsOf(sentence);
  const from = (cue: RegExp) => namedAfter(sentence, act.to, cue, setting);
  if (role === "does") {
    const given = /\s(?:to|for)\s+(?:the\s+)?(?=\p{Lu})/u;
    const name = ownName(text, masked, 0, act.from);
    return [
      ...(name ? [{ role: "funder" as const, name }] : []),
      ...from(new RegExp(`^(?:[^.;]|\\.\\d){0,90}?${given.source}`, "u")).map((grantee) => ({
        role: "grantee" as const,
        name: grantee,
      })),
    ];
  }
  const funders = receives
    ? [...from(/^(?:[^.;]|\.\d){0,110}?\s(?:from|by)\s+(?:the\s+)?(?=\p{Lu})/u)]
    : agentsOf(sentence, act, setting);
  return funders.slice(0, 4).map((name) => ({ role: "funder", name }));
}
