import type { LifeSign } from "@waymark/domain";
import { type FoundDate, findDates, matchesOf } from "@waymark/normalize";
import { namePhrase } from "../names/name-phrase.ts";
import type { Block } from "../page/page.ts";
import { type Finding, proves, type Stretch, wordsOf } from "./finding.ts";
import { namesAny, type Subject, sentencesOf, tellsOf } from "./sentence.ts";

/** A sign of life or its end, with its proof. */
export type FoundSign = { sign: LifeSign; evidence: Finding };

type SignKind = LifeSign["kind"];

const ended = String.raw`(?:has|have|had|was|were|is|are)?\s*(?:now\s+|officially\s+|formally\s+|since\s+|been\s+|being\s+)*(?:ended|concluded|sunset(?:ted)?|ceased(?:\s+(?:operations?|operating|to operate|to exist))?|wound\s+down|shut(?:tered|\s+down)?|come\s+to\s+an?\s+(?:end|close)|came\s+to\s+an?\s+(?:end|close)|discontinued|terminated|retired|disbanded|dissolved|closed\s+(?:its\s+doors|down|out|permanently)|closed(?=\s+(?:in|on|at the end of)\s)|(?:completed|finished|concluded|ended)\s+its\s+(?:work|mission|run|operations|term)|reached\s+its\s+(?:logical\s+|natural\s+)?(?:conclusion|end))`;
const noLonger = String.raw`(?:is|are|will|does|do)?\s*no\s+longer\s+(?:be\s+)?(?:active|running|runs?|operating|operates?|operational|exists?|offered|available|in\s+operation|funded|accepting\s+new|a\s+separate)`;
const merged = String.raw`(?:is|are|has|have|was|were|will)?\s*(?:now\s+|recently\s+|officially\s+|been\s+|be\s+)*(?:merged\s+(?:into|with)|absorbed\s+(?:by|into)|folded\s+into|integrated\s+into|rolled\s+into|becom(?:es|e|ing)\s+(?:a\s+)?part\s+of|became\s+(?:a\s+)?part\s+of|joined\s+forces\s+with|succeeded\s+by|replaced\s+by|superseded\s+by)|(?:is|are)\s+now\s+(?:a\s+)?part\s+of`;

const cues: readonly { kind: SignKind; pattern: RegExp; sure: number }[] = [
  {
    kind: "merged",
    sure: 0.9,
    pattern: new RegExp(String.raw`\b(?:${merged})\s+(?:the\s+)?`, "gi"),
  },
  { kind: "ended", sure: 0.9, pattern: new RegExp(String.raw`\b${ended}\b`, "gi") },
  { kind: "ended", sure: 0.8, pattern: new RegExp(String.raw`\b${noLonger}\b`, "gi") },
  {
    kind: "planned",
    sure: 0.75,
    pattern:
      /\b(?:will|to|is\s+(?:set|expected|scheduled|slated)\s+to|plans\s+to)\s+(?:officially\s+|formally\s+|be\s+)*(?:launch(?:ed)?|begin|start|open|kick\s+off|debut)\s+(?:its\s+\w+\s+)?(?:in|on|this|next|by)\b/gi,
  },
];

/** What a page says of itself, whoever the subject is. */
const archiveCue =
  /\b(?:archived\s+(?:web)?(?:site|page)|(?:this|our|the)\s+(?:web)?(?:site|page|content|pages)\s+(?:is|are|has\s+been|have\s+been|remains?|serves?)\s+(?:now\s+)?(?:an?\s+)?(?:as\s+an?\s+)?(?:archived?|historical\s+record|(?:preserved|kept|maintained|retained|available|online)\s+(?:here\s+)?(?:only\s+)?(?:for|as)\s+(?:an?\s+)?(?:historical|reference|archiv\w+|the\s+record))|(?:this|the|these)\s+(?:web)?(?:sites?|pages?|content)\s+(?:is|are)\s+no\s+longer\s+(?:being\s+)?(?:updated|maintained)|(?:pages?|site|website)\s+(?:stays?|remains?)\s+(?:here\s+|online\s+|available\s+)*(?:for\s+reference|as\s+an?\s+archive)|nothing\s+on\s+(?:these\s+pages|this\s+(?:web)?site)\s+is\s+updated)/i;

/** What else can end, close or retire on a page: none of it is the effort. */
export const otherBusiness =
  /\b(?:applications?|deadlines?|registrations?|enrollment|nominations?|submissions?|surveys?|comment\s+period|requests?\s+for\s+proposals|RFPs?|call\s+for|webinar|conference|meetings?|sessions?|polls?|voting|offices?|offer|sale|early\s+bird|semester|school\s+year|fiscal\s+year|bidding|window|position|job|vacancy|lease|road|lane|campus|library|contest|giveaway|pandemic|war|cohorts?|round|hearing)\b/i;
const notReally =
  /\b(?:not|never|n't|without|if|unless|until|before|when|whether|should|could|may|might|would|once|rumou?rs?)\b/i;
const personDoes =
  /\b(?:director|president|chancellor|professor|dean|manager|officer|staff|he|she|chair(?:man|woman|person)?|superintendent|governor|founder|ceo)\b[^.]{0,40}$/i;

/** Signs of life and of endings that the given blocks tell of the subject. */
export function findSigns(blocks: readonly Block[], subject: Subject): FoundSign[] {
  const signs: FoundSign[] = [];
  for (const block of blocks) {
    if (block.text.length > 4000) continue;
    for (const sentence of sentencesOf(block)) signs.push(...signsOf(sentence, subject, block));
  }
  const past = pastTense(blocks, subject);
  if (past && !signs.some(({ sign }) => sign.kind === "active")) signs.push(past);
  // What has begun may still plan a next phase; it is no longer planned itself.
  const isUnderWay =
    signs.some(({ sign }) => sign.kind === "planned") &&
    blocks.some((block) => hasBegun(block, subject));
  return strongestOfEach(signs.filter(({ sign }) => sign.kind !== "planned" || !isUnderWay));
}

const begun =
  /(?<!\b(?:be|is|are|been|newly|get)\s)\b(?:launched|began|started|opened|kicked\s+off|debuted|went\s+live)\b|\b(?:is|are)\s+(?:now\s+|already\s+)?(?:open|under\s?way|active|running|live|in\s+operation)\b|\bhas\s+been\s+(?:running|operating|active|launched)\b|\bwas\s+(?:launched|started|opened|founded|established)\b/i;

/** Whether a sentence says that the subject itself has begun. */
const hasBegun = (block: Block, subject: Subject): boolean =>
  block.text.length <= 4000 &&
  sentencesOf(block).some((sentence) => {
    const text = wordsOf(sentence);
    const match = begun.exec(text);
    return (
      match !== null &&
      !notReally.test(text.slice(0, match.index).slice(-40)) &&
      !otherBusiness.test(text.slice(0, match.index)) &&
      tellsOf(subject, text.slice(0, match.index)) &&
      text.slice(0, match.index).trim() !== ""
    );
  });

function signsOf(sentence: Stretch, subject: Subject, block: Block): FoundSign[] {
  const text = wordsOf(sentence);
  const found: FoundSign[] = [];
  const archive = archiveCue.exec(text);
  if (archive && !notReally.test(text.slice(0, archive.index))) {
    found.push(signOf("archived", sentence, 0.9, endDate(text)));
  }
  for (const { kind, pattern, sure } of cues) {
    for (const match of matchesOf(text, pattern)) {
      const before = text.slice(0, match.index);
      if (
        otherBusiness.test(before) ||
        notReally.test(before.slice(-40)) ||
        personDoes.test(before)
      )
        continue;
      if (/\bnot\b|n't\b/.test(match[0])) continue;
      const speaks = tellsOf(subject, before) && (before.trim() !== "" || block.place === "notice");
      if (!speaks) continue;
      if (
        kind === "ended" &&
        otherBusiness.test(text.slice(match.index + match[0].length).slice(0, 25))
      )
        continue;
      const after = match.index + match[0].length;
      const successor = kind === "merged" ? nameAfter(text.slice(after), subject) : undefined;
      if (kind === "merged" && !successor) continue;
      // Named outright is surer than "the program".
      const certainty = namesAny(subject.names, before) ? sure : sure - 0.15;
      found.push(
        signOf(
          kind,
          sentence,
          certainty,
          kind === "planned" ? undefined : endDate(text),
          successor,
        ),
      );
      break;
    }
  }
  const future = toEnd.exec(text);
  if (
    future &&
    tellsOf(subject, text.slice(0, future.index)) &&
    !otherBusiness.test(text.slice(0, future.index))
  ) {
    const on = endDate(text);
    if (on) found.push(signOf("ended", sentence, 0.6, on));
  }
  return found;
}

const toEnd =
  /\b(?:will|is set to|is scheduled to)\s+(?:end|conclude|close|sunset|wind down|cease(?: operations)?|shut down)\b/i;

function signOf(
  kind: SignKind,
  sentence: Stretch,
  confidence: number,
  on?: FoundDate,
  successor?: string,
): FoundSign {
  return {
    sign: { kind, confidence, ...(on && { on: on.date }), ...(successor && { successor }) },
    evidence: proves("sign", kind, sentence, "sentence", confidence),
  };
}

/** The date of an ending: one said to be an end, else the last or only date of the sentence. */
function endDate(text: string): FoundDate | undefined {
  const dates = findDates(text);
  return (
    dates.find((date) => date.kind === "end") ??
    (dates.length === 1
      ? dates[0]
      : dates.find((date) => /\b(?:in|on|as of|effective)\s+$/i.test(text.slice(0, date.start))))
  );
}

/** The name a successor goes by, unless it is the subject's own. */
function nameAfter(text: string, subject: Subject): string | undefined {
  const name = namePhrase(text);
  return name && !subject.names.includes(name) ? name : undefined;
}

const pastVerb =
  /^(?:\w+ly\s+)?(?:was|were|had|did|brought|led|ran|built|made|gave|held|set|met|grew|began|became|taught|wrote|kept|left|sought|drew|went|took|put|spent|sent|\p{Ll}{2,}ed)\b/iu;
const presentVerb =
  /^(?:\w+ly\s+)?(?:is|are|has|have|does|do|will|can|may|brings?|leads?|runs?|works?|\p{Ll}{2,}(?:s|es))\b(?!\s+(?:and\s+\p{Ll}+\s+)?(?:was|were|had))/iu;

/**
 * Only the tense drifts on some pages: what an effort does becomes what it did. Counted over the verbs of
 * its first paragraphs; one present verb is enough to say nothing.
 */
function pastTense(blocks: readonly Block[], subject: Subject): FoundSign | undefined {
  const prose = blocks
    .filter((block) => block.place === "main" && block.level === 0 && block.text.length > 60)
    .slice(0, 3);
  let past = 0;
  let proof: Stretch | undefined;
  for (const block of prose) {
    for (const sentence of sentencesOf(block)) {
      const verb = verbPhrase(wordsOf(sentence), subject);
      if (!verb) continue;
      if (pastVerb.test(verb)) {
        past++;
        proof ??= sentence;
        if (/\band\s+(?:\p{Ll}+ed|left|ran|led)\b/u.test(verb)) past++;
      } else if (presentVerb.test(verb)) return undefined;
    }
  }
  return proof && past >= 2 ? signOf("past-tense", proof, past >= 3 ? 0.75 : 0.6) : undefined;
}

/** What follows the subject in a sentence that begins with it, or undefined when somebody else acts. */
function verbPhrase(sentence: string, subject: Subject): string | undefined {
  const text = sentence.replace(
    /^(?:From|Between|In|During|Over|Since|Until|Through|As of|By)\s[^,]{0,40},\s*/,
    "",
  );
  for (const name of subject.names) {
    if (text.toLowerCase().startsWith(name.toLowerCase()))
      return text
        .slice(name.length)
        .replace(/^\s*\([^)]*\)/, "")
        .trim();
  }
  const common =
    /^(?:The\s+(?:[\p{Ll}-]+\s+){0,2}?(?:initiative|program|project|network|coalition|alliance|effort|team|collaborative|partnership|fund|campaign|work|fellowship|academy|pilot)|It|We|This\s+(?:initiative|program|project|effort|work))\s+/iu.exec(
      text,
    );
  return common ? text.slice(common[0].length) : undefined;
}

function strongestOfEach(signs: readonly FoundSign[]): FoundSign[] {
  const best = new Map<SignKind, FoundSign>();
  for (const found of signs) {
    const known = best.get(found.sign.kind);
    const weight = ({ sign }: FoundSign) =>
      sign.confidence + (sign.on ? 0.2 : 0) + (sign.successor ? 0.1 : 0);
    if (!known || weight(found) > weight(known)) best.set(found.sign.kind, found);
  }
  return [...best.values()];
}

/** The status a label's value names, or undefined for words we do not know. */
export function statusOf(text: string): "planned" | "active" | "ended" | undefined {
  const words = text.toLowerCase();
  if (
    /\b(?:inactive|ended|closed|complete[d]?|concluded|archived|sunset|past|discontinued|terminated|expired|finished|retired|historical)\b/.test(
      words,
    )
  )
    return "ended";
  const isAlready = /\b(?:active|ongoing|in progress|operational|underway)\b/.test(words);
  if (
    (!isAlready || /\bnot yet\b/.test(words)) &&
    /\b(?:planned|planning|upcoming|forthcoming|proposed|in development|under development|coming soon|not yet)\b/.test(
      words,
    )
  )
    return "planned";
  if (
    /\b(?:active|ongoing|current|in progress|open|running|operational|underway|live)\b/.test(words)
  )
    return "active";
  return undefined;
}
