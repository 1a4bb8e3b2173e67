import { keptWith, matchesOf } from "@waymark/normalize";
import { type Subject, withoutOpening } from "../values/sentence.ts";

/**
 * One use of a verb in a sentence: in which tense and voice, and where it stands. `state` is "is now closed";
 * `firm` plans say "will" or "is set to", `weak` ones "plans to", `headline` ones only "to".
 */
export type Act = {
  verb: string;
  tense: "past" | "perfect" | "present" | "state" | "planned";
  plan?: "firm" | "weak" | "headline";
  passive: boolean;
  /** Where its auxiliaries begin, where the verb begins, and where it ends. */
  from: number;
  at: number;
  to: number;
};

/** Verbs in all their forms by first word, each with what it was given for. */
export type VerbIndex<T> = ReadonlyMap<string, readonly VerbForm<T>[]>;
type VerbForm<T> = { verb: string; words: string; form: Form; of: T };
type Form = "base" | "third" | "past" | "participle" | "now";

/**
 * Indexes verbs by their base form; of a phrase, the first word is inflected. Irregular ones give base, third,
 * past and participle between bars; a phrase that begins with "is now" stands as it is.
 */
export function indexVerbs<T>(
  entries: readonly { verbs: readonly string[]; of: T }[],
): VerbIndex<T> {
  const index = new Map<string, VerbForm<T>[]>();
  for (const { verbs, of } of entries) {
    for (const { verb, words, form } of verbs.flatMap(formsOf)) {
      const first = words.split(" ")[0]!;
      index.set(first, [...(index.get(first) ?? []), { verb, words, form, of }]);
    }
  }
  return index;
}

function formsOf(written: string): { verb: string; words: string; form: Form }[] {
  const [first, ...rest] = written.split(" ");
  if (written.startsWith("is now ")) {
    return ["is", "are"].map((be) => ({
      verb: written,
      words: [be, ...rest].join(" "),
      form: "now",
    }));
  }
  const [base, third, past, participle] = first!.includes("|")
    ? first!.split("|")
    : inflect(first!);
  const verb = [base, ...rest].join(" ");
  const forms = { base, third, past, participle: participle ?? past };
  return Object.entries(forms).map(([form, word]) => ({
    verb,
    words: [word, ...rest].join(" "),
    form: form as Form,
  }));
}

function inflect(base: string): [string, string, string] {
  if (/e$/.test(base)) return [base, `${base}s`, `${base}d`];
  if (/[^aeiou]y$/.test(base)) return [base, `${base.slice(0, -1)}ies`, `${base.slice(0, -1)}ied`];
  return [base, /(?:s|x|ch|sh)$/.test(base) ? `${base}es` : `${base}s`, `${base}ed`];
}

const adverb = String.raw`(?:now|today|also|first|recently|since|just|soon|then|jointly|later|yesterday|\p{Ll}{2,}ly|this\s+(?:week|month|year|spring|summer|fall|winter)|on\s+\p{Lu}\p{Ll}+day)`;
const auxiliaries = new RegExp(
  String.raw`(?:(?<![\p{L}'\u2019])(?:has|have|had|was|were|is|are|be|been|being|gets?|got|did|${adverb}),?\s+)+$`,
  "iu",
);
const plan = new RegExp(
  String.raw`(?<![\p{L}])(?:(will)|(?:is|are|was|were)\s+(?:now\s+)?(set|scheduled|slated|due|expected|planned)\s+to|(plans?|planned|intends?|intended|expects?|expected|aims?|hopes?)\s+to|(to))\s+(?:${adverb}\s+)*$`,
  "iu",
);

const word = /[\p{L}\p{N}]+(?:['\u2019-][\p{L}\p{N}]+)*/gu;

/** Every use of the verbs in a text that is neither a bare infinitive nor a noun. */
export function findActs<T>(text: string, index: VerbIndex<T>): { act: Act; of: T }[] {
  const folded = text.toLowerCase();
  const found: { act: Act; of: T }[] = [];
  for (const { 0: written, index: at } of matchesOf(folded, word)) {
    const known = index.get(written);
    // Hardly a word is a verb that is looked for.
    if (!known) continue;
    const here = known.filter(
      ({ words }) =>
        words === written ||
        (folded.startsWith(words, at) && !/[\p{L}\p{N}]/u.test(folded[at + words.length] ?? "")),
    );
    for (const of of new Set(here.map((form) => form.of))) {
      const forms = here.filter((one) => one.of === of);
      const length = Math.max(...forms.map(({ words }) => words.length));
      const act = actOf(
        text,
        at,
        forms.filter(({ words }) => words.length === length),
      );
      if (act) found.push({ act, of });
    }
  }
  return found;
}

/** The helping verbs and adverbs before a verb are not longer. */
const helpersMax = 200;

function actOf(text: string, at: number, forms: readonly VerbForm<unknown>[]): Act | undefined {
  const before = text.slice(Math.max(0, at - helpersMax), at);
  const { verb, words } = forms[0]!;
  const to = at + words.length;
  const has = (form: Form) => forms.some((one) => one.form === form);
  if (has("now")) return { verb, tense: "state", passive: true, from: at, at, to };
  const aux = auxiliaries.exec(before)?.[0].toLowerCase() ?? "";
  const helps = (words: RegExp) => words.test(aux);
  const passive = helps(/\b(?:was|were|is|are|be|been|being|gets?|got)\b/);
  const mayBePlanned = has("base") || (passive && has("participle"));
  const planned = mayBePlanned
    ? plan.exec(before.slice(0, before.length - aux.length) + aux.replace(/\b(?:be|been)\s+/g, ""))
    : null;
  const from = at - aux.length;
  if (planned) {
    const kind = planned[1] || planned[2] ? "firm" : planned[3] ? "weak" : "headline";
    return {
      verb,
      tense: "planned",
      plan: kind,
      passive,
      from: Math.min(from, at - before.length + planned.index),
      at,
      to,
    };
  }
  if (passive) {
    if (!has("participle") && !has("past")) return undefined;
    const tense = helps(/\b(?:has|have|had)\b/)
      ? "perfect"
      : helps(/\b(?:is|are)\b/)
        ? "state"
        : "past";
    return { verb, tense, passive, from, at, to };
  }
  if (helps(/\b(?:has|have|had)\b/)) return { verb, tense: "perfect", passive, from, at, to };
  if (has("past")) return { verb, tense: "past", passive, from, at, to };
  if (has("third")) return { verb, tense: "present", passive, from, at, to };
  return helps(/\bdid\b/) ? { verb, tense: "past", passive, from, at, to } : undefined;
}

/** What stands in a masked text for one of the subject's names. */
const mark = "\ufffc";

/** A text with the subject's names written over, character for character, so that their words tell nothing. */
export const maskNames = (text: string, subject: Subject): string =>
  masksOf(subject).reduce(writeOver, text);

/** A name as a text is searched for it; letters that are a word in small ones ("AIM") are one only in capitals. */
type Mask = { name: string; isCapitals: boolean };

/** The subject's names, longest first. */
const masksOf = keptWith(({ names }: Subject): readonly Mask[] =>
  [...new Set(names)]
    .filter((name) => name.trim().length > 1)
    .sort((a, b) => b.length - a.length)
    .map((written) => {
      const name = written.trim().replace(/\s+/g, " ");
      const isCapitals = /^\p{Lu}+$/u.test(written);
      return { name: isCapitals ? name : smallLetters(name), isCapitals };
    }),
);

/** A pattern for each name would cost a thousand times as much as looking for it: texts have one blank between words. */
function writeOver(text: string, { name, isCapitals }: Mask): string {
  const searched = isCapitals ? text : smallLetters(text);
  let masked = text;
  let at = searched.indexOf(name);
  while (at >= 0) {
    const end = at + name.length;
    const isWhole =
      !endsInWord.test(text.slice(Math.max(0, at - 2), at)) &&
      !beginsInWord.test(text.slice(end, end + 2));
    if (isWhole) masked = masked.slice(0, at) + mark.repeat(name.length) + masked.slice(end);
    at = searched.indexOf(name, isWhole ? end : at + 1);
  }
  return masked;
}

/** The one letter that is longer when it is small is left out, so that places stay what they are. */
const smallLetters = (text: string): string => text.replaceAll("\u0130", "I").toLowerCase();

const endsInWord = new RegExp(String.raw`[\p{L}\p{N}${mark}]$`, "u");
const beginsInWord = new RegExp(String.raw`^[\p{L}\p{N}${mark}]`, "u");

/** Doubt, denial and wishes before a verb: what follows them has not happened. */
const unreal =
  /(?<![\p{L}])(?:[Nn]ot|[Nn]ever|[Nn]either|[Nn]or|\p{L}*n['\u2019]t|[Ww]ithout|no\s+(?:plans?|longer|intention)|[Ii]f|[Uu]nless|[Ww]hether|[Ss]hould|[Cc]ould|may|might|[Ww]ould|hop(?:e|es|ed|ing)\s+to|wants?\s+to|wanted\s+to|aims?\s+to|seeks?\s+to|sought\s+to|propos\p{L}+|consider\p{L}*|rumou?r\p{L}*|den(?:y|ies|ied)|fail\p{L}*|refus\p{L}+|declin\p{L}+\s+to|urg\p{L}+|call(?:s|ed|ing)?\s+(?:for|on)|[Bb]efore|[Uu]ntil|ahead\s+of|allegedly|nearly|almost|able\s+to|\p{L}*help(?:s|ed)?(?:\s+to)?)(?![\p{L}])/u;

/** Whether words before an act say that it is only feared, hoped for or denied. */
export const isUnreal = (masked: string, { from, at, tense }: Act): boolean =>
  unreal.test(masked.slice(Math.max(0, from - 90), tense === "planned" ? from : at)) ||
  /\?\s*$/.test(masked);

const boundary =
  /(?:\s*[;:\u2013\u2014]\s*|\s+--?\s+|,?\s+(?:that|which|who|whose|where|when|while|because|after|as|but|and|then|or)(?=\s|$)\s*|,\s*)/giu;
const effortWord =
  "(?:initiatives?|programs?|programmes?|projects?|networks?|coalition|alliance|compact|collaborative|efforts?|platform|registry|framework|fund|fellowship|academy|partnership|consortium|campaign|challenge|accelerator|pilot|hub|commons|collaboration|standard)";
const marked = new RegExp(
  String.raw`^(?:[^,]{1,60}['\u2019]s\s+)?(?:(?:the|our|its|their|new)\s+)*${mark}+(?:\s*\([^)]*\))?(?:\s+${effortWord})?$`,
  "iu",
);
const spoken = new RegExp(
  String.raw`^(?:the|this|our)\s+(?:[\p{Ll}-]+\s+){0,2}${effortWord}$`,
  "iu",
);
const pronoun = /^(?:it|we|they)$/i;

/** How far one may trust pronouns and sentences without a subject: in news, neither tells of the effort. */
export type Trust = { pronouns: boolean; silence: boolean };

/** Whether the subject is who a clause is about whose words before the verb are given, names masked. */
export function isAboutSubject(before: string, trust: Trust): boolean {
  const cut = matchesOf(before, boundary).at(-1);
  const segment = withoutTime(cut ? before.slice(cut.index + cut[0].length) : before).trim();
  if (segment !== "") return isSubject(segment, trust);
  if (!cut) return trust.silence;
  const left = before.slice(0, cut.index);
  const link = cut[0].trim().replace(/^,\s*/, "").toLowerCase();
  if (/^(?:that|which|who)$/.test(link)) return isSubject(lastPhrase(left), trust);
  if (!/^(?:and|then|but|or|,?)$/.test(link)) return false;
  return left.trim() === "" ? trust.silence : beginsWithSubject(left, trust);
}

const openingDate =
  /^\s*(?:in|on|by|since|during|as\s+of|effective)\s+(?:(?:the|early|late|mid|spring|summer|fall|autumn|winter|of)[\s-]+)*(?:\p{Lu}\p{Ll}+\.?\s+)?(?:\d{1,2},\s+)?(?:19|20)\d{2},?\s+/iu;
const openingSpan = /^\s*(?:after|in|over|for|during)\s+(?:\p{Ll}+\s+){1,5}(?=the\s|\ufffc)/iu;

/** A clause without the words about time before its subject, with or without a comma. */
export const withoutTime = (text: string): string =>
  withoutOpening(text.replace(openingDate, "")).replace(openingSpan, "");

const isSubject = (segment: string, { pronouns }: Trust): boolean =>
  marked.test(segment) || spoken.test(segment) || (pronouns && pronoun.test(segment));

/** The noun phrase that a clause ends with: "Pine College opened \ufffc" → "\ufffc". */
const lastPhrase = (text: string): string => closingPhrase.exec(text.trim())?.[0] ?? "";

const closingPhrase = new RegExp(
  String.raw`(?:(?:the|this|our)\s+)?(?:${mark}+(?:\s*\([^)]*\))?|(?:[\p{Ll}-]+\s+){0,2}${effortWord})$`,
  "iu",
);

/** Whether a sentence begins with the subject, whatever it goes on to tell. */
function beginsWithSubject(text: string, { pronouns, silence }: Trust): boolean {
  const words = withoutOpening(
    text.replace(/^[^\u2013\u2014]{3,80}\s[\u2013\u2014]\s+/, ""),
  ).trim();
  if (words === "") return silence;
  return (
    openingName.test(words) ||
    openingEffort.test(words) ||
    (pronouns && /^(?:it|we|they)\s/i.test(words)) ||
    (silence && /^\p{Ll}{2,}(?:ed|gan)\b/iu.test(words))
  );
}

const openingName = new RegExp(String.raw`^(?:(?:the|our)\s+)?${mark}`, "iu");
const openingEffort = new RegExp(
  String.raw`^(?:the|this|our)\s+(?:[\p{Ll}-]+\s+){0,2}${effortWord}\b`,
  "iu",
);

const filler =
  /^\s*(?:(?:the|its|their|our|a|an|new|first|launch|creation|formation|establishment|opening|start|of|called|named|known\s+as|dubbed|what\s+is\s+now|\$[\d.,]+\s*(?:million|billion)?|[\p{Ll}-]+(?:wide|-year|-state)|national|regional|pilot|ambitious|major|initiative|program|project|campaign|fund|network|effort|platform)\s+)*["\u201c]?/iu;
/** What may follow the name of what was done to; a noun there would be what it was done to instead. */
const ends =
  /^["\u201d]?(?:\s*\([^)]*\))?["\u201d]?\s*(?:$|[.,;:!?)"\u201d\u2014\u2013-]|(?:in|on|at|with|for|to|as|and|across|that|which|who|this|last|today|by|from|after|during|under|nationwide|statewide|early|late|earlier|yesterday|when|where|while|alongside|through|together|jointly|into|over|at|initiative|program|project|network|pilot|campaign|fund)(?![\p{L}]))/iu;

/**
 * Where the subject's name ends that an act is done to, or undefined when it is done to something else:
 * `follows` is what may stand behind the name.
 */
export function objectEnd(
  masked: string,
  { to }: Act,
  isSpokenEnough: boolean,
  follows: RegExp = ends,
): number | undefined {
  const rest = masked.slice(to);
  const from = filler.exec(rest)?.[0].length ?? 0;
  const name = new RegExp(`^${mark}+`).exec(rest.slice(from));
  const spokenOf = isSpokenEnough
    ? new RegExp(String.raw`^\s*(?:the|this)\s+(?:[\p{Ll}-]+\s+){0,1}${effortWord}`, "iu").exec(
        rest,
      )
    : undefined;
  const end = name ? from + name[0].length : spokenOf ? spokenOf[0].length : undefined;
  if (end === undefined || !follows.test(rest.slice(end))) return undefined;
  return to + end;
}
