import type { ToldGrant } from "@waymark/domain";
import { findDates } from "@waymark/normalize";
import { namePhrase } from "../names/name-phrase.ts";

type Terms = Pick<ToldGrant, "start" | "end" | "months" | "program" | "purpose">;

const words =
  "one two three four five six seven eight nine ten twelve eighteen twenty-four thirty-six".split(
    " ",
  );
const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 18, 24, 36];
const counted = `(\\d{1,3}|${words.join("|")})`;
const lasting = new RegExp(
  String.raw`\b${counted}-(year|month)\b|\b(?:over|for|across|during|spanning)\s+(?:the\s+next\s+)?${counted}\s+(years?|months?)\b|^\s*${counted}\s+(years?|months?)\s*$`,
  "i",
);

/** What a text says of a grant besides who and how much: for how long, under which program, for what. */
export function grantTerms(text: string, purposeFrom = 0): Terms {
  const dates = findDates(text);
  const first = dates.find(({ kind }) => kind === "start");
  const last = dates.find(({ kind, date }) => kind === "end" && (!first || date >= first.date));
  const months = monthsIn(text);
  const program = programIn(text);
  const purpose = purposeIn(text.slice(purposeFrom));
  return {
    ...(first && last && { start: first.date }),
    ...(last && { end: last.date }),
    ...(months && { months }),
    ...(program && { program }),
    ...(purpose && { purpose }),
  };
}

/** "three-year grant", "over 18 months" → months. */
export function monthsIn(text: string): number | undefined {
  const found = lasting.exec(text);
  if (!found) return undefined;
  const [, a, unitA, b, unitB, c, unitC] = found;
  const written = (a ?? b ?? c)!.toLowerCase();
  const number = /^\d/.test(written) ? Number(written) : values[words.indexOf(written)]!;
  const months = /^year/i.test((unitA ?? unitB ?? unitC)!) ? number * 12 : number;
  return months > 0 && months <= 240 ? months : undefined;
}

function programIn(text: string): string | undefined {
  const cue = /\b(?:through|under|as\s+part\s+of|from)\s+(?:its|the|their)\s+(?=\p{Lu})/gu;
  for (const match of text.matchAll(cue)) {
    const name = namePhrase(text.slice(match.index + match[0].length));
    if (name && /\b(?:Program|Fund|Initiative|Grants?|Challenge|Accelerator|Act)\b/.test(name))
      return name;
  }
  return undefined;
}

/** "… to train dock workers in Ohio." → "train dock workers in Ohio"; a name behind "to" is who gets it. */
function purposeIn(text: string): string | undefined {
  const found =
    /(?:^|(?<!\b(?:attention|and|or|from|due|according|thanks|up)\s*)\s)(?:to\s+((?!(?:the|a|an|its|our|each|help\s+the)\s)\p{Ll}[^.;]{8,240}?)|for\s+((?:the\s+)?\p{Ll}+ing\s[^.;]{8,240}?))(?=\.(?:\s|$)|;|$|,\s+(?:which|with|who|while|and\s+will))/u.exec(
      text,
    );
  return (found?.[1] ?? found?.[2])?.trim();
}
