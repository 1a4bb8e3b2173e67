import type { Parameter } from "./trap-rule.ts";

/** A month or a year as an address names it, or one day of it. */
export type Day = { year: number; month: number | undefined; hasDay: boolean };

/** A day, month or year as addresses write them: `2026-05-01`, `2026/5`, `202605`, `05-2026`, `may-2026`. */
export function dayOf(written: string): Day | undefined {
  const text = written.toLowerCase().replace(/[t ]\d\d:.*$/, "");
  const parts =
    /^(?<year>(?:19|20)\d\d)(?:[-/](?<month>\d{1,2}|[a-z]{3,9}))?(?:[-/](?<day>\d{1,2}))?$/.exec(
      text,
    ) ??
    /^(?<year>(?:19|20)\d\d)(?<month>\d\d)(?<day>\d\d)?$/.exec(text) ??
    /^(?<month>\d{1,2}|[a-z]{3,9})[-/ ](?:(?<day>\d{1,2})[-/ ])?(?<year>(?:19|20)\d\d)$/.exec(text);
  if (!parts?.groups) return undefined;
  const { year, month, day } = parts.groups;
  const number = month === undefined ? undefined : monthOf(month);
  if (month !== undefined && number === undefined) return undefined;
  return { year: Number(year), month: number, hasDay: day !== undefined };
}

/** `?month=5&year=2026`, in two parameters. */
export function dayOfPair(dated: Parameter[], name: string, value: string): Day | undefined {
  const year = dated.find((one) => /^(year|yr|calyear)$/i.test(one.name))?.value;
  if (!/^(month|mo|calmonth)$/i.test(name) || !year || !/^\d{4}$/.test(year)) return undefined;
  const month = monthOf(value.toLowerCase());
  const hasDay = dated.some((one) => /^day$/i.test(one.name));
  return month === undefined ? undefined : { year: Number(year), month, hasDay };
}

function monthOf(written: string): number | undefined {
  const month = /^\d+$/.test(written)
    ? Number(written)
    : monthNames.findIndex((name) => name.test(written)) + 1;
  return month >= 1 && month <= 12 ? month : undefined;
}

const monthNames = [
  /^jan(uary)?$/,
  /^feb(ruary)?$/,
  /^mar(ch)?$/,
  /^apr(il)?$/,
  /^may$/,
  /^june?$/,
  /^july?$/,
  /^aug(ust)?$/,
  /^sept?(ember)?$/,
  /^oct(ober)?$/,
  /^nov(ember)?$/,
  /^dec(ember)?$/,
];
