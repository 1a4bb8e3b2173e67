import { remember } from "./remember.ts";
import { withoutUnseen } from "./text.ts";

/**
 * A name as comparisons see it: small words in Latin letters separated by one blank, without marks,
 * apostrophes, leading article and the plural of long words; `&` is "and", "Phase II" is "phase 2".
 * Two names with the same folded form are written differently and say the same.
 */
export const foldName = remember((name: string): string => nameWords(name).join(" "));

/** The words of the folded form, in order. */
export function nameWords(name: string): string[] {
  const words: string[] = [];
  for (const written of plainText(name)
    .replace(/,\s*the$/, "")
    .match(writtenWord) ?? []) {
    const word = written.includes(".") ? withoutStops(written) : written;
    if (word !== "") words.push(word);
  }
  if (words.length > 1 && articles.has(words[0]!)) words.shift();
  return joinPrefixes(words).map((word, index, all) => foldWord(word, all[index - 1]));
}

const writtenWord = /[\p{L}\p{N}.]+/gu;
const articles: ReadonlySet<string> = new Set(["the", "a", "an"]);

/** A word with only those stops that part the digits of a number. */
const withoutStops = (word: string): string => word.replace(/^\.+|\.+$|\.(?!\d)|(?<!\d)\./g, "");

/** Small Latin letters without marks, apostrophes and signs that take no room, words still apart. */
export function plainText(name: string): string {
  // Most names hold nothing but ASCII, which is composed, bears no marks and takes its room.
  const isAscii = !beyondAscii.test(name);
  const shown = isAscii ? name : withoutUnseen(name).replace(/[\u2122\u00ae\u00a9\u2120]/gu, "");
  const signless = shown.includes("(") ? shown.replace(/\((?:tm|r|sm)\)/giu, "") : shown;
  // Without the trade mark's sign, of which NFKC makes letters.
  const singular = (isAscii ? signless : signless.normalize("NFKC"))
    .replace(/\b([A-Z]{2,})s\b/g, "$1")
    // Four letters lose their plural only where small letters show that it is a word: "Arcs", not "ARCS".
    // Looked for by its last letter, since any word might be the beginning of one.
    .replace(/s(?!\p{L})(?<=(?<![\p{L}\p{N}])\p{L}\p{Ll}[^\P{Ll}siu]s)/gu, "")
    .replace(/\b(?:\p{L}\.){2,}/gu, (letters) => `${letters.replaceAll(".", "")} `);
  return (
    (isAscii ? singular.toLowerCase() : withoutMarks(singular))
      .replace(/['\u2018\u2019\u02bc\u0060\u00b4]/gu, "")
      .replace(/&/g, " and ")
      .replace(/[\u2010-\u2015\u2212]/gu, "-")
      // "C-LAB", "e-learning", "K-12": a lone letter belongs to what follows it.
      .replace(/-(?=[\p{L}\p{N}]{2})(?<=(?<![\p{L}\p{N}])\p{L}-)/gu, "")
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const beyondAscii = /[^\u0000-\u007f]/;

const withoutMarks = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(
      /[\u00df\u00e6\u0153\u00f8\u0142\u0111\u00f0\u00fe\u0131]/g,
      (letter) => spelledOut[letter]!,
    );

/** Letters that no mark can be taken from. */
const spelledOut: { [letter: string]: string } = {
  ...{ \u00df: "ss", \u00e6: "ae", \u0153: "oe", \u00f8: "o", \u0142: "l" },
  ...{ \u0111: "d", \u00f0: "d", \u00fe: "th", \u0131: "i" },
};

const prefixes: ReadonlySet<string> = new Set(["non", "post", "micro", "multi", "inter", "pre"]);

/** "non-degree", "non degree" and "nondegree" are one word. */
export function joinPrefixes(words: string[]): string[] {
  if (!words.some((word) => prefixes.has(word))) return words;
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (before !== undefined && prefixes.has(before) && /^\p{L}{4,}$/u.test(word)) {
      joined[joined.length - 1] = before + word;
    } else {
      joined.push(word);
    }
  }
  return joined;
}

const spellings: ReadonlyMap<string, string> = new Map([
  ["programme", "program"],
  ["organisation", "organization"],
  ["centre", "center"],
  ["labour", "labor"],
]);
const seriesWords: ReadonlySet<string> = new Set(
  "phase round cohort stage part version wave tier volume edition level".split(" "),
);
const numerals: ReadonlyMap<string, string> = new Map(
  ["i one", "ii two", "iii three", "iv four", "v five", "vi six"].flatMap((written, index) =>
    written.split(" ").map((numeral) => [numeral, String(index + 1)] as const),
  ),
);

function foldWord(word: string, before: string | undefined): string {
  if (before !== undefined && seriesWords.has(before)) return numerals.get(word) ?? word;
  const single = singular(word);
  return spellings.get(single) ?? single;
}

/** A word of running text as phrases of vocabularies are compared: small, without marks and plural, in one spelling. */
export const foldPhraseWord = remember(
  (word: string): string => foldWord(plainText(word).replace(/[^\p{L}\p{N}]/gu, ""), undefined),
  50_000,
);

/** Only long words lose their plural: short ones are often acronyms or other words ("ARCS", "LENS"). */
function singular(word: string): string {
  if (word.length < 5 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
  if (word.length > 5 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/**
 * Whether a text may hold a folded name: folding a whole paragraph is dear, and one in which a word of the name
 * does not even begin cannot hold it.
 */
export function mayHoldName(text: string, folded: string): boolean {
  if (!simple.test(text)) return true;
  const beginnings = beginningsOf(folded);
  const small = text.toLowerCase();
  if (beginnings.every((beginning) => small.includes(beginning))) return true;
  if (pluralWithin.test(small)) return true;
  const joined = small.replace(withinWord, "");
  return beginnings.every((beginning) => joined.includes(beginning));
}

/** Of these characters folding makes no letters. */
const simple = /^[ -~\n\u00a0\u00b7\u2010-\u2015\u2018-\u201f\u2022\u2026]*$/;
/** What folding may take out of a word. */
const withinWord = /['\u0060.\u2010-\u2015\u2018\u2019\u2026-]|\((?:tm|r|sm)\)/g;
/** "bcds.example": the first part may lose its plural before it is joined to the other. */
const pluralWithin = /s['\u0060.\u2018\u2019\u2026]+[a-z\d]/;

/** How each word of a folded name begins however it is written: without its plural, its other spelling or what it was joined to. */
const beginningsOf = remember((folded: string): readonly string[] =>
  folded
    .split(" ")
    .filter((word) => word !== "and")
    .map((word) => {
      const letters = /^[a-z]*/.exec(word)![0];
      const prefix = [...prefixes].find((one) => letters.startsWith(one));
      return prefix ?? respelled.get(letters) ?? letters.replace(/y$/, "");
    })
    .filter((beginning) => beginning.length > 1),
);

const respelled: ReadonlyMap<string, string> = new Map(
  [...spellings].map(([other, word]) => {
    const same = [...word].findIndex((letter, index) => letter !== other[index]);
    return [word, same < 0 ? word : word.slice(0, same)];
  }),
);
