import type { Organization } from "@waymark/domain";

/** Known organizations, ready to be looked up in running text. */
export type Gazetteer = { byFirstWord: ReadonlyMap<string, readonly Entry[]> };
type Entry = { words: readonly string[]; name: string };

/** An organization in a text under its preferred name; `known` when the gazetteer holds it. */
export type FoundOrganization = {
  name: string;
  start: number;
  end: number;
  quote: string;
  known: boolean;
};

/** Indexes organizations and their aliases by first word, longest first. */
export function buildGazetteer(organizations: readonly Organization[]): Gazetteer {
  const byFirstWord = new Map<string, Entry[]>();
  for (const { name, aliases } of organizations) {
    for (const written of [name, ...aliases]) {
      const words = wordsOf(written).map((word) => word.folded);
      // One short word is a name only when it is written in capitals, which folding would forget.
      if (words.length === 0 || (words.length === 1 && words[0]!.length < 3)) continue;
      const list = byFirstWord.get(words[0]!) ?? [];
      list.push({ words, name });
      byFirstWord.set(words[0]!, list);
    }
  }
  for (const list of byFirstWord.values()) list.sort((a, b) => b.words.length - a.words.length);
  return { byFirstWord };
}

/**
 * Organizations in a text: first those the gazetteer knows, longest name first, then names that say
 * what they are ("… Foundation", "Department of …"). Spans do not overlap.
 */
export function findOrganizations(text: string, gazetteer: Gazetteer): FoundOrganization[] {
  const known = findKnown(text, gazetteer);
  const cued = findCued(text).filter(
    (one) => !known.some((other) => one.start < other.end && one.end > other.start),
  );
  return [...known, ...cued].sort((a, b) => a.start - b.start);
}

/** The preferred name when the whole text is a known organization's name. */
export function knownOrganization(text: string, gazetteer: Gazetteer): string | undefined {
  const words = wordsOf(text).map((word) => word.folded);
  const entries = gazetteer.byFirstWord.get(words[0] ?? "") ?? [];
  return entries.find((entry) => sameWords(entry.words, words))?.name;
}

/** Whether a name says itself that it is an organization's: "… Foundation", "University of …". */
export const looksLikeOrganization = (name: string): boolean => organizationWord.test(name);

const sameWords = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((word, index) => word === b[index]);

function findKnown(text: string, gazetteer: Gazetteer): FoundOrganization[] {
  const words = wordsOf(text);
  const found: FoundOrganization[] = [];
  for (let at = 0; at < words.length; at++) {
    const entries = gazetteer.byFirstWord.get(words[at]!.folded);
    const entry = entries?.find(({ words: wanted }) =>
      wanted.every((word, index) => words[at + index]?.folded === word),
    );
    if (!entry) continue;
    const last = words[at + entry.words.length - 1]!;
    const quote = text.slice(words[at]!.start, last.end);
    // Names are written with capitals; the same words in small letters are only words.
    if (!/^[^\p{Ll}]/u.test(quote)) continue;
    found.push({ name: entry.name, start: words[at]!.start, end: last.end, quote, known: true });
    at += entry.words.length - 1;
  }
  return found;
}

const wordPattern = /[\p{L}\p{N}]+(?:['\u2019.&-][\p{L}\p{N}]+)*/gu;

function wordsOf(text: string): { folded: string; start: number; end: number }[] {
  return [...text.matchAll(wordPattern)].map((match) => ({
    folded: match[0].toLowerCase().replace(/['\u2019.]/g, ""),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

const kinds =
  "Foundation|University|College|Colleges|Department|Institute|Association|Board|Council|Commission|Agency|Authority|Bureau|Chamber|Society|Endowment|Trust|Corporation|Company|Inc|LLC|Office|Ministry|Guild|Union|Federation|Center|Centre|School|Schools|District|Library|Museum|Hospital|Bank|Philanthropies|Philanthropy|Ventures|Polytechnic|Conference|Secretariat|Administration|Chancellor|Regents|Secretary|Governor|Legislature|Academy|System";
const organizationWord = new RegExp(String.raw`(?<!\p{L})(?:${kinds})(?!\p{L})`, "u");

const capital = String.raw`(?:\p{Lu}[\p{L}\p{N}'\u2019.&-]*)`;
const link = String.raw`(?:\s+(?:of|for|on|the|and|&|in|at|de|to)){0,3}`;
const cued = new RegExp(
  // Words before the telling word ("Ada M. Rowan Endowment"), and "of …", "for …" after it.
  String.raw`(?:${capital}(?:\s+(?:of|for|&|and|the))?\s+){0,6}(?<!\p{L})(?:${kinds})(?!\p{L})(?:\s+(?:of|for|on)${link}\s+${capital}(?:${link}\s+${capital}){0,5})?`,
  "gu",
);

/** "Department of Labor and Pine College" are two: what follows "and" says itself what it is. */
function firstOf(name: string): string {
  const parts = name.split(/(?=\s+and\s+)/);
  const cut = parts.findIndex((part, index) => index > 0 && organizationWord.test(part));
  return cut > 0 && organizationWord.test(parts.slice(0, cut).join(""))
    ? parts.slice(0, cut).join("")
    : name;
}

function findCued(text: string): FoundOrganization[] {
  const found: FoundOrganization[] = [];
  cued.lastIndex = 0;
  for (let match = cued.exec(text); match; match = cued.exec(text)) {
    // The second of two names is looked at again from where the first one ends.
    cued.lastIndex = match.index + firstOf(match[0]).length;
    const quote = firstOf(match[0])
      .replace(/^(?:The|And|In|At|With|By|From|For|Our|A|An)\s+/u, "")
      .replace(/[.,]$/, "");
    const words = quote.split(/\s+/);
    if (words.length < 2) continue;
    const start = match.index + match[0].indexOf(quote);
    found.push({ name: quote, start, end: start + quote.length, quote, known: false });
  }
  return found;
}
