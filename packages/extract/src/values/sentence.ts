import { foldName, keptWith, matchesOf, mayHoldName } from "@waymark/normalize";
import type { MappedText } from "../page/quote.ts";
import type { Stretch } from "./finding.ts";
import { within } from "./finding.ts";

/**
 * Whom a stretch of a page tells of: the names it goes by, and, where the catalog adds some of its own,
 * those that the page itself gives it.
 */
export type Subject = { names: readonly string[]; own?: readonly string[] };

/** The sentences that a stretch holds whole, or the stretch itself. */
export function sentencesWithin(stretch: Stretch): Stretch[] {
  const held = sentencesOf(stretch.of).filter(
    ({ from, to }) => from >= stretch.from && to <= stretch.to,
  );
  return held.length > 0 ? held : [stretch];
}

const abbreviation =
  /(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Inc|Corp|Co|Ltd|vs|etc|e\.g|i\.e|Jr|Sr|Gov|Sen|Rep|Fig|Vol|approx|est|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b\p{Lu}|\b[a-z]\.[a-z])\.$/u;

/** The sentences of a block, in order; many readers go through them, one after another. */
export const sentencesOf = keptWith((block: MappedText): readonly Stretch[] => {
  // Nobody writes paragraphs this long; a page that does is not read to its end.
  const text = block.text.slice(0, 20_000);
  const sentences: Stretch[] = [];
  let from = 0;
  const cut = (end: number) => {
    const sentence = within({ of: block, from: 0, to: text.length }, from, end);
    if (sentence.to > sentence.from) sentences.push(sentence);
    from = end;
  };
  for (const match of matchesOf(text, sentenceEnd)) {
    const end = match.index + match[0].length;
    const isAbbreviation =
      match[0].startsWith(".") &&
      abbreviation.test(text.slice(Math.max(0, end - 12), match.index + 1));
    if (!isAbbreviation) cut(end);
  }
  if (from < text.length) cut(text.length);
  return sentences;
});

const sentenceEnd = /[.!?]["'\u201d\u2019)]?(?=\s+["'\u201c\u2018(]?[\p{Lu}\d])/gu;

const opening =
  /^(?:(?:in|on|by|as of|after|before|from|since|until|through|during|with|today|now|then|currently|originally|first|for|at|over|under|beginning|starting|effective)\b[^,]{0,120},\s*)+|^(?:in|since|by)\s+(?:\p{Lu}\p{Ll}+\s+)?(?:19|20)\d{2}\s+(?=the\b|it\b|we\b|this\b)/iu;
/** "Launched in 2019 and led by Harbor College, the compact …": what stands before the comma is of what follows it. */
const participle =
  /^(?:launched|founded|established|created|started|begun|formed|convened|led|managed|funded|supported|housed|hosted|based|administered|operated|backed|sponsored|coordinated|run|an?\s+(?:[\p{L}-]+\s+){0,3}(?:initiative|program|programme|project|effort|partnership|collaboration|campaign)\s+(?:of|by|from|led))\b[^.;]{3,160}?,\s+/iu;

/** Where the main clause of a sentence begins whose opening is said of its subject; 0 where it has none. */
export const mainClauseOf = (sentence: string): number =>
  participle.exec(sentence)?.[0].length ?? 0;

const pronoun =
  /^(?:it|we|they|this|these|that|our|its|their|all|both)\b(?!\s+\p{Lu}\p{Ll}+\s+\p{Lu})/u;
const ownNoun =
  /^(?:the|this|our|that|a|an)\s+(?:[\p{Ll}-]+\s+){0,3}(?:initiatives?|programs?|programmes?|projects?|networks?|coalition|alliance|compact|collaborative|effort|efforts|platform|registry|framework|fund|fellowship|academy|partnership|consortium|campaign|challenge|accelerator|pilot|work|team|organization|site|website|group|commission|grant|service|hub|commons|collaboration|standard)\b/iu;

/**
 * Whether the words before a cue say that the sentence tells of this subject: its name, a pronoun, "the
 * initiative", or nothing at all. A sentence that begins with somebody else's name tells of somebody else.
 */
export function tellsOf({ names }: Subject, before: string): boolean {
  // No sentence keeps its subject in mind for so long.
  if (before.length > 600) return false;
  const text = withoutOpening(before.trim().replace(participle, "")).trim();
  if (
    text === "" ||
    (/^[\p{Ll}(]/u.test(text) && !/^(?:the|this|our)\b/.test(text) && text.length < 40)
  )
    return true;
  if (namesAny(names, text)) return true;
  return pronoun.test(lowerFirst(text)) || ownNoun.test(text);
}

/** A clause without the words about time and place before its subject: "In 2019, the network" → "the network". */
export const withoutOpening = (text: string): string => text.replace(opening, "");

/** Whether a text holds one of the names, whole words, case and marks aside. */
export function namesAny(names: readonly string[], text: string): boolean {
  const keys = names.map(foldName).filter((key) => key.length > 1 && mayHoldName(text, key));
  if (keys.length === 0) return false;
  const folded = ` ${foldName(text)} `;
  return keys.some((key) => folded.includes(` ${key} `));
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
