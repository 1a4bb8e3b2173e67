/**
 * What is known of one effort becomes proposed changes, and a decision becomes writes to the catalog with
 * their inverse. Comes in: the entry, all current mentions with what they last were settled to say, how its
 * addresses answered, past decisions. Goes out: changes, suppressions, freshness, writes. It reads no
 * clock and no database, compares no page text, and never decides.
 */

export {
  applyDecision,
  type DecisionInput,
  type DecisionOutcome,
  type PartialValues,
} from "./apply-decision.ts";
export { assessFreshness } from "./assess-freshness.ts";
export { fingerprintOfMerge, mergeByHand, splitByHand } from "./by-hand.ts";
export { fingerprintOf } from "./fingerprint.ts";
export { gatherHistory } from "./gather-history.ts";
export { type Drifting, judgeDrift, type PageDrift } from "./judge-drift.ts";
export { proposeChanges } from "./propose-changes.ts";
export { figuresOf, watchedFields } from "./reading-figures.ts";
export { sameValue } from "./same-value.ts";
export { defaultSettings, type ReviewSettings } from "./settings.ts";
export { timelineOf } from "./timeline.ts";
export { undoDecision } from "./undo-decision.ts";
export type { LaterMerge } from "./undo-merge.ts";
export type { LaterWrite, UndoOutcome } from "./undo-outcome.ts";
