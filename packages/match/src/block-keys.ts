import type { Knowledge } from "@waymark/domain";
import { initialsOf, type Record, type RecordName, smallWords } from "@waymark/normalize";

/**
 * The keys under which a record is found: whoever shares a rare one is worth comparing. Each is a hash in
 * Postgres' `int4`. The rarest come first, so that a search may stop when it has enough candidates; what
 * is stored must hold them all.
 */
export function blockKeys(record: Record, knowledge: Knowledge): number[] {
  const shares = new Map<number, number>();
  for (const [text, share] of keysOf(record, knowledge)) {
    const key = hashOf(text);
    if (share < (shares.get(key) ?? Number.POSITIVE_INFINITY)) shares.set(key, share);
  }
  return [...shares].sort((a, b) => a[1] - b[1] || a[0] - b[0]).map(([key]) => key);
}

type Key = [text: string, share: number];

/** Expected share of records with a key that no count is kept of. */
const shareOf = { address: 1e-7, name: 1e-6, acronym: 1e-5, edge: 1e-4, site: 1e-3 } as const;

function keysOf(record: Record, knowledge: Knowledge): Key[] {
  return [
    ...addressKeys(record),
    ...acronymKeys(record),
    ...record.names.flatMap((name) => nameKeys(name, knowledge)),
    ...organizationKeys(record, knowledge),
  ];
}

function addressKeys({ address }: Record): Key[] {
  if (!address) return [];
  const keys: Key[] = [[`u:${address.key}`, shareOf.address]];
  if (address.slug.length >= 5) keys.push([`n:${sorted(address.slug.split(" "))}`, shareOf.name]);
  // A site alone joins what one organization hosts; it is the last resort.
  keys.push([`h:${address.site}`, shareOf.site]);
  return keys;
}

function acronymKeys({ acronyms, initials, names, address }: Record): Key[] {
  const single = names.flatMap(({ key, written }) => [
    ...(key.includes(" ") ? [] : [key]),
    ...lettersIn(written),
    ...beginningOf(written),
  ]);
  const label = address?.site.split(".")[0] ?? "";
  const letters = [...acronyms, ...initials, ...single, label].map((text) => text.toLowerCase());
  return letters.filter((text) => text.length >= 2).map((text) => [`a:${text}`, shareOf.acronym]);
}

/** The acronym that a longer name begins with: "NSU" of "NSU CERT". */
const lettersIn = (written: string): string[] => written.match(/^[A-Z]{3,5}(?= )/) ?? [];

/** What such a name would begin with: "NSU" of "Northern State University Certification". */
function beginningOf(written: string): string[] {
  const [letters = ""] = initialsOf(written);
  return letters.length === 4 || letters.length === 5 ? [letters.slice(0, -1)] : [];
}

const pairedWordsMax = 8;

function nameKeys({ words, key }: RecordName, knowledge: Knowledge): Key[] {
  const carrying = [...new Set(words.filter((word) => !smallWords.has(word)))];
  const keys: Key[] = [
    [`n:${sorted(words)}`, shareOf.name],
    [`n:${sorted(key.split(" "))}`, shareOf.name],
  ];
  for (const word of carrying) keys.push([`w:${word}`, shareOfWord(word, knowledge)]);
  const paired = carrying.slice(0, pairedWordsMax);
  for (const [index, one] of paired.entries()) {
    for (const other of paired.slice(index + 1)) {
      const share = shareOfWord(one, knowledge) * shareOfWord(other, knowledge);
      // Words of one name go together more often than chance would have it.
      keys.push([`p:${sorted([one, other])}`, Math.sqrt(share) / 10]);
    }
  }
  const compact = words.join("");
  if (compact.length >= edgeLength) {
    keys.push([`b:${compact.slice(0, edgeLength)}`, shareOf.edge]);
    keys.push([`e:${compact.slice(-edgeLength)}`, shareOf.edge]);
  }
  return keys;
}

const edgeLength = 7;
const partnersMax = 6;

/** Renamed efforts keep their lead and partners; efforts of one lead share a word now and then. */
function organizationKeys({ lead, partners, names }: Record, knowledge: Knowledge): Key[] {
  if (!lead) return [];
  const words = new Set(
    names.flatMap((name) => name.words).filter((word) => !smallWords.has(word)),
  );
  const withWords = [...words].map(
    (word): Key => [`o:${lead.key}|${word}`, shareOfWord(word, knowledge) / 30],
  );
  const withPartners = partners
    .slice(0, partnersMax)
    .map((partner): Key => [`q:${lead.key}|${partner.key}`, shareOf.edge]);
  return [...withWords, ...withPartners];
}

const sorted = (words: string[]): string =>
  words
    .filter((word) => !smallWords.has(word))
    .sort()
    .join(" ");

/** A word never counted is as rare as one record in all. */
function shareOfWord(word: string, { wordCounts, documentCount }: Knowledge): number {
  const counted = Object.hasOwn(wordCounts, word) ? wordCounts[word]! : 0;
  return (counted + 1) / (documentCount + 10);
}

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
