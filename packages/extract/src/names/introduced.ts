import { type Stretch, within, wordsOf } from "../values/finding.ts";
import { judgeName } from "./effort-name.ts";
import { nameWord, notOfPerson, plainUndertaking, undertaking } from "./naming-words.ts";

/**
 * The name by which a sentence introduces an undertaking: "… a mentoring program called Lantern", "… launched
 * the Lantern Prize, a competition to …", "The Lantern Campaign's volunteers will …".
 */
export function introducedIn(sentence: Stretch): Stretch | undefined {
  // Few sentences speak of an undertaking at all, which is soon seen.
  const named = anyThing.test(wordsOf(sentence))
    ? (calledIn(sentence) ?? explainedIn(sentence))
    : undefined;
  return named ?? ownerIn(sentence);
}

const name = String.raw`["\u201c\u2018]?((?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*)(?:(?:\s+(?:of|for|the|and|in|on|to|&|at)){0,2}\s+[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*){0,7})`;
const thing = `(?:${undertaking.slice(3, -1)}|system|service|tool|portal|curriculum|fund|academy)`;

const anyThing = new RegExp(thing);

const called = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:[Aa]n?|[Tt]he|[Oo]ur|[Ii]ts|[Tt]heir|new)\s+(?:[\p{L}\d'\u2019-]+\s+){0,6}?${thing}(?<inner>(?:\s+[\p{Ll}\d'\u2019-]+){0,9}?),?\s+(?:called|named|known as|dubbed|titled|entitled)\s+(?:the\s+)?${name}`,
  "u",
);

const calling = / (?:called|named|known as|dubbed|titled|entitled) /;

/** "… an online filing system that lets you file at no cost called Lantern File". */
function calledIn(sentence: Stretch): Stretch | undefined {
  const text = wordsOf(sentence);
  // Few sentences name anything so, and looking for what they name is dear.
  if (!calling.test(text)) return undefined;
  const match = called.exec(text);
  if (!match || ofPeople.test(match.groups!.inner!)) return undefined;
  return nameAt(sentence, match[0].length + match.index - match[2]!.length, match[2]!);
}

const ofPeople =
  /\b(?:manager|director|officer|coordinator|students?|teachers?|founders?|leaders?|man|woman|girl|boy|person|people|company|companies|firm|startup|author|chair)\b/;

const explained = new RegExp(
  String.raw`(?<![\p{L}\p{N}])${name}(?:\s+\([A-Z][\w&.-]{1,9}\))?(?:,["\u201d\u2019]?|["\u201d\u2019],)\s+(?:which is\s+)?(?:an?|our|its|the)\s+(?:[\p{L}\d'\u2019-]+\s+){0,6}?(?<noun>${undertaking})${notOfPerson}\s+(?:of|to|that|for|which|by|led|run|funded|created|launched|designed|aimed|developed|helping|offering|supporting|connecting|providing|focused|between|with|dedicated)\b`,
  "u",
);

/** "… to launch the Lantern Prize, a competition to develop …". */
function explainedIn(sentence: Stretch): Stretch | undefined {
  const text = wordsOf(sentence);
  if (!isExplaining.test(text)) return undefined;
  const match = explained.exec(text);
  if (!match?.[1]) return undefined;
  // One word before "a platform that …" is as often a company.
  const isPlain = isPlainUndertaking.test(match.groups!.noun!);
  if (!match[1].includes(" ") && !isPlain) return undefined;
  return nameAt(sentence, match.index + match[0].indexOf(match[1]), match[1]);
}

const isPlainUndertaking = new RegExp(`^${plainUndertaking}$`);

const isExplaining = new RegExp(
  String.raw`,["\u201d\u2019]?\s+(?:which is\s+)?(?:an?|our|its|the)\s[^,;]{0,90}${undertaking}\s`,
);

const owner = new RegExp(
  String.raw`^(?:The|Our)\s+((?:${nameWord}\s+){1,7}?(?:Initiative|Programme|Program|Project|Campaign|Coalition|Alliance|Collaborative|Partnership|Fellowship|Network|Academy|Corps|Apprenticeship|Challenge))['\u2019]s\s+\S+\s`,
  "u",
);

/** "The Lantern Campaign's volunteers will be …". */
function ownerIn(sentence: Stretch): Stretch | undefined {
  const match = owner.exec(wordsOf(sentence));
  return match ? nameAt(sentence, match[0].indexOf(match[1]!), match[1]!) : undefined;
}

/** The name at a place of a sentence, where it reads like one and is no organization's. */
function nameAt(sentence: Stretch, at: number, words: string): Stretch | undefined {
  const judged = judgeName(words);
  if (!judged.isName || (judged.isOrganization && !judged.hasEffortNoun)) return undefined;
  return within(sentence, at, at + words.length);
}
