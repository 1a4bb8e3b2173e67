import type { ObservedOutcome } from "@waymark/domain";
import type { ReviewSettings } from "./settings.ts";

/** Whether a visit found that nothing of the effort is at the address any more. */
export const isAbsent = ({ outcome }: ObservedOutcome): boolean =>
  outcome === "gone" || outcome === "no-address" || outcome === "parked" || outcome === "soft-404";

/** Whether a visit found somebody at home. All other outcomes say nothing of the effort, either way. */
export const isAnswer = ({ outcome }: ObservedOutcome): boolean =>
  outcome === "fetched" || outcome === "unchanged" || outcome === "moved";

/** The visits, newest first, that found the address absent since it last answered. */
export function recentAbsence(outcomes: ObservedOutcome[]): ObservedOutcome[] {
  const lastAnswer = outcomes.findIndex(isAnswer);
  return (lastAnswer < 0 ? outcomes : outcomes.slice(0, lastAnswer)).filter(isAbsent);
}

/** How many nights testify: visits too close to each other, as a confirmation is, count as one. */
export function nightsOf(
  absences: ObservedOutcome[],
  { nightsApartHours }: Pick<ReviewSettings, "nightsApartHours">,
): number {
  let nights = 0;
  let last = Number.POSITIVE_INFINITY;
  for (const { at } of absences) {
    const time = Date.parse(at);
    if (last - time < nightsApartHours * 3_600_000) continue;
    nights += 1;
    last = time;
  }
  return nights;
}
