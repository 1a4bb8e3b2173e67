import type { Evidence, EvidenceMethod } from "@waymark/domain";
import { type MappedText, sourceRange } from "../page/quote.ts";
import { isSpace } from "../page/white-space.ts";

/** A value found on a page with its proof; several findings of one field compete or add up. */
export type Finding = Evidence;

/** A stretch of a mapped text: what a finding quotes. */
export type Stretch = { of: MappedText; from: number; to: number };

/** The whole of a text as a stretch. */
export const whole = (of: MappedText): Stretch => ({ of, from: 0, to: of.text.length });

/** The words of a stretch. */
export const wordsOf = ({ of, from, to }: Stretch): string => of.text.slice(from, to);

/** A part of a stretch, counted from its own beginning, without white space at its ends. */
export function within(stretch: Stretch, from: number, to: number): Stretch {
  let start = stretch.from + from;
  let end = stretch.from + to;
  const { text } = stretch.of;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return { of: stretch.of, from: start, to: end };
}

/** A stretch as the proof of a value. */
export function proves(
  field: Evidence["field"],
  value: string,
  stretch: Stretch,
  method: EvidenceMethod,
  confidence: number,
): Finding {
  const { start, end } = sourceRange(stretch.of, stretch.from, stretch.to);
  return { field, value, quote: wordsOf(stretch), start, end, method, confidence };
}
