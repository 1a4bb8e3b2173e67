import { initialsOf, matchesOf } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { namesAny, sentencesOf } from "../values/sentence.ts";
import { bodyNouns, namesBody } from "./body-noun.ts";

/** A commission, board or the like, as a line names it. */
export type Body = { name: string; acronym?: string; stretch: Stretch };

/** A word of a title that closes such a name; of two-word nouns the second. */
const closing = `(?:${bodyNouns.replace(/(?:Task|Working) /g, "")})s?`;
const closingNoun = new RegExp(`^${closing}$`, "i");
const mayClose = new RegExp(closing, "i");

/** Whether a name is that of a body that was given a task, and not that of somebody's directors or every town's council. */
export const isTaskedBody = (name: string): boolean =>
  name.includes(" ") &&
  !/\bBoard of (?:Commissioners|Directors|Trustees|Governors|Regents|Supervisors|Visitors|Education)\b/i.test(
    name,
  ) &&
  !/^(?:the )?(?:city|county|town|village|district|full|executive|finance|audit|steering|student|school) (?:council|commission|committee|board)$/i.test(
    name,
  ) &&
  namesBody(name);

/** The body that a title names, without what the title adds: "Regular Harbor Commission (HC) Meeting". */
export function findBody(title: Stretch): Body | undefined {
  const text = wordsOf(title);
  if (!mayClose.test(text)) return undefined;
  const tokens = matchesOf(text, /\S+/g).map((match) => ({
    word: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));
  const at = tokens.findIndex(({ word }) => closingNoun.test(word));
  if (at < 0) return undefined;
  let first = at;
  while (first > 0 && isNameWord(tokens[first - 1]!.word)) first--;
  while (first < at && noPart.test(tokens[first]!.word)) first++;
  let last = at;
  if (/^(?:on|of|for)$/.test(tokens[at + 1]?.word ?? "")) {
    let end = at + 2;
    while (end < tokens.length && isNameWord(tokens[end]!.word)) end++;
    while (end > at + 2 && /^(?:\p{Ll}.*|&)$/u.test(tokens[end - 1]!.word)) end--;
    if (end > at + 2) last = end - 1;
  }
  const name = wordsOf(within(title, tokens[first]!.from, tokens[last]!.to));
  // "ABC Board" is the board of whatever ABC is.
  if (name.split(" ").length < 2 || /^[A-Z&]{2,8} \S+$/.test(name) || !isTaskedBody(name))
    return undefined;
  const letters = /^\(([A-Z][\w&.-]{1,9})\)$/.exec(tokens[last + 1]?.word ?? "")?.[1];
  const to = letters ? tokens[last + 1]!.to : tokens[last]!.to;
  return {
    name,
    ...(letters && { acronym: letters }),
    stretch: within(title, tokens[first]!.from, to),
  };
}

const isNameWord = (word: string): boolean =>
  /^(?:[\p{Lu}\d][\p{L}\p{N}'\u2019.&/,#-]*|of|for|the|and|on|in|&)$/u.test(word) &&
  !/[:;|,]$/.test(word);

/** Words that a title puts before a body's name. */
const noPart =
  /^(?:the|of|and|for|on|in|&|about|welcome|to|regular|special|upcoming|joint|annual|monthly|quarterly|public|emergency|virtual|meeting|meetings)$/i;

/** Whether a block says what the body is for: under its name, its letters, or as "the board". */
export function tellsTask(name: string, acronyms: readonly string[], block: Block): boolean {
  if (!mandate.test(block.text)) return false;
  const letters = [...acronyms, ...initialsOf(name)];
  return sentencesOf(block).some((sentence) => {
    const text = wordsOf(sentence);
    if (!mandate.test(text)) return false;
    const leading = /^(?:The\s+)?([A-Z][A-Z&]{1,9})\b/.exec(text)?.[1];
    return (
      namesAny([name], text) ||
      (leading !== undefined && letters.some((own) => leading.endsWith(own))) ||
      theBody.test(text)
    );
  });
}

/** "This committee deals with …": whether a sentence speaks of a body that a heading above it names. */
export const isThisBody = (sentence: string): boolean => thisBody.test(sentence);

const thisBody = new RegExp(
  String.raw`^This\s+(?:[\p{Ll}-]+\s+){0,2}?(?:${bodyNouns.toLowerCase()})\s+(?:\p{Ll}+ly\s+)?(?:is|was|has|deals|handles|oversees|reviews|advises|considers|makes|works|serves|provides|supports|develops|recommends|monitors|focuses|addresses|promotes|plans|coordinates|assists|studies|identifies|explores|guides)\b`,
  "u",
);

/** A line that names a body, above one that is labelled with what the body is for: "Mission: to advise …". */
export function chargedBody(
  blocks: readonly Block[],
  block: Block,
): { name: Stretch; sentence: Stretch } | undefined {
  const label = chargeLabel.exec(block.text)?.[0].length;
  const line = label && blocks[blocks.indexOf(block) - 1];
  if (!label || !line || line.text.length > 140) return undefined;
  const body = findBody(whole(line));
  if (!body || body.stretch.from > "The ".length) return undefined;
  return { name: body.stretch, sentence: within(whole(block), label, block.text.length) };
}

const chargeLabel =
  /^(?:Mission|Purpose|Charge|Mandate|Role|Responsibilities)(?: Statement)?\s*:\s+(?=\S)/;
const theBody = new RegExp(`^(?:The|This) (?:${bodyNouns}|${bodyNouns.toLowerCase()}) [a-z]`);

const mandate =
  /\b(?:established|created|formed|charged|tasked|responsible|advises?|purpose|mission|role|oversees?|reviews?|recommends?|to (?:promote|ensure|improve|oversee|advise|provide|preserve|protect|manage)|comprised|composed|consists?|brings? together)\b/i;
