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
  const words = plainText(name)
    .replace(/,\s*the$/, "")
    .split(/[^\p{L}\p{N}.]+/u)
    .map((word) => (word.includes(".") ? word.replace(/^\.+|\.+$|\.(?!\d)|(?<!\d)\./g, "") : word))
    .filter((word) => word !== "");
  if (words.length > 1 && /^(the|a|an)$/.test(words[0]!)) words.shift();
  return joinPrefixes(words).map((word, index, all) => foldWord(word, all[index - 1]));
}

/** Small Latin letters without marks, apostrophes and signs that take no room, words still apart. */
export function plainText(name: string): string {
  // Most names hold nothing but ASCII, which is composed, bears no marks and takes its room.
  const isAscii = !beyondAscii.test(name);
  const shown = isAscii ? name : withoutUnseen(name).replace(/[\u2122\u00ae\u00a9\u2120]/gu, "");
  const signless = shown.replace(/\((?:tm|r|sm)\)/giu, "");
  // Without the trade mark's sign, of which NFKC makes letters.
  const singular = (isAscii ? signless : signless.normalize("NFKC"))
    .replace(/\b([A-Z]{2,})s\b/g, "$1")
    // Four letters lose their plural only where small letters show that it is a word: "Arcs", not "ARCS".
    .replace(/(?<![\p{L}\p{N}])(\p{L}\p{Ll}[^\P{Ll}siu])s(?!\p{L})/gu, "$1")
    .replace(/\b(?:\p{L}\.){2,}/gu, (letters) => `${letters.replaceAll(".", "")} `);
  return (
    (isAscii ? singular.toLowerCase() : withoutMarks(singular))
      .replace(/['\u2018\u2019\u02bc\u0060\u00b4]/gu, "")
      .replace(/&/g, " and ")
      .replace(/[\u2010-\u2015\u2212]/gu, "-")
      // "C-LAB", "e-learning", "K-12": a lone letter belongs to what follows it.
      .replace(/(?<![\p{L}\p{N}])(\p{L})-(?=[\p{L}\p{N}]{2})/gu, "$1")
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

const spellings: Record<string, string> = {
  programme: "program",
  organisation: "organization",
  centre: "center",
  labour: "labor",
};
const seriesWords = /^(phase|round|cohort|stage|part|version|wave|tier|volume|edition|level)$/;
const numerals: Record<string, string> = {
  ...{ i: "1", ii: "2", iii: "3", iv: "4", v: "5", vi: "6" },
  ...{ one: "1", two: "2", three: "3", four: "4", five: "5", six: "6" },
};

function foldWord(word: string, before: string | undefined): string {
  if (before !== undefined && seriesWords.test(before)) return numerals[word] ?? word;
  const single = singular(word);
  return spellings[single] ?? single;
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
