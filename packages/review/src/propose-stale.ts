import type { WeighedFreshness } from "./assess-freshness.ts";
import type { Draft } from "./draft.ts";

/** An entry that can no longer be trusted becomes a question, unless something better explains the silence. */
export function proposeStale(
  { step, reason, cause, evidence }: WeighedFreshness,
  { moved, ended }: { moved: boolean; ended: boolean },
): Draft[] {
  if (step !== "stale" && step !== "presumed-ended") return [];
  const isAbsence = cause.startsWith("absent");
  const rule = ended ? "said-to-have-ended" : isAbsence && moved ? "address-moved" : undefined;
  return [
    {
      kind: "stale",
      deltas: [],
      about: cause,
      freshness: { step, reason },
      evidence,
      confidence: isAbsence ? 0.9 : evidence.length > 1 ? 0.8 : 0.65,
      reasons: [reason],
      confirmBy: [],
      // The silence of a page is not among its words: no mention waits for this decision.
      voices: [],
      ...(rule ? { rule } : {}),
    },
  ];
}
