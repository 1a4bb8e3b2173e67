import { fitsInitials, foldName, looksLikeOrganization } from "@waymark/normalize";
import type { Block } from "../page/page.ts";
import { type Stretch, whole, within, wordsOf } from "../values/finding.ts";
import { namesAny, sentencesOf } from "../values/sentence.ts";
import { isHeadline, judgeName } from "./effort-name.ts";

const capitals = String.raw`(?:[\p{Lu}\d][\p{L}\p{N}'\u2019.&/-]*|of|for|the|and|in|on|to|a|as|with|&|by|at|into)`;
const verb = `(?:is|are|was|were|will|has|have|comprises|provides|provided|helps|advises|supports|aims|seeks|works|identifies|connects|offers|brings|makes|allows|enables|serves|funds|trains|prepares|builds|promotes|advances|creates|gives|awards|develops|recruits|convenes|oversees|coordinates|explores|addresses|focuses|unites|assists|strengthens|expands|improves|invites|pairs|matches|places|engages|empowers|encourages|equips|leverages|facilitates|administers|reviews|recommends|ensures)`;
const defining = new RegExp(
  String.raw`^(The\s+)?((?:${capitals}\s+){0,12}?[\p{Lu}\d][\p{L}\p{N}'\u2019.&/-]*)(\s+\([A-Z][\w&./-]+\))?(?:,[^,.]{3,120},)?\s+(?:(?:competition|program|programme|project|initiative|effort|campaign|network|team|task force)\s+)?(?:\p{Ll}+ly\s+)?${verb}\b`,
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
  const isTasked =
    /\b(?:Commission|Committee|Council|Task Force|Board|Authority|Working Group)\b/.test(match[2]!);
  const isEffort = judged.hasEffortNoun || isTasked;
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
  for (const sentence of prose.flatMap((block) => sentencesOf(block).slice(0, 2))) {
    const match = matchDefinition(sentence);
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
    if (isRepeated && (taskedBody.test(match[2]) || !isOrganization)) return match.name;
  }
  return undefined;
}

/** Bodies that stay bodies with a task, also where a sentence calls them organizations. */
const taskedBody = /\b(?:Commission|Committee|Task Force|Working Group)\b/;

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

const namedProject = new RegExp(
  String.raw`(?<![\p{L}\p{N}])[Tt]he\s+((?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*|of|for|the|and|in|&)(?:\s+(?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*|of|for|the|and|in|&)){0,7})\s+(?:project|programme|program|initiative|campaign|fellowship)\s+${verb}\b`,
  "u",
);

/**
 * Efforts that running text tells of as things of their own, as reports do: "The Lantern project aims to
 * …", "Second Start Network places …". One stretch a name, where it is first defined, with its paragraph.
 */
export function definedInText(blocks: readonly Block[]): { name: Stretch; sentences: Stretch[] }[] {
  const found = new Map<string, { name: Stretch; sentences: Stretch[] }>();
  for (const [index, block] of blocks.entries()) {
    const sentences = block.level === 0 ? sentencesOf(block) : [];
    const heading = blocks[index - 1];
    const isHeaded =
      heading !== undefined &&
      heading.level > 0 &&
      sentences.length > 0 &&
      isToldBelow(heading, sentences);
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
  return [...found.values()];
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

/**
 * The efforts that sentences of a page define in passing: "The Harbor campaign offers …", and, unless the
 * page compares what others offer, "Lantern is a network of …".
 */
export function definedInPassing(
  blocks: readonly Block[],
  isComparing: boolean,
): { name: Stretch; sentence: Stretch }[] {
  const found = new Map<string, { name: Stretch; sentence: Stretch }>();
  const prose = blocks.filter(({ level }) => level === 0).slice(0, 200);
  for (const block of prose) {
    const sentences = sentencesOf(block);
    const headed = headedBy(blocks, block, sentences[0]);
    if (headed) found.set(foldName(headed.text), { name: whole(headed), sentence: sentences[0]! });
    for (const [at, sentence] of sentences.entries()) {
      const told =
        projectIn(sentence) ??
        (isComparing ? undefined : (undertakingIn(sentence) ?? lettersToldAgain(sentences, at)));
      if (!told) continue;
      const name = "name" in told ? told.name : told;
      const key = foldName(wordsOf(name));
      const telling = "name" in told ? told.sentence : sentence;
      if (!found.has(key)) found.set(key, { name, sentence: telling });
    }
  }
  return [...found.values()];
}

/** "Harbor Modules" above "These modules are an ongoing project that …": the heading of what a text calls its own. */
function headedBy(
  blocks: readonly Block[],
  block: Block,
  sentence: Stretch | undefined,
): Block | undefined {
  if (!sentence || !isThisUndertaking.test(wordsOf(sentence))) return undefined;
  const heading = blocks.findLast(
    ({ index, level }) => index < block.index && index >= block.index - 4 && level > 0,
  );
  return heading && judgeName(heading.text).isName && !isHeadline(heading.text)
    ? heading
    : undefined;
}

const undertaking =
  "(?:initiative|programme|program|project|campaign|coalition|collaborative|partnership|alliance|consortium|network|platform|challenge|competition|fellowship|movement|task force|working group|effort|collaboration|registry|framework|apprenticeship|pilot)";
const isUndertaking = new RegExp(
  String.raw`^(The\s+)?((?:${capitals}\s+){0,9}?[\p{Lu}\d][\p{L}\p{N}'\u2019.&/-]*)(\s+\([A-Z][\w&./-]+\))?,?\s+(?:is|are|was|serves as|acts as)\s+(?:an?|the|our|one of the)\s+(?:[\p{L}\d,-]+\s+){0,7}?${undertaking}s?\b(?!\s+(?:director|manager|officer|coordinator|staff|partner|member))`,
  "u",
);

const isThisUndertaking = new RegExp(
  String.raw`^(?:This|These|It|They)(?:\s+\p{Ll}+)?\s+(?:is|are|was|were)\s+(?:an?|the|our|one of)\s+(?:[\p{L}\d,-]+\s+){0,6}?${undertaking}s?\b`,
  "u",
);

/** "Lantern (LTN) is a statewide network of …": what a sentence says to be an undertaking. */
function undertakingIn(sentence: Stretch): Stretch | undefined {
  const text = wordsOf(sentence);
  const match = isUndertaking.exec(text);
  if (!match) return undefined;
  const judged = judgeName(match[2]!);
  if (!judged.isName || (judged.isOrganization && !judged.hasEffortNoun)) return undefined;
  if (organizationNoun.test(match[0])) return undefined;
  const from = (match[1] ?? "").length;
  return within(sentence, from, from + match[2]!.length + (match[3] ?? "").length);
}

const withLetters =
  /(?<![\p{L}\p{N}])(?:The\s+)?((?:[\p{Lu}][\p{L}\p{N}'\u2019.&/-]{0,40})(?:\s+(?:[\p{Lu}\d][\p{L}\p{N}'\u2019&/-]*|of|for|the|and|in|on|&)){1,9})\s+\(([A-Z][A-Z&]{1,7})s?\)(\s+(?:program|programme|project|initiative|campaign|network))?/u;

/** "The Harbor Skills Program (HSP). Through partners, the HSP works to …": named with its letters, then told of. */
function lettersToldAgain(
  sentences: readonly Stretch[],
  at: number,
): { name: Stretch; sentence: Stretch } | undefined {
  const text = wordsOf(sentences[at]!);
  // Few sentences hold a bracket, and looking for a name in front of one is dear.
  const match = text.includes("(") ? withLetters.exec(text) : null;
  if (!match) return undefined;
  const [, name, letters, noun] = match as unknown as [string, string, string, string | undefined];
  const judged = judgeName(name);
  if (!judged.hasEffortNoun && !(noun && fitsInitials(letters, name))) return undefined;
  const told = new RegExp(
    String.raw`(?:^|[,;]\s+)(?:the\s+)?(?:${letters}|${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?:\s+\(\S+\))?)(?:\s+\p{Ll}+)?\s+${verb}\b`,
    "iu",
  );
  const sentence = sentences.slice(at, at + 4).find((one) => told.test(wordsOf(one)));
  const from = text.indexOf(name, match.index);
  const to = text.indexOf(")", from + name.length) + 1;
  return sentence && { name: within(sentences[at]!, from, to), sentence };
}

/** Whether a paragraph says of a name that it is an undertaking: "Lantern is a network of …". */
export const definesUndertaking = (block: Block, name: string): boolean =>
  sentencesOf(block).some((sentence) => {
    const defined = undertakingIn(sentence) ?? projectIn(sentence);
    return defined !== undefined && namesAny([name], wordsOf(defined));
  });

function projectIn(sentence: Stretch): Stretch | undefined {
  const match = namedProject.exec(wordsOf(sentence));
  if (!match || match.index > 3) return undefined;
  const at = match.index + match[0].indexOf(match[1]!);
  const judged = judgeName(match[1]!);
  return judged.isName && !judged.isOrganization
    ? within(sentence, at, at + match[1]!.length)
    : undefined;
}
