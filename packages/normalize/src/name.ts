import { cleanText, withoutUnseen } from "./text.ts";

/**
 * A name as comparisons see it: small words in Latin letters separated by one blank, without marks,
 * apostrophes, leading article and the plural of long words; `&` is "and", "Phase II" is "phase 2".
 * Two names with the same folded form are written differently and say the same.
 */
export function foldName(name: string): string {
  return nameWords(name).join(" ");
}

/**
 * The folded name without the words that only say what kind of thing it is ("… initiative", "… project"),
 * as long as something distinctive remains: "State Network" keeps both its words.
 */
export function nameKey(name: string): string {
  const words = nameWords(splitName(name).name);
  let end = words.length;
  while (end > 1 && genericWords.has(words[end - 1]!) && isDistinctive(words.slice(0, end - 1)))
    end--;
  return words.slice(0, end).join(" ");
}

export type SplitName = { name: string; acronym?: string; aliases: string[] };

/**
 * Takes apart what one line of a page puts together: "Long Name (LN)", "LN: Long Name", "LN (Long Name)",
 * "Name, formerly Other". A lead organization behind a dash is not looked for here.
 */
export function splitName(name: string): SplitName {
  const aliases: string[] = [];
  let rest = cleanText(name);
  rest = rest.replace(otherName, (_all, ...[bracketed, former, also]: (string | undefined)[]) => {
    const alias = (bracketed ?? former ?? also ?? "").replace(/^the /i, "").trim();
    if (alias) aliases.push(alias);
    return "";
  });
  rest = rest.replace(toldTwice, (_all, bracketed, _letters, between) => ` ${bracketed}${between}`);
  const { name: plain, acronym, alias } = splitAcronym(rest.trim() || name.trim());
  if (alias) aliases.push(alias.replace(/^["“”']+|["“”']+$/gu, ""));
  return acronym ? { name: plain, acronym, aliases } : { name: plain, aliases };
}

/**
 * The acronyms a name may go by: first letters of its words, with and without the small ones, with and
 * without what it only generically is. "Lift by Your Craft Network" → `LBYCN`, `LCN`, `LBYC`.
 */
export function initialsOf(name: string): string[] {
  const words = initialWords(name);
  const found = [words, joinPrefixes(words)].flatMap((all) => {
    const lasting = all.slice(0, all.findLastIndex((word) => !genericWords.has(word)) + 1);
    return [all, lasting].flatMap((some) => [
      firstLetters(some),
      firstLetters(some.filter((word) => !smallWords.has(word))),
    ]);
  });
  return [...new Set(found)].filter((letters) => letters.length >= 3);
}

const firstLetters = (words: string[]): string =>
  words.map((word) => word[0]!.toUpperCase()).join("");

/**
 * Whether an acronym can stand for a name: its letters begin the name's words in order. Small and generic
 * words may be left out, one other word too; a last word may give more letters ("Exchange" → `EX`).
 */
export const fitsInitials = (acronym: string, name: string): boolean =>
  spells(acronym, initialWords(name), 1) || spells(acronym, joinPrefixes(initialWords(name)), 1);

/** As `fitsInitials`, with no carrying word left out: what an organization's acronym must do. */
export const isAcronymOf = (acronym: string, name: string): boolean =>
  spells(acronym, initialWords(name), 0);

function spells(acronym: string, words: string[], skipsMax: number): boolean {
  const letters = acronym.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (letters.length < 2 || words.length < 2) return false;
  const costOf = (word: string) => (smallWords.has(word) || genericWords.has(word) ? 0 : 1);
  const fits = (letter: number, word: number, skipped: number): boolean => {
    if (skipped > skipsMax) return false;
    if (letter === letters.length) {
      const left = words.slice(word).reduce((sum, unused) => sum + costOf(unused), 0);
      return skipped + left <= skipsMax;
    }
    const current = words[word];
    if (current === undefined) return false;
    if (current[0] === letters[letter] && fits(letter + 1, word + 1, skipped)) return true;
    const rest = letters.slice(letter);
    if (rest.length === 2 && word === words.length - 1 && startsWithinWord(current, rest))
      return true;
    return fits(letter, word + 1, skipped + costOf(current));
  };
  return fits(0, 0, 0);
}

/** Whether a text is written like an acronym: short, no blanks, at least two capitals, as "CoLAB" and "iLEAD" too. */
export const looksLikeAcronym = (text: string): boolean =>
  /^(?:[A-Z]|[a-z](?=[A-Z]))[A-Za-z0-9&.+-]{1,11}$/.test(text) &&
  (text.match(/[A-Z0-9]/g)?.length ?? 0) >= 2;

/** In a bracket, "CoLAB" is an acronym and "YouthRise" another name. */
const isMostlyCapitals = (text: string): boolean =>
  (text.match(/[a-z]/g)?.length ?? 0) <= (text.match(/[A-Z0-9]/g)?.length ?? 0);

/** An acronym as comparisons see it: capitals and digits alone, without the plural's small s. */
export const foldAcronym = (acronym: string): string =>
  acronym
    .normalize("NFKC")
    .replace(/(?<=[A-Z]{2})s$/, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");

/** Words that say what kind of thing a name is the name of. */
export const genericWords: ReadonlySet<string> = new Set(
  "initiative project program coalition network fund alliance collaborative consortium campaign effort partnership pilot".split(
    " ",
  ),
);

/** Words too frequent in this field, or in any, to tell one effort from another. */
export const fieldWords: ReadonlySet<string> = new Set(
  "credential skill college career workforce work learn learning education educational talent state national community pathway training job policy student learner higher postsecondary employment employer degree university microcredential apprenticeship upskilling mobility".split(
    " ",
  ),
);

export const smallWords: ReadonlySet<string> = new Set(
  "a an the and or of for in on to at by as with from into through via its our your is are be".split(
    " ",
  ),
);

function isDistinctive(words: string[]): boolean {
  if (words.length >= 3) return true;
  return words.some(
    (word) =>
      word.length >= 3 && !fieldWords.has(word) && !smallWords.has(word) && !genericWords.has(word),
  );
}

const otherName =
  /\s*(?:\(\s*(?:(?:formerly|previously|once|originally|also|now)(?: known as| called)?|a[./]?k[./]?a\.?|d[./]?b[./]?a\.?|f[./]?k[./]?a\.?)\s*:?\s+([^()]+)\)|(?:,|;| [-\u2013\u2014])\s*(?:formerly|previously|originally)(?: known as| called)?\s+(.+)$|(?:,|;| [-\u2013\u2014])?\s*(?:a[./]?k[./]?a\.?|also known as|d[./]?b[./]?a\.?|doing business as|f[./]?k[./]?a\.?)\s+(.+)$)/iu;

/** "Long Name (LN) Initiative (LN)": a list added the acronym that the name tells already. */
const toldTwice = /\s*(\(([^()]+)\))(.*?)\s*\(\2\)/u;

function splitAcronym(name: string): { name: string; acronym?: string; alias?: string } {
  const bracket = /^(.*?)\s*[([]\s*([^()[\]]+?)\s*[)\]]\s*(.*)$/u.exec(name);
  if (bracket) {
    const [, before = "", quoted = "", after = ""] = bracket;
    const inside = quoted.replace(/^["\u201c\u2018']+|["\u201d\u2019']+$/gu, "");
    const outside = `${before} ${after}`.trim();
    // "LN (Long Name)"; tried first, since a bracketed acronym has no blanks.
    if (looksLikeAcronym(before) && after === "" && fitsSomeEnding(before, inside)) {
      return { name: inside, acronym: before };
    }
    if (outside !== "" && looksLikeAcronym(inside) && !isMostlyCapitals(inside)) {
      return { name: outside, alias: inside };
    }
    if (outside !== "" && looksLikeAcronym(inside) && !/^\d/.test(inside)) {
      // "City University (CU) Skills Library": the acronym is that of whoever the library belongs to.
      const isOwners =
        /^(?!phase|round|cohort|stage|version)\p{L}/iu.test(after) &&
        fitsInitials(inside, before) &&
        !fitsInitials(inside, outside);
      return isOwners ? { name: outside } : { name: outside, acronym: inside };
    }
    if (outside !== "" && isShorterName(inside, outside)) {
      return { name: outside, alias: inside.replace(/^or( just)? /, "") };
    }
  }
  const parted = /^(\S+)\s*(?::|\s[-\u2013\u2014|])\s+(.+)$/u.exec(name);
  if (parted && looksLikeAcronym(parted[1]!) && fitsInitials(parted[1]!, parted[2]!)) {
    return { name: parted[2]!, acronym: parted[1]! };
  }
  const trailing = /^(.+?)\s+[-\u2013\u2014|]\s+(\S+)$/u.exec(name);
  if (trailing && looksLikeAcronym(trailing[2]!) && fitsInitials(trailing[2]!, trailing[1]!)) {
    return { name: trailing[1]!, acronym: trailing[2]! };
  }
  return { name };
}

/** "Regional Job Turbine (Job Turbine)": the bracket says part of the name again. */
function isShorterName(inside: string, outside: string): boolean {
  const words = nameWords(inside.replace(/^or( just)? /, ""));
  const all = nameWords(outside);
  const initials = firstLetters(all).toLowerCase();
  return (
    words.length >= 2 &&
    words.every(
      (word) =>
        all.includes(word) ||
        genericWords.has(word) ||
        initials.includes(word) ||
        all.some((long) => shortens(word, long)),
    )
  );
}

/** "cert" for "certification". */
export const shortens = (short: string, long: string): boolean =>
  short.length >= 4 && long.length >= short.length + 3 && long.startsWith(short);

/** "LN (City College Long Name)": whose it is may stand before the name. */
function fitsSomeEnding(acronym: string, text: string): boolean {
  const words = text.split(" ");
  return words.some((_word, index) => fitsInitials(acronym, words.slice(index).join(" ")));
}

/** The words of the folded form, in order. */
function nameWords(name: string): string[] {
  const words = plainText(name)
    .replace(/,\s*the$/, "")
    .split(/[^\p{L}\p{N}.]+/u)
    .map((word) => word.replace(/^\.+|\.+$|\.(?!\d)|(?<!\d)\./g, ""))
    .filter((word) => word !== "");
  if (words.length > 1 && /^(the|a|an)$/.test(words[0]!)) words.shift();
  return joinPrefixes(words).map((word, index, all) => foldWord(word, all[index - 1]));
}

function plainText(name: string): string {
  return (
    withoutUnseen(name)
      // Before NFKC, which makes letters of the trade mark's sign.
      .replace(/[\u2122\u00ae\u00a9\u2120]|\((?:tm|r|sm)\)/giu, "")
      .normalize("NFKC")
      .replace(/\b([A-Z]{2,})s\b/g, "$1")
      // Four letters lose their plural only where small letters show that it is a word: "Arcs", not "ARCS".
      .replace(/(?<![\p{L}\p{N}])(\p{L}\p{Ll}[^\P{Ll}siu])s(?!\p{L})/gu, "$1")
      .replace(/\b(?:\p{L}\.){2,}/gu, (letters) => `${letters.replaceAll(".", "")} `)
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(
        /[\u00df\u00e6\u0153\u00f8\u0142\u0111\u00f0\u00fe\u0131]/g,
        (letter) => spelledOut[letter]!,
      )
      .replace(/['\u2018\u2019\u02bc\u0060\u00b4]/gu, "")
      .replace(/&/g, " and ")
      .replace(/[\u2010-\u2015\u2212]/gu, "-")
      // "C-LAB", "e-learning", "K-12": a lone letter belongs to what follows it.
      .replace(/(?<![\p{L}\p{N}])(\p{L})-(?=[\p{L}\p{N}]{2})/gu, "$1")
  );
}

/** Letters that no mark can be taken from. */
const spelledOut: { [letter: string]: string } = {
  ...{ \u00df: "ss", \u00e6: "ae", \u0153: "oe", \u00f8: "o", \u0142: "l" },
  ...{ \u0111: "d", \u00f0: "d", \u00fe: "th", \u0131: "i" },
};

/** "non-degree", "non degree" and "nondegree" are one word. */
const prefixes = new Set(["non", "post", "micro", "multi", "inter", "pre"]);

function joinPrefixes(words: string[]): string[] {
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
export function foldPhraseWord(word: string): string {
  const known = phraseWords.get(word);
  if (known !== undefined) return known;
  const plain = plainText(word).replace(/[^\p{L}\p{N}]/gu, "");
  const folded = foldWord(plain, undefined);
  if (phraseWords.size >= phraseWordsMax) phraseWords.clear();
  phraseWords.set(word, folded);
  return folded;
}

const phraseWords = new Map<string, string>();
const phraseWordsMax = 50_000;

/** Only long words lose their plural: short ones are often acronyms or other words ("ARCS", "LENS"). */
function singular(word: string): string {
  if (word.length < 5 || !word.endsWith("s") || /(ss|us|is)$/.test(word)) return word;
  if (word.length > 5 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

/** "Data & Skills" gives D and S; "K-12" gives K; brackets are no part of the name. */
function initialWords(name: string): string[] {
  const words = plainText(name)
    .replace(/\([^)]*\)/g, " ")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  return words.length > 1 && words[0] === "the" ? words.slice(1) : words;
}

/** First letter first, the others anywhere later in the word and in order. */
function startsWithinWord(word: string, letters: string): boolean {
  if (word[0] !== letters[0]) return false;
  let at = 0;
  for (const letter of letters.slice(1)) {
    at = word.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
