import type { Knowledge } from "@waymark/domain";
import { isAcronymOf, looksLikeAcronym } from "./acronym.ts";
import { foldName } from "./fold-name.ts";
import { splitName } from "./name.ts";
import { smallWords } from "./name-words.ts";
import { remember } from "./remember.ts";

/**
 * An organization's name as comparisons see it: folded like any name, without legal forms and bracketed
 * acronym, abbreviations written out. "State of Ohio" and "Ohio Department of Education" stay as they are.
 */
export function organizationKey(name: string): string {
  const { name: plain } = splitName(name.replace(taxStatus, ""));
  const written = plain
    .replace(/\b([A-Za-z]{3,5})\./g, "$1")
    .replace(/^U\.? of (?=\p{Lu})/u, "University of ")
    // "Labor, Department of": as an index writes it.
    .replace(/^([^,]+), (\p{Lu}\p{Ll}+ (?:of|for))(?: the)?$/u, "$2 $1");
  const words = foldName(written)
    .replace(/\bunited state\b/g, "us")
    // "State of Ohio Department of Education" is the department; "State of Ohio" alone is the state.
    .replace(
      /^(?:state|commonwealth) of (?=.+ (?:department|board|office|commission|agency)\b)/,
      "",
    )
    .split(" ")
    .map((word) => abbreviations[word] ?? word);
  let end = words.length;
  while (end > 1 && legalForms.has(words[end - 1]!)) end--;
  return words.slice(0, end).join(" ");
}

/** ", a 501(c)(3) nonprofit corporation" says what it is to the tax office. */
const taxStatus = /,?\s*\(?(?:an?\s+)?501\s?\(?c\)?\s?\(?3\)?.*$/i;

/**
 * Whether two names mean one organization: equal keys, names that knowledge lists together, an acronym
 * of the other, or a short form that leaves out what any organization may be called.
 */
export function sameOrganization(a: string, b: string, knowledge?: Knowledge): boolean {
  const one = organizationForms(a);
  const other = organizationForms(b);
  if (one.keys.some((key) => other.keys.includes(key))) return true;
  if (knowledge) {
    const known = knownOrganizations(knowledge);
    const numbers = one.keys.map((key) => known.get(key)).filter((number) => number !== undefined);
    if (other.keys.some((key) => numbers.includes(known.get(key) ?? -1))) return true;
  }
  if (one.acronym && standsFor(one.acronym, other.name)) return true;
  if (other.acronym && standsFor(other.acronym, one.name)) return true;
  return isShortForm(one.keys[0]!, other.keys[0]!) || isShortForm(other.keys[0]!, one.keys[0]!);
}

/** The key of the name that knowledge prefers for an organization; of the name itself where it knows none. */
export function preferredOrganization(name: string, knowledge: Knowledge): string {
  const known = knownOrganizations(knowledge);
  const { keys } = organizationForms(name);
  const number = keys.map((key) => known.get(key)).find((found) => found !== undefined);
  const preferred = number === undefined ? undefined : knowledge.organizations[number];
  return preferred ? organizationKey(preferred.name) : keys[0]!;
}

/** The keys of all names that knowledge lists for an organization; none where it knows none. */
export function knownNamesOf(name: string, knowledge: Knowledge): string[] {
  const known = knownOrganizations(knowledge);
  const { keys } = organizationForms(name);
  const number = keys.map((key) => known.get(key)).find((found) => found !== undefined);
  const organization = number === undefined ? undefined : knowledge.organizations[number];
  if (!organization) return [];
  return [...new Set([organization.name, ...organization.aliases].map(organizationKey))];
}

type OrganizationForms = { name: string; keys: string[]; acronym: string | undefined };

/** Few organizations are written in many records: their forms are kept. */
const organizationForms = remember(makeForms, 5000);

function makeForms(name: string): OrganizationForms {
  const { name: plain, acronym, aliases } = splitName(name);
  const short = acronym ?? (looksLikeAcronym(plain) ? plain : undefined);
  const keys = [plain, ...(acronym ? [acronym] : []), ...aliases].map(organizationKey);
  return { name: plain, keys, acronym: short };
}

/** Two letters stand for too many things. */
const standsFor = (acronym: string, name: string): boolean =>
  acronym.length >= 3 && !looksLikeAcronym(name) && isAcronymOf(acronym, name);

/**
 * "Lumen" for "Lumen Education Foundation", "Rivers Foundation" for "Ann and Lee Rivers Foundation": what is
 * left out is generic, or stands before the distinctive word of a family's foundation.
 */
function isShortForm(short: string, long: string): boolean {
  const few = short.split(" ");
  const many = long.split(" ");
  if (few.length >= many.length || !few.some(isDistinctiveWord)) return false;
  if (few.length <= 2 && few.every((word, index) => many[index] === word)) {
    return many.slice(few.length).every((word) => organizationWords.has(word));
  }
  const offset = many.length - few.length;
  const isSuffix = few.every((word, index) => many[index + offset] === word);
  return isSuffix && few.length >= 2 && /^(foundation|trust|fund)$/.test(few.at(-1)!);
}

const isDistinctiveWord = (word: string): boolean =>
  word.length >= 3 &&
  !organizationWords.has(word) &&
  !smallWords.has(word) &&
  !commonWords.has(word);

const legalForms = new Set(
  "inc incorporated llc ltd limited corp corporation co company plc lp pbc gmbh nonprofit 501c3".split(
    " ",
  ),
);
const organizationWords = new Set(
  "foundation fund group institute center association network trust education council corporation".split(
    " ",
  ),
);
const commonWords = new Set(
  "community family state national american university college university public private united department office global international".split(
    " ",
  ),
);
/** Words of organizations' names that are often cut short. */
export const abbreviations: Readonly<Record<string, string>> = {
  univ: "university",
  dept: "department",
  assn: "association",
  assoc: "association",
  natl: "national",
  intl: "international",
  govt: "government",
  ...{
    dep: "department",
    depart: "department",
    inst: "institute",
    ctr: "center",
    fdn: "foundation",
  },
  ...{ acad: "academy", bd: "board", coll: "college", div: "division" },
  ...{ mgmt: "management", sch: "school", svc: "service", svcs: "service", cmte: "committee" },
};

const knownByKnowledge = new WeakMap<Knowledge, Map<string, number>>();

/** Key of every known name → number of its organization. Knowledge is immutable, so once is enough. */
function knownOrganizations(knowledge: Knowledge): Map<string, number> {
  const before = knownByKnowledge.get(knowledge);
  if (before) return before;
  const known = new Map<string, number>();
  for (const [number, { name, aliases }] of knowledge.organizations.entries()) {
    for (const written of [name, ...aliases]) {
      const key = organizationKey(written);
      if (!known.has(key)) known.set(key, number);
    }
  }
  knownByKnowledge.set(knowledge, known);
  return known;
}
