import { createHash } from "node:crypto";
import {
  BadInput,
  type Change,
  type ChangeId,
  Conflict,
  type DecisionVerdict,
  type Initiative,
  type InitiativeId,
  type InitiativeValues,
  type JudgementVerdict,
} from "@waymark/domain";
import { findContradiction } from "@waymark/match";
import { applyDecision, type DecisionOutcome } from "@waymark/review";
import {
  addDecision,
  addJudgement,
  type Db,
  findChange,
  findStandingDecision,
  lockChange,
  lockInitiative,
  lockJudgements,
  markInitiativesDue,
  type Pool,
  saveChangeState,
  saveDecisionOutcome,
  transaction,
} from "@waymark/store";
import { describeConflict } from "./describe-conflict.ts";
import { loadJudged } from "./load-judged.ts";
import { writeOutcome } from "./write-outcome.ts";

export type DecisionRequest = {
  changeId: string;
  verdict: DecisionVerdict;
  who: string;
  why?: string | undefined;
  /** The version the person saw; a change that has moved on since is a Conflict. */
  version?: number | undefined;
  /** Values the person wrote over the proposal. */
  edits?: Partial<InitiativeValues> | undefined;
  /** For `duplicate`: which of the pair stays; the one with the lesser id where nobody says. */
  stays?: InitiativeId | undefined;
  now: Date;
};

export type Decided = { decisionId: number; initiativeId: InitiativeId | undefined };

/**
 * The second half of the journey: a person or a policy says yes or no to a change, the rule from `review`
 * says what follows, and it is written with its inverse, all in one transaction. Throws BadInput for an
 * unknown change and Conflict when it was decided, has changed meanwhile, or contradicts what people said
 * of the pair.
 *
 * Invariant: nothing else writes to the catalog, but for a curator's own import.
 */
export const decideChange = (pool: Pool, request: DecisionRequest): Promise<Decided> =>
  transaction(pool, (db) => decideWithin(db, request));

/** The same within a transaction, for whoever made the change in it. */
export async function decideWithin(db: Db, request: DecisionRequest): Promise<Decided> {
  const { changeId, verdict, who, why, version, edits, stays, now } = request;
  const asked = await findChange(db, changeId);
  // Before anything else is locked: whoever judges locks changes and entries too.
  if (asked?.kind === "duplicate" || asked?.kind === "split") await lockJudgements(db);
  const change = await lockOpenChange(db, changeId, version);
  const initiative = change.initiativeId ? await lockStanding(db, change.initiativeId) : undefined;
  const other = change.other ? await lockStanding(db, change.other.id) : undefined;
  if (change.kind === "duplicate") await refuseContradiction(db, change, verdict);
  const outcome = applyDecision({
    change,
    verdict,
    initiative,
    other,
    newId: newIdOf(change),
    edits,
    stays,
  });
  const decisionId = await addDecision(db, { changeId: change.id, verdict, who, why, at: now });
  for (const judged of judgementsOf(change, outcome, verdict))
    await addJudgement(db, { ...judged, who, why, decisionId, now });
  const initiativeId = await writeOutcome(db, { change, outcome, decisionId, now });
  await saveChangeState(db, change.id, verdict === "accept" ? "accepted" : "rejected", now);
  const touched = initiativeId ?? change.initiativeId ?? undefined;
  await saveDecisionOutcome(db, decisionId, { initiativeId: touched, inverse: outcome.inverse });
  if (touched) await markInitiativesDue(db, [touched]);
  return { decisionId, initiativeId: touched };
}

async function lockStanding(db: Db, id: InitiativeId): Promise<Initiative | undefined> {
  const entry = await lockInitiative(db, id);
  if (!entry?.mergedInto) return entry;
  throw new Conflict(
    `${entry.id} was merged into ${entry.mergedInto} meanwhile; decide on that entry, or undo the merge first`,
  );
}

async function lockOpenChange(db: Db, id: string, version: number | undefined): Promise<Change> {
  const change = (await findChange(db, id)) && (await lockChange(db, id as ChangeId));
  if (!change) {
    throw new BadInput(`there is no change "${id}"; \`waymark changes list\` shows what is open`);
  }
  if (change.state === "accepted" || change.state === "rejected") {
    const decision = await findStandingDecision(db, change.id);
    throw new Conflict(
      `"${change.title}" was ${change.state} already${decision ? ` by ${decision.who} (decision ${decision.id})` : ""}; undo that first`,
    );
  }
  if (change.state === "withdrawn") {
    throw new Conflict(`"${change.title}" was withdrawn: the pages no longer say so`);
  }
  if (version !== undefined && version !== change.version) {
    throw new Conflict(
      `"${change.title}" has changed since you saw it (version ${change.version}, you decided on ${version}); look at it again`,
    );
  }
  return change;
}

/** A pair is not merged across a *different* that stands, nor called two where judgements call it one. */
async function refuseContradiction(
  db: Db,
  change: Change,
  verdict: DecisionVerdict,
): Promise<void> {
  if (!change.initiativeId || !change.other) return;
  const [a, b] = [{ initiativeId: change.initiativeId }, { initiativeId: change.other.id }];
  const said = verdict === "accept" ? "same" : "different";
  const conflict = findContradiction(await loadJudged(db, [a, b]), { a, b, verdict: said });
  if (!conflict) return;
  const doing = said === "same" ? "these two cannot be merged" : "these two cannot be called two";
  throw new Conflict(
    `${doing}: ${await describeConflict(db, conflict)}; \`waymark match judge\` says otherwise of a pair`,
  );
}

type Judged = Pick<Parameters<typeof addJudgement>[1], "a" | "b"> & { verdict: JudgementVerdict };

/** What a decision says of pairs: of two entries, or of mentions and the entry that they leave. */
function judgementsOf(
  change: Change,
  outcome: DecisionOutcome,
  verdict: DecisionVerdict,
): Judged[] {
  if (outcome.kind === "split") {
    const from = { initiativeId: outcome.from };
    return outcome.mentionIds.map((mentionId) => ({
      a: { mentionId },
      b: from,
      verdict: "different",
    }));
  }
  if (change.kind !== "duplicate" || !change.initiativeId || !change.other) return [];
  return [
    {
      a: { initiativeId: change.initiativeId },
      b: { initiativeId: change.other.id },
      verdict: verdict === "accept" ? "same" : "different",
    },
  ];
}

/** The id of an entry that a change makes: the same change always makes the same entry. */
const newIdOf = (change: Change): InitiativeId =>
  `wm-${createHash("sha256").update(change.id).digest("hex").slice(0, 10)}` as InitiativeId;
