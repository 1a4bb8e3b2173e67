import type { EventKind, ToldEvent } from "@waymark/domain";
import { proves, type Stretch, wordsOf } from "../values/finding.ts";
import { otherBusiness } from "../values/life-signs.ts";
import {
  type Act,
  findActs,
  isAboutSubject,
  isUnreal,
  maskNames,
  objectEnd,
  type Trust,
} from "./act.ts";
import { anything, type Cue, cueVerbs, type MoneyVerb } from "./event-cues.ts";
import { dateOfAct } from "./event-date.ts";
import type { Part, Setting } from "./event-part.ts";
import { partiesOf } from "./event-parties.ts";

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
