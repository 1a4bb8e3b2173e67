import { lastDayOf, type PartialDate } from "@waymark/domain";

/** How long something lasts, in months, as a text says. */
export type FoundDuration = { months: number; start: number; end: number; quote: string };

/** Times that something lasts: "a three-year grant", "18 months", "over five years". Ages and dates are none. */
export function findDurations(text: string): FoundDuration[] {
  return [...text.slice(0, 10_000).matchAll(duration)].flatMap((match) => {
    const [quote, written = "", unit = ""] = match;
    const count = numerals[written.toLowerCase()] ?? Number(written);
    const months = /^y/i.test(unit) ? count * 12 : count;
    if (!Number.isInteger(months) || months < 1 || months > 600) return [];
    return [{ months, start: match.index, end: match.index + quote.length, quote }];
  });
}

/**
 * The end of what begins then and lasts that long, as far as both tell it. Three years from 2021-06-15 end on
 * 2024-06-14; from June 2021 they end in May or June 2024, which is 2024; from 2021, in 2023 or 2024: undefined.
 */
export function endAfter(start: PartialDate, months: number): PartialDate | undefined {
  const earliest = dayBefore(start.length === 10 ? start : `${start}-01-01`.slice(0, 10), months);
  const latest = dayBefore(lastDayOf(start), months);
  return [10, 7, 4]
    .map((length) => [earliest.slice(0, length), latest.slice(0, length)] as const)
    .find(([one, other]) => one === other)?.[0];
}

/** The day before the one that comes so many months after another. */
function dayBefore(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  // The 31st is followed by the last day of a shorter month.
  const lastDay = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastDay) - 1))
    .toISOString()
    .slice(0, 10);
}

const numerals: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, fifteen: 15, eighteen: 18, twenty: 20, thirty: 30 },
  ...{ "twenty-four": 24, "thirty-six": 36 },
};

const duration = new RegExp(
  String.raw`(?<![\p{L}\p{N}$.,/-])(${Object.keys(numerals)
    .sort((a, b) => b.length - a.length)
    .join(
      "|",
    )}|\d{1,3})[\s-]+(years?|months?)(?![\p{L}\p{N}])(?![\s-]olds?\b|\s+(?:ago|of age|later|earlier)\b)`,
  "giu",
);
