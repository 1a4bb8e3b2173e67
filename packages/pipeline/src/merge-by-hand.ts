import {
  BadInput,
  Conflict,
  columnOf,
  type InitiativeId,
  type KnownMention,
  type MentionId,
  type Proposer,
} from "@waymark/domain";
import { splitByHand, type UndoOutcome } from "@waymark/review";
import {
  countMentionsAmong,
  type Db,
  findMergeFrom,
  listMentionsOfInitiative,
  lockJudgements,
  type Merge,
  type Pool,
  type StoredInitiative,
  transaction,
} from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { type Decided, decideWithin } from "./decide-change.ts";
import { loadEntry, propose, proposeMerge } from "./propose-by-hand.ts";
import { foreseeUndo, undoWithin } from "./undo-decision.ts";

/*
 * Merging and splitting by hand are decisions like all others: the person's word makes the change, and the
 * same person accepts it at once. So each has who, why and an inverse, and can be undone.
 */

/** Merges one entry into another, which stays. Throws BadInput or Conflict as deciding a change does. */
export async function mergeEntries(
  pool: Pool,
  { from, into, ...by }: { from: InitiativeId; into: InitiativeId; now: Date } & Proposer,
): Promise<Decided> {
  const { who, why, now } = by;
  return transaction(pool, async (db) => {
    await lockJudgements(db);
    if (from === into) throw new BadInput(`${from} cannot be merged into itself`);
    for (const entry of [await loadEntry(db, from), await loadEntry(db, into)])
      if (entry.mergedInto)
        throw new Conflict(
          `${entry.id} was merged into ${entry.mergedInto} already; name that entry, or undo the merge first`,
        );
    const proposer = { who, ...(why && { why }) };
    const change = await proposeMerge(db, { one: from, other: into, by: proposer, now });
    return decideWithin(db, { changeId: change.id, verdict: "accept", who, why, stays: into, now });
  });
}

/** What un-merging an entry would come to. */
export type ForeseenUnmerge = {
  merge: Merge;
  /** The entry that stands for itself again, and the one that it leaves. */
  entry: StoredInitiative;
  leaves: StoredInitiative;
  /** What would happen, as sentences; empty where something stands in the way. */
  effects: string[];
  /** Why it cannot be done now. */
  blockedBecause: string | undefined;
};

/** Shows what un-merging an entry would come to, and writes nothing. */
export async function foreseeUnmerge(db: Db, id: InitiativeId): Promise<ForeseenUnmerge> {
  const { entry, merge } = await loadMerged(db, id);
  const { outcome, blockedBecause } = await foreseeUndo(db, merge.decisionId);
  const into = outcome.kind === "undone" ? outcome.unmerge?.into : undefined;
  const leaves = await loadEntry(db, into ?? merge.into);
  const moving = await countMentionsAmong(db, leaves.id, merge.mentionIds);
  const effects =
    outcome.kind === "undone" ? effectsOf(outcome, { merge, entry, leaves, moving }) : [];
  return { merge, entry, leaves, effects, blockedBecause };
}

function effectsOf(
  outcome: Extract<UndoOutcome, { kind: "undone" }>,
  {
    merge,
    entry,
    leaves,
    moving,
  }: Pick<ForeseenUnmerge, "merge" | "entry" | "leaves"> & { moving: number },
): string[] {
  const written = outcome.writes.map(({ initiativeId, values, unset }) => {
    const fields = [...Object.keys(values), ...unset].map((field) => columnOf(field)).sort();
    return `${initiativeId} loses what came with it: ${fields.join(", ")}.`;
  });
  return [
    `“${entry.values.name}” (${entry.id}) stands for itself again and leaves “${leaves.values.name}” (${leaves.id}).`,
    moving === 1 ? "1 mention goes back to it." : `${moving} mentions go back to it.`,
    ...written,
    ...(merge.changeIds.length > 0
      ? [`${merge.changeIds.length} of its changes that waited then wait again.`]
      : []),
  ];
}

/**
 * Lets an entry that was merged stand for itself again, also where the one that it was merged into was
 * merged on. Throws Conflict when something stands in the way, and names it.
 */
export async function unmergeEntry(
  pool: Pool,
  { id, who, now }: { id: InitiativeId; who: string; now: Date },
): Promise<{ decisionId: number; leaves: InitiativeId }> {
  return transaction(pool, async (db) => {
    await lockJudgements(db);
    const { merge, leaves } = await foreseeUnmerge(db, id);
    await undoWithin(db, { decisionId: merge.decisionId, who, now });
    return { decisionId: merge.decisionId, leaves: leaves.id };
  });
}

async function loadMerged(
  db: Db,
  id: InitiativeId,
): Promise<{ entry: StoredInitiative; merge: Merge }> {
  const entry = await loadEntry(db, id);
  const merge = entry.mergedInto ? await findMergeFrom(db, id) : undefined;
  if (merge) return { entry, merge };
  throw new BadInput(
    `“${entry.values.name}” (${id}) was not merged into another entry; un-merging takes the id of the entry that went away`,
  );
}

export type SplitRequest = {
  id: InitiativeId;
  mentionIds: MentionId[];
  /** Whether the mentions become an entry of their own, or are about an unseen effort again. */
  into: "entry" | "unseen";
  /** The name of the new entry, where it is not the one that the mentions tell. */
  name?: string | undefined;
  who: string;
  why?: string | undefined;
  now: Date;
};

/**
 * Takes mentions out of an entry, for good: they are never put back by the matcher. Throws BadInput where
 * one of them is none of the entry's.
 */
export async function splitEntry(
  pool: Pool,
  { id, mentionIds, into, name, who, why, now }: SplitRequest,
): Promise<Decided> {
  return transaction(pool, async (db) => {
    await lockJudgements(db);
    const entry = await loadEntry(db, id);
    if (entry.mergedInto)
      throw new Conflict(`${id} was merged into ${entry.mergedInto}; split that entry`);
    const mentions = chosenOf(entry, await listMentionsOfInitiative(db, id), mentionIds);
    const by = { who, ...(why && { why }) };
    const knowledge = await currentKnowledge(db);
    const proposed = splitByHand(entry, { mentions, into, by }, { knowledge, now });
    const change = await propose(db, id, proposed, now);
    const edits = name === undefined ? undefined : { name };
    return decideWithin(db, { changeId: change.id, verdict: "accept", who, why, edits, now });
  });
}

function chosenOf(
  { id, values }: StoredInitiative,
  mentions: KnownMention[],
  chosen: MentionId[],
): KnownMention[] {
  if (chosen.length === 0) throw new BadInput("name the mentions that leave the entry");
  const byId = new Map(mentions.map((mention) => [mention.id, mention]));
  return [...new Set(chosen)].map((mentionId) => {
    const mention = byId.get(mentionId);
    if (mention) return mention;
    throw new BadInput(
      `“${values.name}” (${id}) has no mention "${mentionId}"; \`waymark catalog mentions ${id}\` lists those it has`,
    );
  });
}
