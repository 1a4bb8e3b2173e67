import type { InitiativeKind, InitiativeValues, Knowledge, Mention } from "@waymark/domain";
import { foldAcronym, initialsOf, looksLikeAcronym } from "./acronym.ts";
import { addressParts } from "./address.ts";
import { foldName, nameWords } from "./fold-name.ts";
import { domainLabel, nameKey, type SplitName, splitName } from "./name.ts";
import { fieldWords, genericWords, smallWords } from "./name-words.ts";
import { once } from "./once.ts";
import { preferredOrganization, sameOrganization } from "./organization.ts";
import { remember } from "./remember.ts";
import { statesInName } from "./states-in-name.ts";

/** One name of a record in the forms in which names are compared. */
export type RecordName = {
  /** As it was written, without bracketed acronym. */
  written: string;
  /** Words of the folded name, in order. */
  words: string[];
  /** The folded name without what it only generically is. */
  key: string;
  /** Phase, round, cohort or version it names: `2` for "Phase II" and for "2.0". */
  series: string[];
  years: string[];
  /** Codes of the states it names, and the folded words that do so. */
  states: string[];
  stateWords: string[];
  /**
   * Folded words written small before or behind capitalized ones: in "national Lantern network" they say what it
   * is, in "National Lantern Network" what it is called.
   */
  descriptive: string[];
};

/** The address an effort calls its own. */
export type RecordAddress = {
  canonical: string;
  /** What is equal for every way of writing it. */
  key: string;
  host: string;
  site: string;
  /** Words of the last part of its path: `/programs/goal-2030/` → `goal 2030`. */
  slug: string;
  isRoot: boolean;
  /** Whether it was told, or only follows from a name that is a site's address, which others may bear too. */
  isTold: boolean;
};

export type RecordOrganization = { written: string; key: string };

/**
 * A mention or a catalog entry with clean values, ready to be held against others.
 * It is named for the word of the product and hides TypeScript's utility type of that name on purpose;
 * whoever needs both imports this one under another name.
 */
export type Record = {
  /** The name first, then the aliases; equal ones once. */
  names: RecordName[];
  /** Acronyms told, in capitals; then those its names' first letters make, found when asked for, by few. */
  acronyms: string[];
  initials: () => string[];
  address: RecordAddress | undefined;
  lead: (RecordOrganization & { isInPassing: boolean }) | undefined;
  /** Whether it is an organization that leads itself: its lead's name is one of its own. */
  isItsOwnLead: boolean;
  funders: RecordOrganization[];
  partners: RecordOrganization[];
  states: string[];
  start: string | undefined;
  end: string | undefined;
  kind: InitiativeKind | undefined;
  /** Words of the description that carry meaning, each once; found when asked for, since others may have none. */
  description: (() => ReadonlySet<string>) | undefined;
  /** What the page says of its place among others: "part of", "successor of" and their names' keys. */
  relations: { kind: Mention["relations"][number]["kind"]; key: string }[];
};

/** The clean, comparable form of a mention or of a catalog entry's values. */
export function toRecord(values: InitiativeValues | Mention, knowledge: Knowledge): Record {
  const main = splitName(values.name);
  const others = (values.aliases ?? []).map(splitName);
  const ownLead = leadOfItself([main, ...others], values);
  const written = [main, ...others].flatMap(({ name, aliases }) => {
    const label = domainLabel(name);
    return [
      name,
      ...aliases,
      ...withoutOwner(name, values.leadOrganization),
      ...withoutSection(name),
      ...(label ? [label] : []),
    ];
  });
  const names = distinctNames([...written, ...(ownLead ? [ownLead] : [])]);
  const told = [values.acronym, main.acronym, ...others.map(({ acronym }) => acronym)];
  // A name of one short word in capitals is an acronym that stands alone, also in "ABCD Program".
  const alone = names.flatMap(({ written, key }) => {
    const first = written.split(" ")[0] ?? "";
    return looksLikeAcronym(first) && !key.includes(" ") ? [first] : [];
  });
  const organization = (name: string): RecordOrganization => ({
    written: name,
    key: preferredOrganization(name, knowledge),
  });
  const { description } = values;
  return {
    names,
    acronyms: distinct([...told, ...alone].map((acronym) => foldAcronym(acronym ?? ""))),
    initials: once(() => distinct(names.flatMap(({ written }) => initialsOf(written)))),
    // Whatever is called by a site's address has that site, unless it is told another.
    address: values.url
      ? toAddress(values.url, true)
      : toAddress(domainLabel(main.name) ? `http://${main.name}/` : "", false),
    lead: values.leadOrganization
      ? { ...organization(values.leadOrganization), isInPassing: isInPassing(values) }
      : undefined,
    isItsOwnLead: ownLead !== undefined,
    funders: (values.funders ?? []).map(organization),
    partners: (values.partners ?? []).map(organization),
    states: [...(values.states ?? [])].sort(),
    start: values.start ?? undefined,
    end: values.end ?? undefined,
    kind: values.kind,
    description: description ? once(() => descriptionWords(description)) : undefined,
    relations: ("relations" in values ? values.relations : []).map(({ kind, name }) => ({
      kind,
      key: nameKey(name),
    })),
  };
}

/** Whether a release names the lead in a sentence only: it may be the one that follows, or a host. */
const isInPassing = (values: InitiativeValues | Mention): boolean =>
  "role" in values &&
  values.role === "announcement" &&
  values.evidence.every(
    ({ field, method }) => field !== "leadOrganization" || method === "sentence",
  );

/** Whose it is, in front of the name or behind it. */
const owned: readonly RegExp[] = [
  /^(?<owner>.+?):\s+(?<name>.+)$/u,
  /^(?<owner>.+?)['\u2019]s?\s+(?<name>\S+\s.+)$/u,
  /^(?<name>.+)\s+[\u2013\u2014|-]\s+(?<owner>.+)$/u,
  /^(?<name>.+)\s+\((?<owner>[^()]+)\)$/u,
  /^(?<name>.+?)\s+(?:at|of)\s+(?<owner>.+)$/u,
];

/** One of these stands in whatever these find, and in few other names. */
const betweenOwnerAndName = /[:'\u2019\u2013\u2014|()-]|\s(?:at|of)\s/;

/** "Acme College: Open Ladder" and "Open Ladder at Acme College", led by Acme College, are called "Open Ladder" too. */
function withoutOwner(name: string, lead: string | null | undefined): string[] {
  if (!lead || !betweenOwnerAndName.test(name)) return [];
  for (const pattern of owned) {
    const { owner = "", name: rest = "" } = pattern.exec(name)?.groups ?? {};
    if (rest.includes(" ") && sameOrganization(owner.replace(/^the /i, ""), lead)) return [rest];
  }
  return [];
}

/** "Ways to Hire - Open Ladder Now campaign": what stands behind the dash calls itself an effort. */
function withoutSection(name: string): string[] {
  const { effort } =
    /^[^\u2013\u2014|]+\s[\u2013\u2014|-]\s(?<effort>.+)$/u.exec(name)?.groups ?? {};
  if (!effort) return [];
  const words = foldName(effort).split(" ");
  const telling = words.filter(
    (word) => !smallWords.has(word) && !fieldWords.has(word) && !genericWords.has(word),
  );
  return telling.length >= 2 && genericWords.has(words.at(-1)!) ? [effort] : [];
}

/** The lead's name where it is the effort's own: "Rivers Foundation" leads the "Ann and Lee Rivers Foundation". */
function leadOfItself(
  names: SplitName[],
  { leadOrganization }: InitiativeValues | Mention,
): string | undefined {
  if (!leadOrganization) return undefined;
  const { name: lead } = splitName(leadOrganization);
  const words = foldName(lead).split(" ");
  const isIt = names.some(({ name }) => {
    const own = foldName(name).split(" ");
    // "Rivers" may lead the "Rivers Network" without being it; the body that leads itself is told as such.
    const isSameBody = own.at(-1) === words.at(-1) && sameOrganization(name, lead);
    return isSameBody || spellsBeginning(words, own);
  });
  return isIt ? lead : undefined;
}

/** "RF Commons" for the "Rivers Fair Commons for Craft": letters of its first words, then what follows them. */
function spellsBeginning([letters = "", ...rest]: string[], words: string[]): boolean {
  if (letters[0] !== words[0]?.[0]) return false;
  const spelled = words.slice(0, letters.length);
  const behind = words.slice(letters.length + rest.length);
  return (
    letters.length >= 2 &&
    rest.length > 0 &&
    spelled.map((word) => word[0]).join("") === letters &&
    rest.every((word, index) => words[letters.length + index] === word) &&
    (behind.length === 0 || behind[0] === "for")
  );
}

function distinctNames(written: string[]): RecordName[] {
  const names = new Map<string, RecordName>();
  for (const text of written) {
    const folded = foldName(text);
    if (folded !== "" && !names.has(folded)) names.set(folded, toName(text));
  }
  // A name of signs alone folds to nothing, and still has to be somebody's name.
  if (names.size === 0)
    names.set("", { ...toName(written[0]!), words: [written[0]!.toLowerCase()] });
  return [...names.values()];
}

function toName(written: string): RecordName {
  const words = foldName(written).split(" ");
  const states = statesInName(written);
  return {
    written,
    words,
    key: nameKey(written),
    series: seriesOf(words),
    years: distinct(words.filter((word) => /^(19|20)\d\d$/.test(word))),
    states: distinct(states.map(({ code }) => code)),
    stateWords: distinct(states.flatMap(({ quote }) => foldName(quote).split(" "))),
    descriptive: descriptiveWords(written),
  };
}

function descriptiveWords(written: string): string[] {
  const words = written.split(/\s+/).filter((word) => !smallWords.has(word));
  const isSmall = (word: string): boolean => /^\p{Ll}[\p{Ll}-]+$/u.test(word);
  const first = words.findIndex((word) => !isSmall(word));
  if (first < 0) return [];
  const last = words.findLastIndex((word) => !isSmall(word));
  return distinct([...words.slice(0, first), ...words.slice(last + 1)].map(foldName));
}

const seriesWords = /^(phase|round|cohort|stage|version|wave|tier|volume|edition)$/;
const ordinals: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ first: "1", second: "2", third: "3", fourth: "4", fifth: "5" },
    ...{ "1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "5th": "5" },
  }),
);

/** Those that are no other word and no initial: "Lantern II". */
const numerals: ReadonlyMap<string, string> = new Map(
  Object.entries({ ii: "2", iii: "3", iv: "4", vi: "6", vii: "7" }),
);

/** "phase 2", "2.0", "second cohort", and a numeral or small number at the very end say which of a series it is. */
function seriesOf(words: string[]): string[] {
  const may = (word: string) => /^\d/.test(word) || ordinals.has(word) || numerals.has(word);
  return distinct(words.map((word, index) => (may(word) ? numberAt(index, words) : "")));
}

function numberAt(index: number, words: string[]): string {
  const word = words[index]!;
  const before = words[index - 1] ?? "";
  const after = words[index + 1] ?? "";
  const ordinal = ordinals.get(word);
  if (ordinal && seriesWords.test(after)) return ordinal;
  if (/^\d{1,2}\.0$/.test(word)) return word.slice(0, -2);
  const isLast = index > 0 && index === words.length - 1;
  const numeral = numerals.get(word);
  if (isLast && numeral) return numeral;
  const endsSpan = /^(19|20)\d\d$/.test(before);
  if (endsSpan) return "";
  return /^\d{1,2}$/.test(word) && (seriesWords.test(before) || isLast) ? word : "";
}

function toAddress(url: string, isTold: boolean): RecordAddress | undefined {
  const parts = addressParts(url);
  if (!parts) return undefined;
  const { canonical, key } = parts;
  const [, written = ""] = /^[^/]+\/\/[^/]*([^?]*)/.exec(canonical) ?? [];
  const path = written.split("/").filter((part) => part !== "");
  const last = (path.at(-1) ?? "").replace(/\.\w{2,5}$/, "");
  return {
    ...parts,
    slug: foldName(last.replace(/[-_+]|%20/g, " ")),
    isRoot: path.length === 0 && !key.includes("?"),
    isTold,
  };
}

/** Enough words to compare by, whatever the length of the text. */
const descriptionWordsMax = 200;

/** Folded word by word, since descriptions say the same words again and again, and never the same text. */
function descriptionWords(description: string): ReadonlySet<string> {
  const words = new Set<string>();
  for (const written of description.split(/\s+/)) {
    for (const word of tellingWords(written)) words.add(word);
    if (words.size >= descriptionWordsMax) break;
  }
  return words;
}

const tellingWords = remember(
  (written: string): string[] =>
    nameWords(written).filter((word) => word.length >= 4 && !smallWords.has(word)),
  20_000,
);

const distinct = (texts: string[]): string[] => {
  const told = texts.filter((text) => text !== "");
  return told.length <= 1 ? told : [...new Set(told)];
};
