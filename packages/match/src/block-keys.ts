import type { Knowledge } from "@waymark/domain";
import {
  initialsOf,
  knownNamesOf,
  organizationKey,
  type Record,
  type RecordName,
  smallWords,
} from "@waymark/normalize";

/** A key of a record, and what it is made of. */
export type BlockKey = {
  /** A hash in Postgres' `int4`. */
  key: number;
  /** Whoever shares it is the same effort more often than not: its page, its name under its lead. */
  isExact: boolean;
  /** The words, site or organization it stands for; what holds them all says no more beside it. */
  parts: string[];
};

/**
 * The keys under which a record is found, each once, in ascending order: whoever shares a rare one is
 * worth comparing. They depend on the record alone, so that what is stored stays true whatever else the
 * catalog holds; how rare a key is counts only when a search chooses among them (`choose-keys.ts`).
 */
export function blockKeys(record: Record): number[] {
  const keys = new Set(keysOf(record, leadsOf(record)).map(({ key }) => key));
  return [...keys].sort((a, b) => a - b);
}

/**
 * The keys by which a record is searched for, each once: its own, and those that it would have if its lead
 * were written in any other way that knowledge lists.
 */
export function searchKeys(record: Record, knowledge: Knowledge): BlockKey[] {
  const known = record.lead ? knownNamesOf(record.lead.written, knowledge) : [];
  const leads = [...new Set([...leadsOf(record), ...known.slice(0, knownLeadsMax)])];
  const keys = new Map<number, BlockKey>();
  for (const one of keysOf(record, leads)) {
    if (!keys.has(one.key) || one.isExact) keys.set(one.key, one);
  }
  return [...keys.values()];
}

const knownLeadsMax = 6;

/** The lead as knowledge prefers it and as it is written. */
const leadsOf = ({ lead }: Record): string[] =>
  lead ? [...new Set([lead.key, organizationKey(lead.written)])] : [];

function keysOf(record: Record, leads: string[]): BlockKey[] {
  return [
    ...addressKeys(record),
    ...acronymKeys(record),
    ...record.names.flatMap(nameKeys),
    ...leads.flatMap((lead) => leadKeys(record, lead)),
  ];
}

const keyOf = (kind: string, parts: string[], isExact = false): BlockKey => ({
  key: hashOf(`${kind}:${parts.join("|")}`),
  isExact,
  parts,
});

function addressKeys({ address }: Record): BlockKey[] {
  if (!address) return [];
  const keys = [keyOf("u", [address.key], true)];
  if (address.slug.length >= 5) keys.push(wholeNameKey(address.slug.split(" ")));
  // A site alone joins what one organization hosts; it is the last resort.
  keys.push(keyOf("h", [address.site]));
  return keys;
}

function acronymKeys({ acronyms, initials, names, address }: Record): BlockKey[] {
  const single = names.flatMap(({ key, written }) => [
    ...(key.includes(" ") ? [] : [key]),
    ...lettersIn(written),
    ...beginningOf(written),
  ]);
  const label = address?.site.split(".")[0] ?? "";
  const letters = [...acronyms, ...initials(), ...single, label].map((text) => text.toLowerCase());
  return letters.filter((text) => text.length >= 2).map((text) => keyOf("a", [text]));
}

/** The acronym that a longer name begins with: "NSU" of "NSU CERT". */
const lettersIn = (written: string): string[] => written.match(/^[A-Z]{3,5}(?= )/) ?? [];

/** What such a name would begin with: "NSU" of "Northern State University Certification". */
function beginningOf(written: string): string[] {
  const [letters = ""] = initialsOf(written);
  return letters.length === 4 || letters.length === 5 ? [letters.slice(0, -1)] : [];
}

const pairedWordsMax = 8;
const edgeLength = 7;
const shortEdgeLength = 4;

function nameKeys({ words, key }: RecordName): BlockKey[] {
  const carrying = carryingWords(words);
  const keys = [wholeNameKey(words), wholeNameKey(key.split(" "))];
  for (const word of carrying) keys.push(keyOf("w", [word]));
  const paired = carrying.slice(0, pairedWordsMax);
  for (const [index, one] of paired.entries()) {
    for (const other of paired.slice(index + 1)) keys.push(keyOf("p", [one, other].sort()));
  }
  for (const code of joinedCodes(words)) keys.push(keyOf("w", [code]));
  keys.push(...endsOf(words.join(""), edgeLength).map((end) => keyOf("e", [end])));
  return keys;
}

/** How a name begins and ends, which a slip within a word leaves as it is. */
const endsOf = (letters: string, length: number): string[] =>
  letters.length >= length ? [`${letters.slice(0, length)}-`, `-${letters.slice(-length)}`] : [];

/** The words of a name whatever their order, small ones left out. */
const wholeNameKey = (words: string[]): BlockKey => keyOf("n", sorted(words));

/** "kx ts208w" is also written "kxts208w": a word with digits and the one before it. */
function joinedCodes(words: string[]): string[] {
  return words.flatMap((word, index) => {
    const before = words[index - 1];
    return before !== undefined && /\d/.test(word) && /\p{L}/u.test(before + word)
      ? [before + word]
      : [];
  });
}

const partnersMax = 6;

/** Renamed efforts keep their lead and partners; efforts of one lead share a word now and then. */
function leadKeys({ partners, names, acronyms, initials }: Record, lead: string): BlockKey[] {
  const words = new Set(names.flatMap((name) => carryingWords(name.words)));
  return [
    ...names.map(({ key }) => keyOf("l", [lead, ...sorted(key.split(" "))], true)),
    ...[...words].map((word) => keyOf("o", [lead, word])),
    ...[...acronyms, ...initials()].map((letters) => keyOf("k", [lead, letters])),
    ...names.flatMap(({ words }) =>
      endsOf(words.join(""), shortEdgeLength).map((end) => keyOf("s", [lead, end])),
    ),
    ...partners
      .slice(0, partnersMax)
      .map(({ written }) => keyOf("q", [lead, organizationKey(written)])),
  ];
}

const carryingWords = (words: string[]): string[] => [
  ...new Set(words.filter((word) => !smallWords.has(word))),
];

const sorted = (words: string[]): string[] => words.filter((word) => !smallWords.has(word)).sort();

/** FNV-1a in 32 bits with sign, as `int4` has it. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  // FNV's low bits know little of the last letters; one round of mixing spreads them.
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x2c1b3c6d) | 0;
}
