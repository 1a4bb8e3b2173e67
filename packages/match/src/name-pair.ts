import type { Knowledge } from "@waymark/domain";
import {
  fieldWords,
  foldAcronym,
  foldName,
  genericWords,
  looksLikeAcronym,
  type Record,
  type RecordName,
  shortens,
} from "@waymark/normalize";
import { type Extra, extrasCost, type Owners, ownersOf, sortExtras } from "./extra-word.ts";
import { weights } from "./weights.ts";
import { carries, nearlyEqual, sumOfWeights } from "./words.ts";

/** How one name of a record stands to one name of another. */
export type NamePair = {
  a: RecordName;
  b: RecordName;
  level: "equal" | "acronym" | "site" | "contained" | "overlapping" | "apart";
  weight: number;
  text: string;
  /** Words that only one of them has, by what they are. */
  extrasOfA: Extra[];
  extrasOfB: Extra[];
  /** One goes on where the other, a long title, ends. */
  isLongTitle: boolean;
  /** The words they share, and how much these say. */
  shared: string[];
  sharedWeight: number;
};

/** The two names, one of each record, that speak most for one effort. */
export function bestNamePair(a: Record, b: Record, knowledge: Knowledge): NamePair {
  const owners = { ofA: ownersOf(a, b), ofB: ownersOf(b, a) };
  let best: NamePair | undefined;
  for (const one of a.names) {
    for (const other of b.names) {
      const pair = compareNames(one, other, owners, knowledge);
      const named = acronymPair(pair, a, b) ?? sitePair(pair, a, b) ?? pair;
      if (!best || named.weight > best.weight) best = named;
    }
  }
  if (!best) throw new Error("a record without a name cannot be compared");
  return best;
}

function compareNames(
  a: RecordName,
  b: RecordName,
  owners: { ofA: Owners; ofB: Owners },
  knowledge: Knowledge,
): NamePair {
  const { shared, near, onlyA, onlyB } = alignWords(a.words, b.words);
  const extrasOfA = sortExtras(onlyA, { name: a, other: b, shared, owners: owners.ofA });
  const extrasOfB = sortExtras(onlyB, { name: b, other: a, shared, owners: owners.ofB });
  const sharedWeight = sumOfWeights(shared, knowledge);
  const isLongTitle = shared.length >= longTitleWords && startsAlike(a, b);
  const pair = { a, b, extrasOfA, extrasOfB, isLongTitle, shared, sharedWeight };
  const isEqual = extrasOfA.length === 0 && extrasOfB.length === 0;
  if (isEqual || a.words.join("") === b.words.join("")) {
    const base = Math.max(equalWeight(a.words, knowledge), equalWeight(b.words, knowledge));
    const slips = differenceInWriting(a, b) + near * weights.name.nearWord;
    const text = slips === 0 ? `same name “${b.written}”` : `nearly the same name “${b.written}”`;
    return { ...pair, extrasOfA: [], extrasOfB: [], level: "equal", weight: base + slips, text };
  }
  const carrying = (extras: Extra[]) =>
    extras.filter(({ is }) => is !== "generic" && is !== "owner").length;
  const base =
    carrying(extrasOfA) + carrying(extrasOfB) === 0 && sharedWeight > 0
      ? equalWeight(shared, knowledge)
      : sharedWeight;
  const cost = extrasCost(extrasOfA, extrasOfB, knowledge) + near * weights.name.nearWord;
  const subtitle =
    shared.length >= veryLongTitleWords ? weights.name.subtitleOfMany : weights.name.subtitle;
  const capped = isLongTitle ? Math.max(subtitle, cost) : cost;
  const weight = clamp(Math.min(weights.name.most, base) + capped);
  const addsNothing = (extras: Extra[]) =>
    extras.every(({ is }) => is === "generic" || is === "mark");
  const isContained = sharedWeight > 0 && (addsNothing(extrasOfA) || addsNothing(extrasOfB));
  const level = isContained ? "contained" : sharedWeight > 0 ? "overlapping" : "apart";
  const text = weight > 0 ? likenessText(pair) : differenceText(pair);
  return { ...pair, level, weight, text };
}

/** A name this long stays the same when a subtitle follows. */
const longTitleWords = 5;
const veryLongTitleWords = 7;

function startsAlike(a: RecordName, b: RecordName): boolean {
  const [shorter, longer] = a.words.length <= b.words.length ? [a, b] : [b, a];
  return shorter.words.every((word, index) => longer.words[index] === word);
}

/** Equal names say more the rarer their words; two words, or a long one, always say something. */
function equalWeight(words: string[], knowledge: Knowledge): number {
  const rarity = sumOfWeights(words, knowledge);
  const [only = "", ...others] = words.filter(carries);
  const least = others.length > 0 || (only.length >= 6 && !fieldWords.has(only));
  return Math.min(weights.name.most, Math.max(rarity, least ? weights.name.equalLeast : 0));
}

function differenceInWriting(a: RecordName, b: RecordName): number {
  if (a.words.join(" ") === b.words.join(" ")) return 0;
  if (a.words.join("") === b.words.join("")) return weights.name.otherBlanks;
  const sorted = (name: RecordName) => name.words.filter(carries).sort().join(" ");
  return sorted(a) === sorted(b) ? weights.name.otherOrder : 0;
}

/** Each word finds its equal, then what is left finds its like. Small words are left aside. */
function alignWords(wordsOfA: string[], wordsOfB: string[]) {
  const onlyA: string[] = [];
  const onlyB = wordsOfB.filter(carries);
  const shared: string[] = [];
  for (const word of wordsOfA.filter(carries)) {
    const at = onlyB.indexOf(word);
    if (at < 0) onlyA.push(word);
    else shared.push(...onlyB.splice(at, 1));
  }
  let near = 0;
  for (const word of [...onlyA]) {
    const at = onlyB.findIndex((other) => nearlyEqual(word, other));
    if (at < 0) continue;
    onlyA.splice(onlyA.indexOf(word), 1);
    shared.push(...onlyB.splice(at, 1));
    near++;
  }
  const isSpelledOut = [spellOut(onlyA, onlyB, shared), spellOut(onlyB, onlyA, shared)].some(
    Boolean,
  );
  // Who writes some words as letters shortens the others too: "NSU CERT".
  if (isSpelledOut) {
    writeOut(onlyA, onlyB, shared);
    writeOut(onlyB, onlyA, shared);
  }
  return { shared, near, onlyA, onlyB };
}

/** A short word in one name may be the first letters of words in the other: "NSU" for "Northern State University". */
function spellOut(shorts: string[], longs: string[], shared: string[]): boolean {
  let isFound = false;
  for (const word of shorts.filter(({ length }) => length >= 2 && length <= 6)) {
    const at = longs
      .map((long) => long[0])
      .join("")
      .indexOf(word);
    if (at < 0) continue;
    longs.splice(at, word.length);
    shorts.splice(shorts.indexOf(word), 1);
    shared.push(word);
    isFound = true;
  }
  return isFound;
}

function writeOut(shorts: string[], longs: string[], shared: string[]): void {
  for (const word of [...shorts]) {
    const at = longs.findIndex((long) => shortens(word, long));
    if (at < 0) continue;
    shared.push(...longs.splice(at, 1));
    shorts.splice(shorts.indexOf(word), 1);
  }
}

const clamp = (weight: number): number => Math.max(weights.name.least, weight);

const wordsOf = (extras: Extra[]): string => extras.map(({ word }) => word).join(" ");

/** What the names have in common comes first where that is what counts. */
function likenessText(pair: Pick<NamePair, "a" | "b" | "shared" | Extras>): string {
  const { a, b, extrasOfA, extrasOfB, shared } = pair;
  if (extrasOfA.length > 0 && extrasOfB.length > 0) {
    return `names share “${shared.join(" ")}”, not “${wordsOf(extrasOfA)}” and “${wordsOf(extrasOfB)}”`;
  }
  const shorter = extrasOfA.length === 0 ? a : b;
  return `“${shorter.written}” in both names, “${wordsOf([...extrasOfA, ...extrasOfB])}” in one only`;
}

type Extras = "extrasOfA" | "extrasOfB";

function differenceText(pair: Pick<NamePair, "a" | "b" | Extras>): string {
  const { a, b, extrasOfA, extrasOfB } = pair;
  if (extrasOfA.length === 0)
    return `“${b.written}” adds “${wordsOf(extrasOfB)}” to “${a.written}”`;
  if (extrasOfB.length === 0)
    return `“${a.written}” adds “${wordsOf(extrasOfA)}” to “${b.written}”`;
  return `“${a.written}” and “${b.written}” differ in “${wordsOf(extrasOfA)}” and “${wordsOf(extrasOfB)}”`;
}

/** "PWLN" as a whole name against a record whose acronym it is. */
function acronymPair(pair: NamePair, a: Record, b: Record): NamePair | undefined {
  const [one, other] = [standsFor(pair.a, b), standsFor(pair.b, a)];
  const best = one.weight >= other.weight ? one : other;
  if (best.weight <= pair.weight) return undefined;
  return {
    ...pair,
    level: "acronym",
    weight: best.weight,
    text: `same acronym ${best.acronym}`,
  };
}

function standsFor(name: RecordName, record: Record): { weight: number; acronym: string } {
  const acronym = writtenAcronym(name) ?? "";
  const letters = foldAcronym(acronym);
  const none = { weight: Number.NEGATIVE_INFINITY, acronym };
  if (letters === "") return none;
  if (record.acronyms.includes(letters)) {
    const { isAcronymOnly, isAcronymLong, isAcronym, isAcronymShort } = weights.name;
    // "WorkUp Ohio" may be one of many that are called WorkUp.
    const isWhole = name.stateWords.length === 0;
    if (letters.length >= 5 && isWhole && !couldBeWord(acronym))
      return { weight: isAcronymOnly, acronym };
    if (letters.length >= 4) return { weight: isAcronymLong, acronym };
    const isRare = letters.length === 3 || /\d/.test(letters);
    return { weight: isRare ? isAcronym : isAcronymShort, acronym };
  }
  const isDerived = letters.length >= 4 && record.initials().includes(letters);
  return isDerived ? { weight: weights.name.isInitials, acronym } : none;
}

/** The acronym that a name is but for generic words and states: "PWLN", "Ohio PWLN Initiative". */
function writtenAcronym(name: RecordName): string | undefined {
  if (!/[a-z]{3}/.test(name.written) && name.written.length <= 12) return name.written;
  const [only, ...others] = name.words.filter(
    (word) => carries(word) && !genericWords.has(word) && !name.stateWords.includes(word),
  );
  if (others.length > 0) return undefined;
  return name.written.split(" ").find((word) => looksLikeAcronym(word) && foldName(word) === only);
}

/** "REACH" is spoken like a word, which others may use; "QTRBB" and "WorkUp" were coined for one thing. */
const couldBeWord = (acronym: string): boolean =>
  !/[a-z][A-Z]/.test(acronym) &&
  /^(?:[^AEIOU]{0,2}[AEIOUY]{1,2}){1,6}[^AEIOU]{0,2}$/i.test(acronym);

/** "LadderWorks.org" as a name against the record whose own site that is. */
function sitePair(pair: NamePair, a: Record, b: Record): NamePair | undefined {
  const weight = Math.max(calledBySite(pair.a, b), calledBySite(pair.b, a));
  if (weight <= pair.weight) return undefined;
  return { ...pair, level: "site", weight, text: "one is called by the other's site" };
}

/** A site may be of another effort of the same people, unless its name begins as the effort's does. */
function calledBySite({ written }: RecordName, { address, names }: Record): number {
  const site = written.toLowerCase().replace(/^www\./, "");
  if (!/^\S+\.[a-z]{2,}$/.test(site) || !address?.isRoot || address.site !== site) {
    return Number.NEGATIVE_INFINITY;
  }
  const label = site.split(".")[0]!.replace(/[^a-z0-9]/g, "");
  const begins = names.some(({ words }) => {
    const [first = ""] = words;
    const isCoined = first.length >= 6 && !fieldWords.has(first) && label.startsWith(first);
    return isCoined || words.join("").startsWith(label);
  });
  return begins ? weights.name.isOwnSite : weights.name.isSite;
}
