import type { Block } from "../page/page.ts";
import { hasWords } from "../text/text-measure.ts";
import { type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { sentencesOf } from "../values/sentence.ts";
import { isHeadline, judgeName } from "./effort-name.ts";
import {
  notOfPerson,
  plainUndertaking,
  servesMany,
  tellingVerb,
  undertaking,
} from "./naming-words.ts";

/** An effort that running text names by a link: its name, the sentence that tells of it, and where it leads. */
export type LinkedName = { name: Stretch; sentence: Stretch; href: string };

/**
 * The efforts that a paragraph names by links: "through the [Lantern], [Harbor] and [Rowan] programs", "our
 * program [Lantern]", "[Lantern], a network of …", "[Lantern]. Through this program …".
 */
export function linkedIn(block: Block, isElsewhere: (href: string) => boolean): LinkedName[] {
  const links = block.spans.filter(({ kind, href }) => kind === "link" && href !== undefined);
  if (links.length === 0 || links.length > linksMax) return [];
  const found: LinkedName[] = [];
  const sentences = sentencesOf(block);
  for (const [index, sentence] of sentences.entries()) {
    const own = links.filter(({ from, to }) => from >= sentence.from && to <= sentence.to);
    const next = own.length === 1 ? sentences[index + 1] : undefined;
    for (const [at, link] of own.entries()) {
      const name = wordsOfLink(block, link.from, link.to);
      const before = block.text.slice(sentence.from, name.from);
      const behind = block.text.slice(name.to, sentence.to);
      const isTold =
        isCalledBehind(
          behind,
          own.slice(at + 1).map(({ from, to }) => block.text.slice(from, to)),
        ) ||
        isCalledBefore.test(before) ||
        isExplained.test(behind) ||
        (next !== undefined && goesOn.test(wordsOf(next))) ||
        (isUsed.test(before) && isForPeople.test(wordsOf(sentence)) && isElsewhere(link.href!));
      // Few links are told so, and names are dear to judge.
      if (isTold && isOneName(wordsOf(name)) && !servesMany.test(hostIn(link.href!)))
        found.push({ name, sentence, href: link.href! });
    }
  }
  return found;
}

/**
 * What a button leads to, "Visit [Lantern Skills]", where a sentence of the page begins with its name and
 * goes on to tell of it.
 */
export function visited(
  block: Block,
  prose: readonly Block[],
  isElsewhere: (href: string) => boolean,
): LinkedName | undefined {
  if (block.text.length > 80) return undefined;
  const link = block.spans.find(({ kind }) => kind === "link");
  const verb = visiting.exec(block.text);
  if (!link?.href || !verb || !isElsewhere(link.href)) return undefined;
  const name = wordsOfLink(block, verb[0].length, block.text.length);
  const words = wordsOf(name);
  if (link.to - link.from < words.length || !isOneName(words)) return undefined;
  for (const one of prose) {
    if (!one.text.includes(words)) continue;
    const sentence = sentencesOf(one).find((told) => isToldOf(words, wordsOf(told)));
    if (sentence) return { name, sentence, href: link.href };
  }
  return undefined;
}

/** Whether a sentence begins with a name and goes on to tell of it. */
function isToldOf(name: string, sentence: string): boolean {
  const from = sentence.startsWith(name) ? 0 : "The ".length;
  return (
    sentence.startsWith(name, from) &&
    (from === 0 || sentence.startsWith("The ")) &&
    tells.test(sentence.slice(from + name.length))
  );
}

const tells = new RegExp(String.raw`^\s+${tellingVerb}\b`);

const visiting = /^(?:Visit|Go to|Explore|Discover|Join|Try)\s+(?:the\s+)?(?=[\p{Lu}\d])/u;

/** A paragraph with more is a list of links. */
const linksMax = 12;

/** The words of a link that may be a name: without its article, with what of the name stands before it. */
function wordsOfLink(block: Block, from: number, to: number): Stretch {
  const words = block.text.slice(from, to);
  const article = /^(?:the|our)\s+/i.exec(words)?.[0].length ?? 0;
  const tail = /(?<![\s.,;:])[\s.,;:]*$/.exec(words)?.[0].length ?? 0;
  const linked = within(whole(block), from + article, to - tail);
  // "Harbor Foundation [File-Aide]": one word is linked, and all of them are the name.
  const front = wordsOf(linked).includes(" ")
    ? undefined
    : /[^.!?\s]\s+((?:\p{Lu}[\p{L}.&-]+\s+){1,3})$/u.exec(block.text.slice(0, linked.from));
  return front ? within(whole(block), linked.from - front[1]!.length, linked.to) : linked;
}

/** Whether words are a name, and neither a paper's nor somebody else's. */
function isOneName(words: string): boolean {
  if (hasWords(words, 10) || isPaper.test(words) || isHeadline(words)) return false;
  const { isName, hasEffortNoun, isOrganization } = judgeName(words);
  return isName && (hasEffortNoun || !isOrganization);
}

const isPaper =
  /\b(?:guides?|handbook|reports?|webinars?|conference|forms?|application|newsletter|policy|survey|brochure|manual|website|page|act|law|code|order|statement|article|study|book|podcast|calendar|directory|instructions|pdf)$/i;

const hostIn = (href: string): string =>
  /^https?:\/\/(?:www\.)?([^/?#]+)/i.exec(href)?.[1]?.toLowerCase() ?? "";

/** "[A], [B], and [C] programs": the noun behind the last of several names is that of all. */
function isCalledBehind(behind: string, others: readonly string[]): boolean {
  let rest = behind;
  for (const other of others) {
    const at = rest.indexOf(other);
    if (at < 0 || !betweenNames.test(rest.slice(0, at))) break;
    rest = rest.slice(at + other.length);
  }
  return nounBehind.test(rest);
}

/** A comma or "and", and of the next name what its link leaves out: ", Harbor Foundation [File-Aide]". */
const betweenNames =
  /^(?:\s+\([^)]{1,14}\))?(?:\s?,?\s+(?:and|or|&)|\s?,|\s*\/)\s*(?:the\s+)?(?:\p{Lu}[\p{L}.&'\u2019-]*\s+){0,3}$/u;

const nounBehind = new RegExp(
  String.raw`^(?:\s+\([^)]{1,14}\))?\s+${plainUndertaking}s?\b${notOfPerson}`,
);

const isCalledBefore = new RegExp(
  String.raw`\b(?:${plainUndertaking}s?|efforts?|curriculum|portal)(?:,?\s+(?:called|named|known as|titled|dubbed|such as|like|including|include|includes)|:)?\s+(?:the\s+)?["\u201c]?$|\b(?:examples?|one|part|some)\b[^.]{0,30}\bof\s+(?:our|its|their|these|this)\b[^.]{0,80}\b(?:is|are|includes?)\s+(?:the\s+)?$`,
  "i",
);

const isExplained = new RegExp(
  String.raw`^["\u201d]?(?:\s+\([^)]{1,14}\))?(?:,\s+(?:which is\s+)?|\s+(?:is|are|was)\s+|\s+[\u2013\u2014-]\s+)(?:an?|our|the)\s+(?:[\p{L}\d'\u2019,-]+\s+){0,6}?(?:${plainUndertaking}|effort|network)${notOfPerson}\b`,
  "u",
);

const goesOn = new RegExp(
  String.raw`^(?:Through|With|Under|As part of)\s+(?:this|the)\s+(?:\p{Ll}+\s+){0,2}?${undertaking}\b|^This\s+(?:\p{Ll}+\s+){0,2}?${plainUndertaking}\s+${tellingVerb}\b`,
  "u",
);

/** What people are told to use: "You can file for free through [Lantern File]". */
const isUsed =
  /\b(?:through|via|using|by signing up (?:through|with|for)|enroll(?:ed|ing)? in|participat(?:e|ing) in|apply (?:to|for)|signing up for|sign up for|take part in|eligible for)\s+(?:the\s+)?$/i;
const isForPeople =
  /\b(?:you|your|residents|students|families|workers|learners|individuals|veterans|youth)\b.*\b(?:free|no cost|eligible|assistance|scholarships?|tuition|training|apprentices?|enroll|benefits?|help|prepared?)\b|\b(?:free|no cost|eligible|assistance|scholarships?|tuition|training|enroll|benefits?|help|prepared?)\b.*\b(?:you|your|residents|students|families|workers|learners|individuals|veterans|youth)\b/i;
