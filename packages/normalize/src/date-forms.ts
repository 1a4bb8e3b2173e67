/** Periods that are named for a year without being it: which months they are differs by state, school and author. */
export type Period = "season" | "quarter" | "fiscal-year" | "academic-year";

const months: readonly string[] =
  "january february march april may june july august september october november december".split(
    " ",
  );
/** A month by name, as the source of a pattern. */
export const month = String.raw`(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)`;
/** A year of four digits, captured, as the source of a pattern. */
export const year = String.raw`((?:19|20)\d{2})`;
const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
/** A year that another follows is the beginning of a range. */
const noRange = String.raw`(?!\s*[\u2013/-]\s*\d)\b`;
const pattern = (source: string) => new RegExp(source, "giu");

/** A way to write a date: where it stands, and the date it tells. */
export type DateForm = {
  pattern: RegExp;
  read: (match: RegExpExecArray) => string | undefined;
  /** Tells the year by two digits. */
  isShort?: true;
  /** When only a period is named, the date is its year: it may begin in the year before. */
  period?: Period;
};

/** How a form tells the month: by its name, or by a number beside another. */
type MonthForm = DateForm & { month: "name" | "number" };

/** Most exact first: what one form has taken, no later form reads again. */
export const dateForms: readonly MonthForm[] = [
  {
    pattern: pattern(
      String.raw`(?<![\d-])${year}-(\d{2})-(\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])`,
    ),
    read: ([, y, m, d]) => dayOf(y, Number(m), Number(d)),
    month: "number",
  },
  {
    pattern: pattern(String.raw`\b(${month})\s+${day}(?:\s*[\u2013-]\s*\d{1,2})?,?\s+${year}\b`),
    read: ([, m, d, y]) => dayOf(y, monthOf(m), Number(d)),
    month: "name",
  },
  {
    pattern: pattern(String.raw`\b${day}\s+(?:of\s+)?(${month}),?\s+${year}\b`),
    read: ([, d, m, y]) => dayOf(y, monthOf(m), Number(d)),
    month: "name",
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2${year}(?![\d/-])`),
    read: ([, a, , b, y]) =>
      Number(a) > 12 ? dayOf(y, Number(b), Number(a)) : dayOf(y, Number(a), Number(b)),
    month: "number",
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])${year}/(\d{1,2})/(\d{1,2})(?![\d/-])`),
    read: ([, y, m, d]) => dayOf(y, Number(m), Number(d)),
    month: "number",
  },
  {
    pattern: pattern(String.raw`\b(${month})(?:,|\s+of)?\s+${year}\b`),
    read: ([, m, y]) => monthAndYear(y, monthOf(m)),
    month: "name",
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])(0?[1-9]|1[0-2])/${year}(?![\d/-])`),
    read: ([, m, y]) => monthAndYear(y, Number(m)),
    month: "number",
  },
  {
    pattern: pattern(
      String.raw`(?<![\d-])${year}-(0[1-9]|1[0-2])(?![\d-])(?!\s*(?:academic|school))`,
    ),
    // "2004-05" may be a school year; two digits that follow the year's own mean that.
    read: ([, y, m]) =>
      Number(m) === (Number(y) + 1) % 100 ? undefined : monthAndYear(y, Number(m)),
    month: "number",
  },
  {
    // "5/9/24" is a date only where a word says so or nothing else is told.
    pattern: pattern(
      String.raw`(?=\d{1,2}/)(?<=^\W*|\b(?:updated|posted|published|modified|reviewed|dated?|on)[\s:]+)(\d{1,2})/(\d{1,2})/(\d{2})(?![\d/-])`,
    ),
    read: ([, m, d, y]) => dayOf(`20${y}`, Number(m), Number(d)),
    month: "number",
    isShort: true,
  },
];

/** What a text holds that tells a month. */
export const monthSigns = {
  name: new RegExp(String.raw`\b${month}\b`, "iu"),
  number: /\d[/.-]\d/,
} as const;

/** Words without which no period is named. */
export const periodWord =
  /spring|summer|autumn|fall|winter|quarter|half|year|fy|[qh][1-4]|[1-4]q|early|mid|late|end of/i;

/**
 * Periods named for a year. None claims a month: "Fall 2023" is 2023, and so are "Q3 2023" and "FY 2023", which
 * begin in other months from one place to the next, some in the year before.
 */
export const periodForms: readonly DateForm[] = [
  {
    pattern: pattern(
      String.raw`\b(?:spring|summer|autumn|fall|winter)(?:\s+(?:semester|term|quarter))?(?:\s+of|,)?[\s-]*${year}${noRange}`,
    ),
    read: ([, y]) => yearOf(y),
    period: "season",
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])${year}\s+(?:spring|summer|autumn|fall|winter)\b`),
    read: ([, y]) => yearOf(y),
    period: "season",
  },
  {
    pattern: pattern(
      String.raw`\b(?:q[1-4]|[1-4]q|h[12]|(?:first|second|third|fourth|last) (?:quarter|half))(?:\s+of)?[\s,-]*(?:fy|fiscal year|calendar year)?\s*${year}${noRange}`,
    ),
    read: ([, y]) => yearOf(y),
    period: "quarter",
  },
  {
    pattern: pattern(String.raw`(?<![\d/.-])${year}[\s-]+(?:q[1-4]|h[12])\b`),
    read: ([, y]) => yearOf(y),
    period: "quarter",
  },
  {
    pattern: pattern(String.raw`\b(?:fiscal year|fy)[\s-]*${year}${noRange}`),
    read: ([, y]) => yearOf(y),
    period: "fiscal-year",
  },
  {
    pattern: pattern(String.raw`\bfy[\s-]?['\u2019]?(\d{2})(?![\d-])(?!\s?[\u2013/]\s?\d)`),
    read: ([, y]) => yearOf(`20${y}`),
    period: "fiscal-year",
    isShort: true,
  },
  {
    pattern: pattern(String.raw`\b(?:academic|school|program) year\s+${year}${noRange}`),
    read: ([, y]) => yearOf(y),
    period: "academic-year",
  },
  {
    pattern: pattern(String.raw`\b(?:early|mid|late|end of)[\s-]*${year}${noRange}`),
    read: ([, y]) => yearOf(y),
  },
];

/** The number of a month by its name or the first letters of it. */
export const monthOf = (name = ""): number =>
  months.findIndex((full) => full.startsWith(name.toLowerCase().replace(/\.$/, "").slice(0, 3))) +
  1;

/** A year of our time, or undefined. */
export function yearOf(year: string | undefined): string | undefined {
  const number = Number(year);
  return number >= 1900 && number <= 2099 ? year : undefined;
}

/** `2026-03`, or undefined when there is no such month. */
export function monthAndYear(year: string | undefined, month: number): string | undefined {
  if (!yearOf(year) || month < 1 || month > 12) return undefined;
  return `${year}-${String(month).padStart(2, "0")}`;
}

/** `2026-03-01`, or undefined when there is no such day. */
export function dayOf(year: string | undefined, month: number, day: number): string | undefined {
  const prefix = monthAndYear(year, month);
  if (!prefix || day < 1) return undefined;
  const last = new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  return day <= last ? `${prefix}-${String(day).padStart(2, "0")}` : undefined;
}
