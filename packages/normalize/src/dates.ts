import type { PartialDate } from "@waymark/domain";
import {
  type DateForm,
  dateForms,
  dayOf,
  month,
  monthAndYear,
  monthOf,
  monthSigns,
  type Period,
  periodForms,
  periodWord,
  year,
  yearOf,
} from "./date-forms.ts";
import { matchesOf } from "./matches.ts";

/**
 * A date in a text, as precise as it is written. `start` and `end` when the words around it say that
 * something begins or ends then; both ends of "2018–2023" come as two dates.
 */
export type FoundDate = {
  date: PartialDate;
  start: number;
  end: number;
  quote: string;
  kind?: "start" | "end";
  /** What was named, where it is not the year itself: "FY 2024" may begin in 2023. */
  period?: Period;
};

/**
 * Dates in a text, in order. Numbers alone are years only where words or the whole text say so. Nothing
 * is invented: "Fall 2023" and "FY 2024" are known to the year. Month comes first in 05/31/2026 unless
 * it cannot be a month. Written without a date library, which would need to know today.
 */
export function findDates(whole: string): FoundDate[] {
  if (!/\d{2}/.test(whole)) return [];
  // No sentence is this long; what is, is a listing of numbers or an attack.
  const text = whole.slice(0, 10_000);
  const found: FoundDate[] = [];
  const add: Add = (date, start, quote, told = {}) => {
    const end = start + quote.length;
    if (date && !found.some((one) => start < one.end && end > one.start))
      found.push({ date, start, end, quote, ...told });
  };
  // Most forms hold a whole year; numbers without one are many and mostly no dates.
  const hasYear = /(?:19|20)\d{2}/.test(text);
  const has = { name: monthSigns.name.test(text), number: monthSigns.number.test(text) };
  for (const form of dateForms)
    if ((hasYear || form.isShort) && has[form.month]) addForm(text, form, add);
  if (periodWord.test(text)) {
    for (const form of periodForms) if (hasYear || form.isShort) addForm(text, form, add);
  }
  if (hasYear) addYearRanges(text, add);
  addFiscalRanges(text, add);
  if (hasYear) {
    addOpenRanges(text, add);
    if (has.name) addSharedYears(text, add);
    addYears(text, add);
  }
  found.sort((a, b) => a.start - b.start);
  return markKinds(text, found);
}

type Add = (
  date: string | undefined,
  start: number,
  quote: string,
  told?: Pick<FoundDate, "kind" | "period">,
) => void;

function addForm(text: string, { pattern, read, period }: DateForm, add: Add): void {
  for (const match of matchesOf(text, pattern))
    add(read(match), match.index, match[0], period && { period });
}

/** "2018–2023", "2018-23", "from 2018 to 2023": the first year begins, the second ends. */
function addYearRanges(text: string, add: Add): void {
  for (const match of matchesOf(text, yearRange)) {
    const [quote, first, second] = match;
    const last = second!.length === 2 ? `${first!.slice(0, 2)}${second}` : second!;
    if (Number(last) < Number(first) || Number(last) - Number(first) > 60) continue;
    const period = periodAround(text, match.index, match.index + quote.length);
    add(yearOf(first), match.index, first!, { kind: "start", ...period });
    const at = match.index + quote.length - second!.length;
    add(yearOf(last), at, second!, { kind: "end", ...period });
  }
}

/** "FY23–25". */
function addFiscalRanges(text: string, add: Add): void {
  for (const match of matchesOf(text, fiscalRange)) {
    const [quote, first, second] = match;
    if (Number(second) <= Number(first)) continue;
    const period = "fiscal-year" as const;
    const at = match.index + quote.length - second!.length;
    add(yearOf(`20${first}`), match.index, quote.slice(0, quote.indexOf(first!) + 2), {
      ...{ kind: "start", period },
    });
    add(yearOf(`20${second}`), at, second!, { kind: "end", period });
  }
}

/** "2021–present" begins alone. */
function addOpenRanges(text: string, add: Add): void {
  for (const match of matchesOf(text, openRange))
    add(yearOf(match[1]), match.index, match[1]!, { kind: "start" });
}

/** In "March 28 – April 2, 2024" the year is told once for both. */
function addSharedYears(text: string, add: Add): void {
  for (const match of matchesOf(text, sharedYear)) {
    const [, name, day, told] = match;
    const date = day ? dayOf(told, monthOf(name), Number(day)) : monthAndYear(told, monthOf(name));
    add(date, match.index, match[0].trimEnd(), { kind: "start" });
  }
}

/** Years that a word places in time, and one that stands alone. */
function addYears(text: string, add: Add): void {
  for (const match of matchesOf(text, looseYear)) {
    const told = match[2]!;
    add(yearOf(told), match.index + match[0].length - told.length, told);
  }
  const alone = /^\W*((?:19|20)\d{2})\W*$/.exec(text);
  if (alone) add(yearOf(alone[1]!), text.indexOf(alone[1]!), alone[1]!);
}

const yearRange =
  /(?<![\d./-])((?:19|20)\d{2})\s*(?:[\u2013\u2014/-]|to|through|until|till)\s*((?:19|20)\d{2}|\d{2})(?![\d/-])(?!-)/gi;
const fiscalRange =
  /\bFY\s?['\u2019]?(\d{2})\s?(?:[\u2013\u2014-]|to|through)\s?(?:FY\s?)?['\u2019]?(\d{2})(?![\d-])/gi;
const openRange =
  /(?<![\d./-])((?:19|20)\d{2})(?=\s*(?:[\u2013\u2014-]|to)\s*(?:the\s+)?(?:present|date|now|today|ongoing|current)\b|\s+(?:and\s+)?onwards?\b)/gi;
const sharedYear = new RegExp(
  String.raw`\b(${month})(?:\s+(\d{1,2}))?(?=\s*(?:[\u2013\u2014-]|to|through)\s*${month}(?:\s+\d{1,2})?,?\s+${year}\b)`,
  "giu",
);

/** "FY 2023–24", "the 2023-24 school year", "winter 2023–24": what two years together name. */
function periodAround(text: string, start: number, end: number): Pick<FoundDate, "period"> {
  const before = text.slice(Math.max(0, start - 16), start);
  const after = text.slice(end, end + 16);
  if (/(?:\bFY|fiscal years?)\s*$/i.test(before) || /^\s+fiscal year/i.test(after))
    return { period: "fiscal-year" };
  const isSchoolYear =
    /(?:\b[AS]Y|(?:academic|school) years?)\s*$/i.test(before) ||
    /^\s+(?:academic|school)\b/i.test(after);
  if (isSchoolYear) return { period: "academic-year" };
  return /\bwinter\s*$/i.test(before) ? { period: "season" } : {};
}

/** A year needs a word before it that places it in time; "over 2000 learners" does not. */
const looseYear =
  /\b(in|since|by|from|until|till|through|thru|during|of|early|late|mid|before|after|year|class of|established|est|founded|launched|started|began|begun|est\.?|ended|created|formed|copyright|\u00a9)[\s:,-]+((?:19|20)\d{2})(?![\d,.]\d)(?!\s+(?:learners|students|people|participants|employers|schools|jobs|workers|colleges|organizations|members|hours|dollars|[a-z]+ers\b))\b/gi;

const startCue =
  /(?:\bsince|\bbeg[aiu]n(?:ning)?(?: in| on)?|\bstart(?:s|ed|ing)?(?: in| on| date)?|\bfrom|\blaunch(?:es|ed|ing)?(?: in| on)?|\bestablished(?: in)?|\bfounded(?: in)?|\bcreated(?: in)?|\bformed(?: in)?|\bopen(?:s|ed|ing)?(?: in| on)|\binaugurated(?: in| on)?|\bintroduced(?: in| on)?|\bbegun(?: in| on)?|\best\.?)[\s:]*(?:the |early |late |mid-?)?$/i;
const endCue =
  /(?:\bthrough|\bthru|\buntil|\btill|\bend(?:s|ed|ing)?(?: in| on| at| date)?|\bconclud(?:es|ed|ing)(?: in| on)?|\bexpir(?:es|ed|ing)(?: in| on)?|\bclos(?:es|ed|ing)(?: in| on)?|\bsunset(?:s|ted)?(?: in| on| at)?|\bcomplet(?:es|ed)(?: in| on)?)[\s:]*(?:the |early |late |mid-?)?$/i;

function markKinds(text: string, found: FoundDate[]): FoundDate[] {
  const marked = found.map((date) => {
    if (date.kind) return date;
    const before = text.slice(Math.max(0, date.start - 40), date.start);
    if (endCue.test(before)) return { ...date, kind: "end" as const };
    return startCue.test(before) ? { ...date, kind: "start" as const } : date;
  });
  for (const [index, last] of marked.entries()) {
    const first = marked[index - 1];
    if (!first || first.date > last.date || first.kind === "end") continue;
    const between = text.slice(first.end, last.start);
    const isPair = /\bbetween\s+$/i.test(text.slice(0, first.start)) && /^\s+and\s+$/.test(between);
    if (!isPair && !rangeLink.test(between)) continue;
    marked[index - 1] = { ...first, kind: "start" };
    marked[index] = { ...last, kind: "end" };
  }
  return marked;
}

/** What stands between the two ends of a time. */
const rangeLink = /^,?\s*(?:[\u2013\u2014-]|to|through|thru|until|till)\s*(?:the\s+end\s+of\s+)?$/i;
