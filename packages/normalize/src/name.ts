import { firstLetters, fitsInitials, looksLikeAcronym } from "./acronym.ts";
import { foldName, nameWords } from "./fold-name.ts";
import { fieldWords, genericWords, smallWords } from "./name-words.ts";
import { remember } from "./remember.ts";
import { cleanText } from "./text.ts";

/**
 * The folded name without the words that only say what kind of thing it is ("… initiative", "… project"),
 * as long as something distinctive remains: "State Network" keeps both its words.
 */
export function nameKey(name: string): string {
  const words = foldName(splitName(name).name).split(" ");
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
export const splitName = remember((name: string): Readonly<SplitName> => {
  const aliases: string[] = [];
  let rest = cleanText(name);
  if (rest !== "" && !joint.test(rest)) return { name: rest, aliases };
  rest = rest.replace(otherName, (_all, ...[bracketed, former, also]: (string | undefined)[]) => {
    const alias = (bracketed ?? former ?? also ?? "").replace(/^the /i, "").trim();
    if (alias) aliases.push(alias);
    return "";
  });
  rest = rest.replace(orQuoted, (_all, alias: string) => {
    aliases.push(alias);
    return "";
  });
  rest = rest.replace(toldTwice, (_all, bracketed, _letters, between) => ` ${bracketed}${between}`);
  const { name: plain, acronym, alias } = splitAcronym(rest.trim() || name.trim());
  if (alias) aliases.push(alias.replace(/^["“”']+|["“”']+$/gu, ""));
  return acronym ? { name: plain, acronym, aliases } : { name: plain, aliases };
});

/** What stands between two names in one line, or before the other one; most lines hold one name. */
const joint =
  /[([,;:|"\u201c\u2013\u2014-]|(?:a[./]?k|d[./]?b|f[./]?k)[./]?a|also known as|doing business as/iu;

function isDistinctive(words: string[]): boolean {
  if (words.length >= 3) return true;
  return words.some(
    (word) =>
      word.length >= 3 && !fieldWords.has(word) && !smallWords.has(word) && !genericWords.has(word),
  );
}

const otherName =
  /\s*(?:\(\s*(?:(?:formerly|previously|once|originally|also|now)(?: known as| called)?|a[./]?k[./]?a\.?|d[./]?b[./]?a\.?|f[./]?k[./]?a\.?)\s*:?\s+([^()]+)\)|(?:,|;| [-\u2013\u2014])\s*(?:formerly|previously|originally)(?: known as| called)?\s+(.+)$|(?:,|;| [-\u2013\u2014])?\s*(?:a[./]?k[./]?a\.?|also known as|d[./]?b[./]?a\.?|doing business as|f[./]?k[./]?a\.?)\s+(.+)$)/iu;

/** `"Long Name" initiative, or "LN" program`: a sentence gives both its names. */
const orQuoted = /,? or ["\u201c]([^"\u201c\u201d]{2,80})["\u201d](?: \p{Ll}+)?$/u;

/** "Long Name (LN) Initiative (LN)": a list added the acronym that the name tells already. */
const toldTwice = /\s*(\(([^()]+)\))(.*?)\s*\(\2\)/u;

function splitAcronym(name: string): { name: string; acronym?: string; alias?: string } {
  const bracket = /^(.*?)\s*[([]\s*([^()[\]]+?)\s*[)\]]\s*(.*)$/u.exec(name);
  if (bracket) {
    const [, before = "", quoted = "", after = ""] = bracket;
    const inside = withoutRemark(
      quoted.replace(/^["\u201c\u2018']+|(?<!["\u201d\u2019'])["\u201d\u2019']+$/gu, ""),
    );
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
    const explained = before.split(" ").find((word) => explains(inside, word));
    if (explained) return { name: outside, acronym: explained, alias: inside };
    if (before !== "" && isRemark(inside)) return { name: outside };
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

/** "(LNF, or the Fund)" and "(LNF or Fund)" give the acronym first. */
function withoutRemark(inside: string): string {
  const [first = "", ...others] = inside.split(/,? or (?:just |simply )?/);
  return others.length === 1 && looksLikeAcronym(first) ? first : inside;
}

/** "MAP Works (Making All Paths)", "C3 Network (College, Career, Community)": the bracket says what letters in the name stand for. */
const explains = (inside: string, word: string): boolean =>
  looksLikeAcronym(word) && inside.includes(" ") && fitsInitials(word, inside);

/**
 * "(the Fund)", "(12 partner sites)", "(pdf)": said of the name and no part of it. What else is written small in a
 * bracket, as "(rural)", may tell one effort from another.
 */
const isRemark = (inside: string): boolean =>
  /^(?:(?:or )?the \p{Lu}?\p{Ll}+|\d+ \p{Ll}[\p{Ll} ]*|apps?|draft|new|pdf|video|web ?site)$/u.test(
    inside,
  ) && !/^(?:19|20)\d\d\b/.test(inside);

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

/** What a name that is a site's address calls the site: "LadderWorks" of "LadderWorks.org". */
export const domainLabel = (name: string): string | undefined =>
  /^(?:www\.)?([\p{L}\p{N}-]{4,})\.(?:org|com|net|edu|gov|us|info)$/iu.exec(name)?.[1];

/** "cert" for "certification". */
export const shortens = (short: string, long: string): boolean =>
  short.length >= 4 && long.length >= short.length + 3 && long.startsWith(short);

/** "LN (City College Long Name)": whose it is may stand before the name. */
function fitsSomeEnding(acronym: string, text: string): boolean {
  const words = text.split(" ");
  return words.some((_word, index) => fitsInitials(acronym, words.slice(index).join(" ")));
}

/** In a bracket, "CoLAB" is an acronym and "YouthRise" another name. */
const isMostlyCapitals = (text: string): boolean =>
  (text.match(/[a-z]/g)?.length ?? 0) <= (text.match(/[A-Z0-9]/g)?.length ?? 0);
