import { fitsInitials, foldName, matchesOf } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { meaningOf } from "../values/label-meaning.ts";
import { sentencesOf } from "../values/sentence.ts";
import { projectIn, undertakingIn } from "./defined.ts";
import { isHeadline, judgeName } from "./effort-name.ts";
import { introducedIn } from "./introduced.ts";
import { linkedIn, visited } from "./linked.ts";
import { tellingVerb, undertaking } from "./naming-words.ts";
import { chargedBody, isThisBody } from "./tasked-body.ts";

/** An effort that a page tells of in a sentence, and where a link by its name leads. */
export type PassingName = { name: Stretch; sentence: Stretch; href?: string };

/**
 * The efforts that sentences of a page tell of in passing: "The Harbor campaign offers …", bodies with their
 * mission, and, unless the page compares what others offer, what they define, introduce or name by a link.
 */
export function toldInPassing(
  blocks: readonly Block[],
  { isComparing, isElsewhere }: { isComparing: boolean; isElsewhere: (href: string) => boolean },
): PassingName[] {
  const found = new Map<string, PassingName>();
  const add = (told: PassingName) => {
    const key = foldName(wordsOf(told.name));
    if (!found.has(key)) found.set(key, told);
  };
  for (const block of blocks) {
    const charged = chargedBody(blocks, block);
    if (charged) add(charged);
  }
  const prose = blocks.filter(({ level }) => level === 0).slice(0, 200);
  for (const block of prose) {
    const sentences = sentencesOf(block);
    const headed = headedBy(blocks, block, sentences[0]);
    if (headed) add({ name: whole(headed), sentence: sentences[0]! });
    for (let at = 0; at < sentences.length; at++) {
      const sentence = sentences[at]!;
      const name = projectIn(sentence) ?? (isComparing ? undefined : undertakingIn(sentence));
      const told = name
        ? { name, sentence }
        : isComparing
          ? undefined
          : lettersToldAgain(sentences, at);
      if (told) add(told);
      const introduced = isComparing || told ? undefined : introducedIn(sentence);
      if (introduced) add({ name: introduced, sentence });
    }
    if (isComparing) continue;
    const button = visited(block, prose, isElsewhere);
    for (const linked of button ? [button] : linkedIn(block, isElsewhere)) add(linked);
  }
  return [...found.values()];
}

/** "Harbor Modules" above "These modules are an ongoing project that …": the heading of what a text calls its own. */
function headedBy(
  blocks: readonly Block[],
  block: Block,
  sentence: Stretch | undefined,
): Block | undefined {
  const text = sentence && wordsOf(sentence);
  if (!text || !pointing.test(text)) return undefined;
  const isBody = isThisBody(text);
  if (!isBody && !isThisUndertaking.test(text)) return undefined;
  const heading = blocks.findLast(
    ({ index, level }) => index < block.index && index >= block.index - 4 && level > 0,
  );
  if (!heading || isHeadline(heading.text)) return undefined;
  const { isName, isGeneric } = judgeName(heading.text);
  // "Economic Development" is no name but where the text calls it a committee; "Purpose" is none there.
  if (isBody)
    return heading.text.includes(" ") && (isName || isGeneric) && !meaningOf(heading.text)
      ? heading
      : undefined;
  return isName ? heading : undefined;
}

const pointing = /^(?:This|These|It|They)\b/;
const isThisUndertaking = new RegExp(
  String.raw`^(?:This|These|It|They)(?:\s+\p{Ll}+)?\s+(?:is|are|was|were)\s+(?:an?|the|our|one of)\s+(?:[\p{L}\d,-]+\s+){0,6}?${undertaking}s?\b`,
  "u",
);

const bracketedLetters = /\([A-Z][A-Z&]/;
const withLetters =
  /(?<![\p{L}\p{N}])(?:The\s+)?((?:[\p{Lu}][\p{L}\p{N}'\u2019.&/-]{0,40})(?:\s+(?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*|of|for|the|and|in|on|&)){1,9})\s+\(([A-Z][A-Z&]{1,7})s?\)(\s+(?:program|programme|project|initiative|campaign|network))?/u;

/** What follows a name that a sentence goes on to tell of; apart from the name, since letters of any kind are dear to look for anew. */
const goesOn = new RegExp(String.raw`^(?:\s+\p{Ll}+)?\s+${tellingVerb}\b`, "iu");

/** "The Harbor Skills Program (HSP). Through partners, the HSP works to …": named with its letters, then told of. */
function lettersToldAgain(
  sentences: readonly Stretch[],
  at: number,
): { name: Stretch; sentence: Stretch } | undefined {
  const text = wordsOf(sentences[at]!);
  // Few sentences hold letters in brackets, and looking for a name in front of them is dear.
  const match = bracketedLetters.test(text) ? withLetters.exec(text) : null;
  if (!match) return undefined;
  const [, name, letters, noun] = match as unknown as [string, string, string, string | undefined];
  const judged = judgeName(name);
  if (!judged.hasEffortNoun && !(noun && fitsInitials(letters, name))) return undefined;
  const opening = new RegExp(
    String.raw`(?:^|[,;]\s+)(?:the\s+)?(?:${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?:\s+\(\S+\))?|${letters})(?=\s)`,
    "giu",
  );
  const isTold = (told: string) =>
    matchesOf(told, opening).some((match) =>
      goesOn.test(told.slice(match.index + match[0].length)),
    );
  const sentence = sentences.slice(at, at + 4).find((one) => isTold(wordsOf(one)));
  const from = text.indexOf(name, match.index);
  const to = text.indexOf(")", from + name.length) + 1;
  return sentence && { name: within(sentences[at]!, from, to), sentence };
}
