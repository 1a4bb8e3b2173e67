import type { PartialDate } from "@waymark/domain";

/**
 * A date in a text, as precise as it is written. `start` and `end` when the words around it say that
 * something begins or ends then; both ends of "2018–2023" come as two dates.
 */
export type FoundDate = {
  date: PartialDate;
  start: number;
  end: number;
  quote: string;
  kind?: "start" | "end" | "range";
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
  const taken: [number, number][] = [];
  const add = (date: string | undefined, start: number, quote: string, kind?: "start" | "end") => {
    const end = start + quote.length;
    if (!date || taken.some(([from, to]) => start < to && end > from)) return;
    taken.push([start, end]);
    found.push({ date, start, end, quote, ...(kind && { kind }) });
  };
  for (const { pattern, read } of exactForms) {
    for (const match of text.matchAll(pattern)) add(read(match), match.index, match[0]);
  }
  addRanges(text, add);
  for (const match of text.matchAll(looseYear)) {
    const year = match[2]!;
    add(yearOf(year), match.index + match[0].length - year.length, year);
  }
  const alone = /^\W*((?:19|20)\d{2})\W*$/.exec(text);
  if (alone) add(yearOf(alone[1]!), text.indexOf(alone[1]!), alone[1]!);
  found.sort((a, b) => a.start - b.start);
  return markKinds(text, found);
}

const months: readonly string[] =
  "january february march april may june july august september october november december".split(
    " ",
  );
const month = String.raw`(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)`;
const year = String.raw`((?:19|20)\d{2})`;
const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const pattern = (source: string) => new RegExp(source, "giu");

type Form = { pattern: RegExp; read: (match: RegExpExecArray) => string | undefined };

/** Most exact first: what one form has taken, no later form reads again. */
const exactForms: readonly Form[] = [
  {
    pattern: pattern(
      String.raw`(?<![\d-])${year}-(\d{2})-(\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])`,
    ),
    read: ([, y, m, d]) => dayOf(y, Number(m), Number(d)),
  },
  {
    pattern: pattern(String.raw`\b(${month})\s+${day}(?:\s*[\u2013-]\s*\d{1,2})?,?\s+${year}\b`),
    read: ([, m, d, y]) => dayOf(y, monthOf(m), Number(d)),
  },
  {
    pattern: pattern(String.raw`\b${day}\s+(?:of\s+)?(${month}),?\s+${year}\b`),
    read: ([, d, m, y]) => dayOf(y, monthOf(m), Number(d)),
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2${year}(?![\d/-])`),
    read: ([, a, , b, y]) =>
      Number(a) > 12 ? dayOf(y, Number(b), Number(a)) : dayOf(y, Number(a), Number(b)),
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])${year}/(\d{1,2})/(\d{1,2})(?![\d/-])`),
    read: ([, y, m, d]) => dayOf(y, Number(m), Number(d)),
  },
  {
    pattern: pattern(String.raw`\b(${month})(?:,|\s+of)?\s+${year}\b`),
    read: ([, m, y]) => monthAndYear(y, monthOf(m)),
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])(0?[1-9]|1[0-2])/${year}(?![\d/-])`),
    read: ([, m, y]) => monthAndYear(y, Number(m)),
  },
  {
    pattern: pattern(
      String.raw`(?<![\d-])${year}-(0[1-9]|1[0-2])(?![\d-])(?!\s*(?:academic|school))`,
    ),
    // "2004-05" may be a school year; two digits that follow the year's own mean that.
    read: ([, y, m]) =>
      Number(m) === (Number(y) + 1) % 100 ? undefined : monthAndYear(y, Number(m)),
  },
  {
    pattern: pattern(
      String.raw`\b(?:spring|summer|autumn|fall|winter|q[1-4]|(?:first|second|third|fourth) quarter(?: of)?|early|mid|late|end of|fiscal year|fy)[\s-]*${year}(?!\s*[\u2013-]\s*\d)\b`,
    ),
    read: ([, y]) => yearOf(y),
  },
  {
    pattern: pattern(String.raw`\bFY\s?'?(\d{2})\b`),
    read: ([, y]) => yearOf(`20${y}`),
  },
];

type Add = (date: string | undefined, start: number, quote: string, kind?: "start" | "end") => void;

/** "2018–2023", "2018-23", "from 2018 to 2023": the first year begins, the second ends. */
function addRanges(text: string, add: Add): void {
  for (const match of text.matchAll(yearRange)) {
    const [quote, first, second] = match;
    const last = second!.length === 2 ? `${first!.slice(0, 2)}${second}` : second!;
    if (Number(last) < Number(first) || Number(last) - Number(first) > 60) continue;
    add(yearOf(first), match.index, first!, "start");
    add(yearOf(last), match.index + quote.length - second!.length, second!, "end");
  }
}

const yearRange =
  /(?<![\d./-])((?:19|20)\d{2})\s*(?:[\u2013\u2014-]|to|through|until|till)\s*((?:19|20)\d{2}|\d{2})(?![\d/-])(?!-)/gi;

/** A year needs a word before it that places it in time; "over 2000 learners" does not. */
const looseYear =
  /\b(in|since|by|from|until|till|through|thru|during|of|early|late|mid|before|after|year|class of|established|founded|launched|started|began|begun|est\.?|ended|created|formed|copyright|\u00a9)[\s:,-]+((?:19|20)\d{2})(?![\d,.]\d)(?!\s+(?:learners|students|people|participants|employers|schools|jobs|workers|colleges|organizations|members|hours|dollars|[a-z]+ers\b))\b/gi;

const startCue =
  /(?:\bsince|\bbeg[aiu]n(?:ning)?(?: in| on)?|\bstart(?:s|ed|ing)?(?: in| on| date)?|\bfrom|\blaunch(?:es|ed|ing)?(?: in| on)?|\bestablished(?: in)?|\bfounded(?: in)?|\bcreated(?: in)?|\bformed(?: in)?|\bas of)[\s:]*(?:the |early |late |mid-?)?$/i;
const endCue =
  /(?:\bthrough|\bthru|\buntil|\btill|\bend(?:s|ed|ing)?(?: in| on| date)?|\bconclud(?:es|ed|ing)(?: in| on)?|\bexpir(?:es|ed|ing)(?: in| on)?|\bclos(?:es|ed|ing)(?: in| on)?|\bsunset(?:s|ted)?(?: in| on)?|\bcomplet(?:es|ed)(?: in| on)?)[\s:]*(?:the |early |late |mid-?)?$/i;

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

const monthOf = (name = ""): number =>
  months.findIndex((full) => full.startsWith(name.toLowerCase().replace(/\.$/, "").slice(0, 3))) +
  1;

function yearOf(year: string | undefined): string | undefined {
  const number = Number(year);
  return number >= 1900 && number <= 2099 ? year : undefined;
}

function monthAndYear(year: string | undefined, month: number): string | undefined {
  if (!yearOf(year) || month < 1 || month > 12) return undefined;
  return `${year}-${String(month).padStart(2, "0")}`;
}

function dayOf(year: string | undefined, month: number, day: number): string | undefined {
  const prefix = monthAndYear(year, month);
  if (!prefix || day < 1) return undefined;
  const last = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  return day <= last ? `${prefix}-${String(day).padStart(2, "0")}` : undefined;
}
