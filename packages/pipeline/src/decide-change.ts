import { createHash } from "node:crypto";
import {
  BadInput,
  type Change,
  type ChangeId,
  Conflict,
  type DecisionVerdict,
  type Field,
  type FieldValue,
  type InitiativeId,
  type InitiativeValues,
  Inverse,
} from "@waymark/domain";
import { applyDecision, type DecisionOutcome, undoDecision as undoRule } from "@waymark/review";
import {
  addDecision,
  addEvent,
  addInitiative,
  addJudgement,
  addMerge,
  type Db,
  findChange,
  findDecision,
  findMerge,
  findStandingDecision,
  listLaterWrites,
  lockChange,
  lockInitiative,
  markInitiativesDue,
  moveClusterMentions,
  moveMentions,
  type Pool,
  removeEventsOf,
  removeInitiative,
  returnMentionsToCluster,
  saveChangeState,
  saveClusterInitiative,
  saveDecisionOutcome,
  saveDecisionUndone,
  saveMergedInto,
  saveMergeUndone,
  saveValues,
  settleMentions,
  transaction,
} from "@waymark/store";
import { eventsOf } from "./events-of.ts";
import { refreshBlockKeys } from "./refresh-block-keys.ts";
import { refreshHistories } from "./steps/save-history.ts";

export type DecisionRequest = {
  changeId: string;
  verdict: DecisionVerdict;
  who: string;
  why?: string | undefined;
  /** The version the person saw; a change that has moved on since is a Conflict. */
  version?: number | undefined;
  /** Values the person wrote over the proposal. */
  edits?: Partial<InitiativeValues> | undefined;
  now: Date;
};

/**
 * The second half of the journey: a person or a policy says yes or no to a change, the rule from `review`
 * says what follows, and it is written with its inverse, all in one transaction. Throws BadInput for an
 * unknown change and Conflict when it was decided or has changed meanwhile.
 *
 * Invariant: nothing else writes to the catalog, but for a curator's own import.
 */
export async function decideChange(
  pool: Pool,
  { changeId, verdict, who, why, version, edits, now }: DecisionRequest,
): Promise<{ decisionId: number; initiativeId: InitiativeId | undefined }> {
  return transaction(pool, async (db) => {
    const change = await lockOpenChange(db, changeId, version);
    const initiative = change.initiativeId
      ? await lockInitiative(db, change.initiativeId)
      : undefined;
    const other = change.other ? await lockInitiative(db, change.other.id) : undefined;
    for (const entry of [initiative, other]) {
      if (entry?.mergedInto) {
        throw new Conflict(
          `${entry.id} was merged into ${entry.mergedInto} meanwhile; decide on that entry, or undo the merge first`,
        );
      }
    }
    const outcome = applyDecision({
      change,
      verdict,
      initiative,
      other,
      newId: newIdOf(change),
      edits,
    });
    const decisionId = await addDecision(db, { changeId: change.id, verdict, who, why, at: now });
    const initiativeId = await writeOutcome(db, { change, outcome, decisionId, now });
    if (change.kind === "duplicate" && change.initiativeId && change.other) {
      await addJudgement(db, {
        a: change.initiativeId,
        b: change.other.id,
        verdict: verdict === "accept" ? "same" : "different",
        who,
        why,
        decisionId,
        now,
      });
    }
    await saveChangeState(db, change.id, verdict === "accept" ? "accepted" : "rejected", now);
    const touched = initiativeId ?? change.initiativeId ?? undefined;
    await saveDecisionOutcome(db, decisionId, { initiativeId: touched, inverse: outcome.inverse });
    if (touched) await markInitiativesDue(db, [touched]);
    return { decisionId, initiativeId: touched };
  });
}

/**
 * Takes a decision back, also after later ones. Throws Conflict when it was undone already or when later
 * decisions stand in the way, and names them.
 */
export async function undoDecision(
  pool: Pool,
  { decisionId, who, now }: { decisionId: number; who: string; now: Date },
): Promise<{ changeId: ChangeId }> {
  return transaction(pool, async (db) => {
    const decision = await findDecision(db, decisionId);
    if (!decision) throw new BadInput(`there is no decision ${decisionId}`);
    const change = (await lockChange(db, decision.changeId))!;
    if ((await findStandingDecision(db, change.id))?.id !== decisionId) {
      throw new Conflict(`decision ${decisionId} on "${change.title}" was undone already`);
    }
    const inverse = Inverse.parse(decision.inverse);
    const ids = entriesOf(inverse);
    const current = [];
    for (const id of ids) {
      const entry = await lockInitiative(db, id);
      if (entry) current.push(entry);
    }
    const laterWrites = (await listLaterWrites(db, ids, decisionId)).map((write) => ({
      ...write,
      decisionId: String(write.decisionId),
    }));
    const outcome = undoRule({ inverse, current, laterWrites });
    if (outcome.kind === "blocked") throw new Conflict(await describeBlock(db, outcome));
    for (const { initiativeId, values, unset } of outcome.writes) {
      await saveValues(db, initiativeId, {
        values: { ...asWritten(values), ...Object.fromEntries(unset.map((f) => [f, undefined])) },
        origin: "undo",
        now,
      });
      await refreshBlockKeys(db, initiativeId);
    }
    if (outcome.unmerge) {
      const merge = await findMerge(db, decisionId);
      await saveMergedInto(db, outcome.unmerge.from, undefined);
      await refreshBlockKeys(db, outcome.unmerge.from);
      if (merge) {
        await moveMentions(db, merge.into, merge.from, merge.mentionIds);
        await saveMergeUndone(db, merge.id, now);
      }
    }
    await removeEventsOf(db, decisionId);
    if (outcome.remove && change.clusterId) {
      await returnMentionsToCluster(db, outcome.remove, change.clusterId as never);
      await saveClusterInitiative(db, change.clusterId as never, undefined);
      await removeInitiative(db, outcome.remove);
    }
    if (outcome.unmerge) await refreshHistories(db, ids);
    await saveDecisionUndone(db, decisionId, { who, now });
    await saveChangeState(db, change.id, "open", undefined);
    await markInitiativesDue(db, ids);
    return { changeId: change.id };
  });
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

/** The id of an entry that a change makes: the same change always makes the same entry. */
const newIdOf = (change: Change): InitiativeId =>
  `wm-${createHash("sha256").update(change.id).digest("hex").slice(0, 10)}` as InitiativeId;

async function writeOutcome(
  db: Db,
  {
    change,
    outcome,
    decisionId,
    now,
  }: { change: Change; outcome: DecisionOutcome; decisionId: number; now: Date },
): Promise<InitiativeId | undefined> {
  const write = { origin: "decision" as const, decisionId, evidence: change.evidence, now };
  switch (outcome.kind) {
    case "none":
      return undefined;
    case "create": {
      const id = outcome.initiativeId;
      await addInitiative(db, id, now);
      await saveValues(db, id, { values: asWritten(outcome.values), ...write });
      if (change.clusterId) {
        const moved = await moveClusterMentions(db, change.clusterId as never, id);
        await saveClusterInitiative(db, change.clusterId as never, id);
        await settleMentions(db, moved);
      }
      break;
    }
    case "write":
      await saveValues(db, outcome.initiativeId, { values: asWritten(outcome.values), ...write });
      break;
    case "merge": {
      await saveValues(db, outcome.into, { values: asWritten(outcome.values), ...write });
      const mentionIds = await moveMentions(db, outcome.from, outcome.into);
      await saveMergedInto(db, outcome.from, outcome.into);
      await addMerge(db, { from: outcome.from, into: outcome.into, decisionId, mentionIds, now });
      break;
    }
  }
  const id = outcome.kind === "merge" ? outcome.into : outcome.initiativeId;
  for (const event of eventsOf(change, outcome, { decisionId, now })) await addEvent(db, id, event);
  await refreshHistories(db, outcome.kind === "merge" ? [outcome.from, id] : [id]);
  await refreshBlockKeys(db, id);
  return id;
}

const asWritten = (values: Partial<InitiativeValues>) =>
  values as Partial<{ [field in Field]: FieldValue | undefined }>;

function entriesOf(inverse: Inverse): InitiativeId[] {
  if (inverse.kind === "nothing") return [];
  return inverse.kind === "merge" ? [inverse.from, inverse.into] : [inverse.initiativeId];
}

async function describeBlock(
  db: Db,
  { reason, blockedBy }: { reason: string; blockedBy: string[] },
): Promise<string> {
  const named = [];
  for (const id of blockedBy) {
    const decision = await findDecision(db, Number(id));
    named.push(decision ? `decision ${id} by ${decision.who}` : `decision ${id}`);
  }
  return named.length > 0 ? `${reason} (${named.join(", ")})` : reason;
}
