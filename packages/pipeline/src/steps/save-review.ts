import type { ChangeId, ChangeState, KnownEffort, ProposedChange, Review } from "@waymark/domain";
import {
  addChange,
  type Db,
  listChangesOf,
  saveChangeState,
  saveClusterReviewed,
  saveInitiativeReviewed,
  saveProposal,
  saveSuppressions,
  settleMentions,
} from "@waymark/store";

/** The id of a change: made from its fingerprint, so that a replay writes the same row. */
export const changeIdOf = (fingerprint: string): ChangeId => `ch-${fingerprint}` as ChangeId;

/**
 * Writes what a review proposes, by fingerprint: new changes are added, standing ones get their newest
 * proof, those no longer proposed are withdrawn, decided ones stay decided. A drastic change waits in
 * `confirming` until a second fetch has shown it again.
 */
export async function saveReview(
  db: Db,
  known: KnownEffort,
  review: Review,
  now: Date,
): Promise<void> {
  const standing = new Map((await listChangesOf(db, known.effort)).map((one) => [one.id, one]));
  const proposed = new Set<ChangeId>();
  for (const change of review.changes) {
    const id = changeIdOf(change.fingerprint);
    proposed.add(id);
    const before = standing.get(id);
    if (!before) {
      await addChange(db, known.effort, { ...change, id, state: stateOf(change, false), now });
    } else if (before.state !== "accepted" && before.state !== "rejected") {
      // What was withdrawn and comes again must be shown twice again.
      const confirmed = before.state !== "withdrawn" && before.confirmed;
      const state = before.state === "open" ? "open" : stateOf(change, confirmed);
      await saveProposal(db, { ...change, id, state, confirmed, now });
    }
  }
  for (const [id, { state }] of standing) {
    if (!proposed.has(id) && (state === "open" || state === "confirming")) {
      await saveChangeState(db, id, "withdrawn", undefined);
    }
  }
  await settleMentions(db, review.settled);
  if ("initiativeId" in known.effort) {
    await saveSuppressions(db, known.effort.initiativeId, review.suppressions, now);
    await saveInitiativeReviewed(db, known.effort.initiativeId, {
      freshness: review.freshness,
      now,
    });
  } else {
    await saveSuppressions(db, known.effort.clusterId, review.suppressions, now);
    await saveClusterReviewed(db, known.effort.clusterId);
  }
}

/** Whether a curator is asked now, or a second fetch must show it first. */
const stateOf = ({ confirmBy }: ProposedChange, confirmed: boolean): ChangeState =>
  confirmed || confirmBy.length === 0 ? "open" : "confirming";
