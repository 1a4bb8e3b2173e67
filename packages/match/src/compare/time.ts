import { datesAgree } from "@waymark/domain";
import type { Finding, Pair } from "../finding.ts";
import { weights } from "../weights.ts";

/** When it began, and when it ends; pages disagree by a year about the former, and extend the latter. */
export function compareTimes({ a, b }: Pair): Finding[] {
  const findings: Finding[] = [];
  if (a.start && b.start) {
    const years = Math.abs(Number(a.start.slice(0, 4)) - Number(b.start.slice(0, 4)));
    const { sameStart, nearStart, otherStart, farStart } = weights.time;
    const weight =
      years === 0 ? sameStart : years === 1 ? nearStart : years <= 3 ? otherStart : farStart;
    const text =
      years === 0 ? `both began in ${b.start.slice(0, 4)}` : `but began ${years} years apart`;
    if (weight !== 0) findings.push({ feature: "start", weight, text });
  }
  if (a.end && b.end) {
    const agree = datesAgree(a.end, b.end);
    const weight = agree ? weights.time.sameEnd : weights.time.otherEnd;
    const text = agree ? `both end in ${b.end}` : `other ends, ${a.end} and ${b.end}`;
    findings.push({ feature: "end", weight, text });
  }
  return findings;
}
