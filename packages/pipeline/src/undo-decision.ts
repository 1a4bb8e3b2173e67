import {
  BadInput,
  type ChangeId,
  type ClusterId,
  Conflict,
  type Initiative,
  type InitiativeId,
  Inverse,
} from "@waymark/domain";
import {
  type LaterMerge,
  type LaterWrite,
  type UndoOutcome,
  undoDecision as undoRule,
} from "@waymark/review";
import {
  bringChangesBack,
  type Db,
  findDecision,
  findInitiative,
  findMerge,
  findStandingDecision,
  listLaterMerges,
  listLaterTakings,
  listLaterWrites,
  lockChange,
  lockInitiative,
  lockJudgements,
  markInitiativesDue,
  moveMentions,
  type Pool,
  placeMentionsWith,
  removeEventsOf,
  removeInitiative,
  restoreValues,
  returnMentionsToCluster,
  saveChangeState,
  saveClusterInitiative,
  saveDecisionUndone,
  saveInverse,
  saveMergedInto,
  saveMergeUndone,
  transaction,
} from "@waymark/store";
import { partNewcomers } from "./part-newcomers.ts";
import { refreshBlockKeys } from "./refresh-block-keys.ts";
import { refreshHistories } from "./steps/save-history.ts";
import { asWritten } from "./write-outcome.ts";

export type UndoRequest = { decisionId: number; who: string; now: Date };

/**
 * Takes a decision back, also after later ones. Throws Conflict when it was undone already or when later
 * decisions stand in the way, and names them.
 */
export const undoDecision = (pool: Pool, request: UndoRequest): Promise<{ changeId: ChangeId }> =>
  transaction(pool, (db) => undoWithin(db, request));

/** The same within a transaction. */
export async function undoWithin(
  db: Db,
  { decisionId, who, now }: UndoRequest,
): Promise<{ changeId: ChangeId }> {
  const decision = await findDecision(db, decisionId);
  if (!decision) throw new BadInput(`there is no decision ${decisionId}`);
  const inverse = Inverse.parse(decision.inverse);
  if (inverse.kind === "merge" || inverse.kind === "split") await lockJudgements(db);
  const change = (await lockChange(db, decision.changeId))!;
  if ((await findStandingDecision(db, change.id))?.id !== decisionId) {
    throw new Conflict(`decision ${decisionId} on "${change.title}" was undone already`);
  }
  const known = await gatherForUndo(db, inverse, decisionId);
  const outcome = undoRule({ inverse, ...known });
  if (outcome.kind === "blocked") throw new Conflict(await describeBlock(db, outcome));
  await writeBack(db, outcome, {
    decisionId,
    clusterId: change.clusterId as ClusterId | null,
    now,
  });
  await saveDecisionUndone(db, decisionId, { who, now });
  await saveChangeState(db, change.id, "open", undefined);
  await markInitiativesDue(
    db,
    known.current.map(({ id }) => id),
  );
  return { changeId: change.id };
}

/** What undoing a decision would come to, and in words what stands in its way; writes nothing. */
export async function foreseeUndo(
  db: Db,
  decisionId: number,
): Promise<{ outcome: UndoOutcome; blockedBecause: string | undefined }> {
  const decision = await findDecision(db, decisionId);
  if (!decision) throw new BadInput(`there is no decision ${decisionId}`);
  const inverse = Inverse.parse(decision.inverse);
  const outcome = undoRule({ inverse, ...(await gatherForUndo(db, inverse, decisionId)) });
  const isBlocked = outcome.kind === "blocked";
  return { outcome, blockedBecause: isBlocked ? await describeBlock(db, outcome) : undefined };
}

type Known = { current: Initiative[]; laterWrites: LaterWrite[]; laterMerges: LaterMerge[] };

/** The entries concerned, locked, and what later decisions did to them and to their mentions. */
async function gatherForUndo(db: Db, inverse: Inverse, decisionId: number): Promise<Known> {
  const merges =
    inverse.kind === "merge" ? await listLaterMerges(db, inverse.into, decisionId) : [];
  const ids = [...new Set([...entriesOf(inverse), ...merges.map(({ into }) => into)])];
  const current: Initiative[] = [];
  for (const id of ids.sort()) {
    const entry = await lockInitiative(db, id);
    if (entry) current.push(entry);
  }
  const laterMerges: LaterMerge[] = [];
  for (const { decisionId: later, from, inverse } of merges) {
    const entry = (await findInitiative(db, from))!;
    const parsed = Inverse.parse(inverse);
    if (parsed.kind === "merge")
      laterMerges.push({ decisionId: String(later), inverse: parsed, from: entry });
  }
  const writes = await listLaterWrites(db, ids, decisionId);
  const moved = await mentionsOf(db, inverse, decisionId);
  const takings = (await listLaterTakings(db, moved, decisionId)).map((later) => ({
    field: "mentions" as const,
    decisionId: later,
  }));
  return {
    current,
    laterMerges,
    laterWrites: [...writes, ...takings].map((write) => ({
      ...write,
      decisionId: String(write.decisionId),
    })),
  };
}

function entriesOf(inverse: Inverse): InitiativeId[] {
  switch (inverse.kind) {
    case "nothing":
      return [];
    case "merge":
      return [inverse.from, inverse.into];
    case "split":
      return inverse.into ? [inverse.from, inverse.into] : [inverse.from];
    default:
      return [inverse.initiativeId];
  }
}

async function mentionsOf(db: Db, inverse: Inverse, decisionId: number) {
  if (inverse.kind === "split") return inverse.mentionIds;
  return inverse.kind === "merge" ? ((await findMerge(db, decisionId))?.mentionIds ?? []) : [];
}

async function writeBack(
  db: Db,
  outcome: Extract<UndoOutcome, { kind: "undone" }>,
  { decisionId, clusterId, now }: { decisionId: number; clusterId: ClusterId | null; now: Date },
): Promise<void> {
  const { writes, rebased = [], unmerge, unsplit, remove } = outcome;
  for (const { initiativeId, values, unset } of writes) {
    await restoreValues(db, initiativeId, { values: asWritten(values), unset, now });
    await refreshBlockKeys(db, initiativeId);
  }
  for (const { decisionId: later, inverse } of rebased)
    await saveInverse(db, Number(later), inverse);
  await removeEventsOf(db, decisionId);
  if (unmerge) await standAlone(db, unmerge, { decisionId, now });
  if (unsplit) await placeMentionsWith(db, unsplit.from, unsplit.mentionIds);
  if (remove) {
    if (clusterId) {
      await returnMentionsToCluster(db, remove, clusterId);
      await saveClusterInitiative(db, clusterId, undefined);
    }
    await removeInitiative(db, remove);
  }
  if (unsplit) await refreshHistories(db, [unsplit.from]);
}

/** An entry stands for itself again, with the mentions and the questions that it had. */
async function standAlone(
  db: Db,
  { from, into }: { from: InitiativeId; into: InitiativeId },
  { decisionId, now }: { decisionId: number; now: Date },
): Promise<void> {
  const merge = await findMerge(db, decisionId);
  await saveMergedInto(db, from, undefined);
  await refreshBlockKeys(db, from);
  if (merge) {
    await moveMentions(db, into, from, merge.mentionIds);
    await saveMergeUndone(db, merge.id, now);
    await bringChangesBack(db, merge.changeIds);
    await partNewcomers(db, { from, into }, merge.at);
  }
  await refreshHistories(db, [from, into]);
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
