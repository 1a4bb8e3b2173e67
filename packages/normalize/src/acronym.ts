import { joinPrefixes, plainText } from "./fold-name.ts";
import { genericWords, smallWords } from "./name-words.ts";

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

/** The first letters of words, in capitals. */
export const firstLetters = (words: string[]): string =>
  words.map((word) => word[0]!.toUpperCase()).join("");

/**
 * Whether an acronym can stand for a name: its letters begin the name's words in order. Small and generic
 * words may be left out, one other word too; a last word may give more letters ("Exchange" → `EX`).
 */
export const fitsInitials = (acronym: string, name: string): boolean =>
  spells(acronym, initialWords(name), 1) ||
  spells(acronym, joinPrefixes(initialWords(name)), 1) ||
  counts(acronym, name);

/** "C3" for "College, Career, Community": a letter and how many parts of a list begin with it. */
function counts(acronym: string, list: string): boolean {
  const [, letter, number] = /^([A-Z])([2-9])$/.exec(acronym) ?? [];
  if (!letter) return false;
  const parts = list.split(/[,;&]| and /).flatMap((part) => initialWords(part)[0] ?? []);
  return parts.length === Number(number) && parts.every((word) => word[0] === letter.toLowerCase());
}

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

/** An acronym as comparisons see it: capitals and digits alone, without the plural's small s. */
export const foldAcronym = (acronym: string): string =>
  acronym
    .normalize("NFKC")
    .replace(/(?<=[A-Z]{2})s$/, "")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");

/** "Data & Skills" gives D and S; "K-12" gives K; brackets are no part of the name. */
function initialWords(name: string): string[] {
  const words = plainText(name)
    .replace(/\([^)]{0,200}\)/g, " ")
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
