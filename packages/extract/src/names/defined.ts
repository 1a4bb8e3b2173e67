import { foldName, looksLikeOrganization } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { namesAny, sentencesOf } from "../values/sentence.ts";
import { namesAppointedBody, namesBody } from "./body-noun.ts";
import { judgeName } from "./effort-name.ts";
import { nameWord, tellingVerb, undertaking } from "./naming-words.ts";

const defining = new RegExp(
  String.raw`^(The\s+)?((?:${nameWord}\s+){0,12}?[\p{Lu}\d][\p{L}\p{N}'\u2019.&/-]*)(\s+\([A-Z][\w&./-]+\))?(?:,[^,.]{3,120},)?\s+(?:(?:competition|program|programme|project|initiative|effort|campaign|network|team|task force)\s+)?(?:\p{Ll}+ly\s+)?${tellingVerb}\b`,
  "u",
);

/**
 * The name a sentence begins with and goes on to say what it is or does: "The Riverside Task Force advises
 * …". It counts where the name itself says that it is an effort's or a body's with a task.
 */
export function definedIn(sentence: Stretch): Stretch | undefined {
  const match = matchDefinition(sentence);
  if (!match) return undefined;
  const judged = judgeName(match[2]!);
  const isEffort = judged.hasEffortNoun || namesBody(match[2]!);
  return judged.isName && match[2]!.includes(" ") && isEffort ? match.name : undefined;
}

/**
 * The name that the first paragraphs define and the page's titles repeat, whole or by its acronym: what a
 * page is about whose heading is a slogan, a department or a question.
 */
export function definedByPage(
  blocks: readonly Block[],
  titles: readonly string[],
): Stretch | undefined {
  const prose = blocks.filter((block) => block.level === 0 && block.text.length > 50).slice(0, 40);
  const told = foldName(titles.join(" "));
  for (const sentence of prose.flatMap((block) => sentencesOf(block).slice(0, 2))) {
    const match = mayBeginWith(told, wordsOf(sentence)) ? matchDefinition(sentence) : undefined;
    if (!match?.[2]?.includes(" ") || !judgeName(match[2]).isName) continue;
    const acronym = /[A-Z][\w&./-]+/.exec(match[3] ?? "")?.[0];
    const isRepeated = titles.some((title) =>
      namesAny([match[2]!, ...(acronym ? [acronym] : [])], title),
    );
    const isBody =
      (looksLikeOrganization(match[2]) ||
        /\b(?:Services|Group|Partners|Associates)$/.test(match[2])) &&
      !judgeName(match[2]).hasEffortNoun;
    const isOrganization = isBody || organizationNoun.test(wordsOf(sentence));
    if (isRepeated && (namesAppointedBody(match[2]) || !isOrganization)) return match.name;
  }
  return undefined;
}

/** Whether the first word of a sentence, or letters in brackets, may stand in folded titles: soon seen of most. */
function mayBeginWith(titles: string, sentence: string): boolean {
  const letters = /^(?:The\s+)?(?!The\s)([A-Za-z][a-z]{2})/.exec(sentence)?.[1];
  return letters === undefined || titles.includes(letters.toLowerCase()) || sentence.includes("(");
}

/** "… is a nonprofit that …": what so defines itself is an organization. */
const organizationNoun =
  /\b(?:is|are)\s+(?:an?|the)\s+[^.]{0,80}?\b(?:non-?profit|organi[sz]ation|company|corporation|foundation|agency|university|college|firm|association|department|charity|business|manufacturer|provider|center|institute|school|hospital|library|museum)\b/i;

type Definition = RegExpExecArray & { name: Stretch };

function matchDefinition(sentence: Stretch): Definition | undefined {
  const match = defining.exec(wordsOf(sentence));
  if (!match) return undefined;
  const from = (match[1] ?? "").length;
  const to = from + match[2]!.length + (match[3] ?? "").length;
  return Object.assign(match, { name: within(sentence, from, to) });
}

const beginsWithThe = /^.{0,3}[Tt]he\s/u;
const namedProject = new RegExp(
  String.raw`(?<![\p{L}\p{N}])[Tt]he\s+((?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*|of|for|the|and|in|&)(?:\s+(?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*|of|for|the|and|in|&)){0,7})\s+(?:project|programme|program|initiative|campaign|fellowship)\s+${tellingVerb}\b`,
  "u",
);

/**
 * Efforts that running text tells of as things of their own, as reports do: "The Lantern project aims to
 * …", "Second Start Network places …". One stretch a name, where it is first defined, with its paragraph.
 */
export function definedInText(blocks: readonly Block[]): { name: Stretch; sentences: Stretch[] }[] {
  const found = new Map<string, { name: Stretch; sentences: Stretch[] }>();
  const headed: Block[] = [];
  for (const [index, block] of blocks.entries()) {
    const sentences = block.level === 0 ? sentencesOf(block) : [];
    const heading = blocks[index - 1];
    const isHeaded =
      heading !== undefined &&
      heading.level > 0 &&
      sentences.length > 0 &&
      isToldBelow(heading, sentences);
    if (isHeaded) headed.push(heading);
    if (isHeaded && !found.has(foldName(heading.text))) {
      found.set(foldName(heading.text), { name: whole(heading), sentences: sentences.slice(0, 3) });
      continue;
    }
    for (const [at, sentence] of sentences.entries()) {
      const name = definedIn(sentence) ?? projectIn(sentence);
      if (!name) continue;
      const key = foldName(wordsOf(name));
      if (!found.has(key)) found.set(key, { name, sentences: sentences.slice(at, at + 3) });
    }
  }
  for (const { heading, sentences } of siblings(blocks, headed)) {
    const key = foldName(heading.text);
    if (!found.has(key)) found.set(key, { name: whole(heading), sentences: sentences.slice(0, 3) });
  }
  return [...found.values()];
}

/**
 * Headings of one rank among those of efforts: where a report tells of its projects one after the other,
 * each in a section, it does not say of every one that it is a project.
 */
function siblings(
  blocks: readonly Block[],
  headed: readonly Block[],
): { heading: Block; sentences: readonly Stretch[] }[] {
  return [...new Set(headed.map(({ level }) => level))].flatMap((level) => {
    const own = headed.filter((heading) => heading.level === level);
    const [first, last] = [own[0]!.index, own.at(-1)!.index];
    const run = blocks.filter(
      (block) => block.level === level && block.index >= first && block.index <= last,
    );
    // Three may be told so by chance, and few of many are.
    if (own.length < 3 || own.length * 3 < run.length) return [];
    return run.flatMap((heading) => {
      const text = blocks[heading.index + 1];
      const { isName, isOrganization, hasEffortNoun } = judgeName(heading.text);
      const isTold = text !== undefined && text.level === 0 && text.text.length > 80;
      return isTold && isName && (!isOrganization || hasEffortNoun)
        ? [{ heading, sentences: sentencesOf(text) }]
        : [];
    });
  });
}

/** A heading whose name the first sentences below it say again as that of an undertaking. */
function isToldBelow(heading: Block, sentences: readonly Stretch[]): boolean {
  const judged = judgeName(heading.text);
  if (!judged.isName || (judged.isOrganization && !judged.hasEffortNoun)) return false;
  const told = sentences.slice(0, 2).map(wordsOf).join(" ");
  return (
    namesAny([heading.text], told) &&
    /\b(?:project|programme|program|initiative|campaign|fellowship|network|academy|aims?|support(?:s|ed)?|funded|launched|developed|designed)\b/i.test(
      told,
    )
  );
}

const anyUndertaking = new RegExp(undertaking);
const isUndertaking = new RegExp(
  String.raw`^(The\s+)?((?:${nameWord}\s+){0,9}?[\p{Lu}\d][\p{L}\p{N}'\u2019.&/-]*)(\s+\([A-Z][\w&./-]+\))?,?\s+(?:is|are|was|serves as|acts as)\s+(?:an?|the|our|one of the)\s+(?:[\p{L}\d,-]+\s+){0,7}?${undertaking}s?\b(?!\s+(?:director|manager|officer|coordinator|staff|partner|member))`,
  "u",
);

/** "Lantern (LTN) is a statewide network of …": what a sentence says to be an undertaking. */
export function undertakingIn(sentence: Stretch): Stretch | undefined {
  const text = wordsOf(sentence);
  const match = anyUndertaking.test(text) ? isUndertaking.exec(text) : null;
  if (!match) return undefined;
  const judged = judgeName(match[2]!);
  if (!judged.isName || (judged.isOrganization && !judged.hasEffortNoun)) return undefined;
  if (organizationNoun.test(match[0])) return undefined;
  const from = (match[1] ?? "").length;
  return within(sentence, from, from + match[2]!.length + (match[3] ?? "").length);
}

/** Whether a paragraph says of a name that it is an undertaking: "Lantern is a network of …". */
export const definesUndertaking = (block: Block, name: string): boolean =>
  sentencesOf(block).some((sentence) => {
    const defined = undertakingIn(sentence) ?? projectIn(sentence);
    return defined !== undefined && namesAny([name], wordsOf(defined));
  });

/** "The Lantern project aims to …": the name before the noun. */
export function projectIn(sentence: Stretch): Stretch | undefined {
  const text = wordsOf(sentence);
  // It counts only where the sentence begins with it.
  const match = beginsWithThe.test(text) ? namedProject.exec(text) : null;
  if (!match || match.index > 3) return undefined;
  const at = match.index + match[0].indexOf(match[1]!);
  const judged = judgeName(match[1]!);
  return judged.isName && !judged.isOrganization
    ? within(sentence, at, at + match[1]!.length)
    : undefined;
}
