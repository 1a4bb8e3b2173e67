import type { PartialDate, TypedDate } from "@waymark/domain";
import { type FoundDate, findDates } from "@waymark/normalize";
import type { Finding } from "../values/finding.ts";
import type { Act } from "./act.ts";

/** A date that stands outside the sentences it dates, with its proof: a line of a timeline, the day of a release. */
export type StandingDate = { date: PartialDate; proof: Finding };

/** A date that a page bears, as one that dates what it tells. */
export const standingDate = ({ date, quote, start, end }: TypedDate): StandingDate => ({
  date,
  proof: { field: "event", value: date, quote, start, end, method: "label", confidence: 0.8 },
});

/** When something happened, and whose date that is. */
export type EventDate = { on?: PartialDate; dated?: "told" | "announced"; proof?: Finding };

/**
 * The date of an act: the sentence's own where it is attached to the act, else that of the timeline's line,
 * else, for what is told as news, the day of the announcement. Otherwise there is none.
 */
export function dateOfAct(
  text: string,
  act: Act,
  { line, announced }: { line?: StandingDate | undefined; announced?: StandingDate | undefined },
): EventDate {
  const dates = findDates(text);
  const own =
    dates.find((date) => followsAct(text, act, date)) ??
    dates.findLast((date) => opensClause(text, act, date));
  if (own) return { on: own.date, dated: "told" };
  if (line) return { on: line.date, dated: "told", proof: line.proof };
  const on = announced && dateOfNews(text, act, announced.date);
  return on ? { on, dated: "announced", proof: announced.proof } : {};
}

const link =
  /(?:^|\s|\()(?:in|on|since|during|effective|as\s+of|at\s+the\s+end\s+of|by\s+the\s+end\s+of|by|from|for|with\s+the\s+end\s+of)\s+(?:(?:early|late|mid|the|of|end|beginning|start|spring|summer|fall|autumn|winter)[\s-]+)*$|^\s*[(,:]\s*$/i;
const otherClause =
  /[;\u2013\u2014]|\s(?:and|which|that|who|where|while|after|before|until|through)\s/i;

/** "launched with five colleges in 2019", but not "launched and merged in 2019". */
function followsAct(text: string, { to }: Act, { start }: FoundDate): boolean {
  if (start < to || start - to > 110) return false;
  const between = text.slice(to, start);
  // "launched in January and February" and "Work and Skills Board" hold an "and" that ends nothing.
  const plain = between.replace(/(?<![\p{L}\p{N}])\p{Lu}\S{0,40}\s+and\s+(?=\p{Lu})/gu, "");
  return (link.test(between) || /^\s*$/.test(between)) && !otherClause.test(plain);
}

/** "In 2019, the network launched", "…; in 2021 it merged", "COLUMBUS, Ohio, March 3, 2026 – The …". */
function opensClause(text: string, { from }: Act, { start, end }: FoundDate): boolean {
  if (end > from) return false;
  const head = text.slice(0, start);
  if (
    start < 70 &&
    /^\s*(?:\([^)]*\)\s*)?[-\u2013\u2014]/.test(text.slice(end)) &&
    !/\p{Ll}{3}\s\p{Ll}{3}/u.test(head)
  )
    return true;
  const clause = head.slice(
    Math.max(
      ...[...head.matchAll(/[;.]\s|,\s|\sand\s/g)].map((cut) => cut.index + cut[0].length),
      0,
    ),
  );
  return (
    /^\W*(?:(?:then|later|first|early|late|mid|back|and|but)[\s,]+)*(?:in|on|by|since|during|effective|as\s+of|at\s+the\s+end\s+of)?\s*(?:(?:early|late|mid|the|of|end|spring|summer|fall|autumn|winter)[\s-]+)*$/i.test(
      clause,
    ) && !/[;]/.test(text.slice(end, from))
  );
}

/** News without a date of its own is as old as its announcement, as precisely as it says so itself. */
function dateOfNews(text: string, { tense }: Act, day: PartialDate): PartialDate | undefined {
  if (/\b(?:today|tonight)\b/i.test(text)) return day;
  if (/\bthis\s+(?:week|month)\b|\bon\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b/i.test(text))
    return day.slice(0, 7);
  if (/\bthis\s+(?:year|spring|summer|fall|autumn|winter)\b/i.test(text)) return day.slice(0, 4);
  if (
    /\b(?:recently|yesterday|ago|last\s+(?:week|month|year|spring|summer|fall|autumn|winter))\b/i.test(
      text,
    )
  )
    return undefined;
  return tense === "perfect" || tense === "present" || tense === "state" ? day : undefined;
}
