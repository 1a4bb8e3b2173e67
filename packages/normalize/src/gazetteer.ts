import type { Organization } from "@waymark/domain";
import { abbreviations } from "./organization.ts";
import { indexPhrases, type PhraseIndex, phrasesAt, phraseValues, wordsIn } from "./phrases.ts";
import { remember } from "./remember.ts";
import { withoutUnseen } from "./text.ts";

/** Known organizations, ready to be looked up in running text. */
export type Gazetteer = PhraseIndex<KnownName>;

/** One way to write a known organization; `capitals` when only capitals are its name ("ACT", not "act" or "Act"). */
type KnownName = { name: string; capitals: boolean };

/** An organization in a text under its preferred name; `known` when the gazetteer holds it. */
export type FoundOrganization = {
  name: string;
  start: number;
  end: number;
  quote: string;
  known: boolean;
};

/** Indexes organizations and their aliases; twenty thousand of them take a tenth of a second. */
export function buildGazetteer(organizations: readonly Organization[]): Gazetteer {
  return indexPhrases(
    organizations.flatMap(({ name, aliases }) =>
      [name, ...aliases].flatMap((written) =>
        waysToWrite(written).map((way) => [way, { name, capitals: isShortCapitals(way) }] as const),
      ),
    ),
    foldWord,
  );
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
export const knownOrganization = (text: string, gazetteer: Gazetteer): string | undefined =>
  phraseValues(text.replace(leadingArticle, ""), gazetteer)[0]?.name;

/** Whether a name says itself that it is an organization's: "… Foundation", "University of …". */
export const looksLikeOrganization = (name: string): boolean => organizationWord.test(name);

const leadingArticle = /^(?:the|a|an)\s+/i;

/** A name with and without its article and its legal form, as far as what remains is a name. */
function waysToWrite(written: string): string[] {
  const plain = written.replace(leadingArticle, "").trim();
  const short = plain.replace(legalEnding, "");
  return [plain, short].filter(
    // One short word is a name only when it is written in capitals, which folding would forget.
    (way, index, all) => way.length >= 3 && all.indexOf(way) === index && /\p{L}/u.test(way),
  );
}

const legalEnding =
  /(?:,?\s+(?:inc|incorporated|llc|ltd|limited|corp|corporation|co|company|l\.?p|pbc)\.?|,?\s*\(?501\s?\(?c\)?\s?\(?3\)*)$/i;

const isShortCapitals = (name: string): boolean => /^[A-Z]{3,5}$/.test(name);

/** Small letters without marks, stops and apostrophes, abbreviations written out; "and" is passed over like "&". */
const foldWord = remember((word): string | undefined => {
  const plain = withoutUnseen(word)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/['\u2019.]/g, "");
  return plain === "and" || plain === "" ? undefined : (abbreviations[plain] ?? plain);
}, 50_000);

function findKnown(text: string, gazetteer: Gazetteer): FoundOrganization[] {
  const words = wordsIn(text, gazetteer.fold);
  const found: FoundOrganization[] = [];
  let free = 0;
  for (const [at, { start }] of words.entries()) {
    // Names are written with capitals; the same words in small letters are only words.
    if (start < free || /^\p{Ll}/u.test(text.slice(start, start + 2))) continue;
    for (const { values, end } of phrasesAt(words, at, gazetteer).reverse()) {
      const quote = text.slice(start, end);
      const value = values.find(({ capitals }) => !capitals || quote === quote.toUpperCase());
      if (!value) continue;
      const whole = quote + (/^,? (?:Inc|LLC|Ltd|Corp)\b\.?/.exec(text.slice(end))?.[0] ?? "");
      free = start + whole.length;
      found.push({ name: value.name, start, end: free, quote: whole, known: true });
      break;
    }
  }
  return found;
}

const kinds =
  "Foundation|University|Univ\\.?|College|Colleges|Department|Dept\\.?|Institute|Association|Board|Council|Commission|Agency|Authority|Bureau|Chamber|Society|Endowment|Trust|Corporation|Company|Inc|LLC|Office|Ministry|Guild|Union|Federation|Center|Centre|School|Schools|District|Library|Museum|Hospital|Bank|Philanthropies|Philanthropy|Ventures|Polytechnic|Conference|Secretariat|Administration|Chancellor|Regents|Secretary|Governor|Legislature|Academy|System";
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
