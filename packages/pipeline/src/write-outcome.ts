import type {
  Change,
  ClusterId,
  Field,
  FieldValue,
  InitiativeId,
  InitiativeValues,
} from "@waymark/domain";
import type { DecisionOutcome } from "@waymark/review";
import {
  addEvent,
  addInitiative,
  addMerge,
  type Db,
  markInitiativesDue,
  moveClusterMentions,
  moveMentions,
  releaseMentions,
  saveClusterInitiative,
  saveMergedInto,
  saveValues,
  settleMentions,
  withdrawChangesOf,
} from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { eventsOf } from "./events-of.ts";
import { placeJudged } from "./place-judged.ts";
import { refreshBlockKeys } from "./refresh-block-keys.ts";
import { refreshHistories } from "./steps/save-history.ts";

type Deciding = { change: Change; decisionId: number; now: Date };
type Outcome<Kind> = Extract<DecisionOutcome, { kind: Kind }>;

/** Writes what a decision comes to; returns the entry that it is about, if it wrote anything. */
export async function writeOutcome(
  db: Db,
  { outcome, ...deciding }: Deciding & { outcome: DecisionOutcome },
): Promise<InitiativeId | undefined> {
  switch (outcome.kind) {
    case "none":
      return undefined;
    case "create":
      await create(db, outcome, deciding);
      return tell(db, outcome, { ...deciding, entries: [outcome.initiativeId] });
    case "write":
      await write(db, outcome.initiativeId, outcome.values, deciding);
      return tell(db, outcome, { ...deciding, entries: [outcome.initiativeId] });
    case "merge":
      await merge(db, outcome, deciding);
      return tell(db, outcome, { ...deciding, entries: [outcome.into, outcome.from] });
    case "split":
      await split(db, outcome, deciding);
      return tell(db, outcome, {
        ...deciding,
        entries: outcome.into ? [outcome.into.id, outcome.from] : [outcome.from],
      });
  }
}

/** Values of an entry as rows take them. */
export const asWritten = (values: Partial<InitiativeValues>) =>
  values as Partial<{ [field in Field]: FieldValue | undefined }>;

async function write(
  db: Db,
  id: InitiativeId,
  values: Partial<InitiativeValues>,
  { change: { evidence }, decisionId, now }: Deciding,
): Promise<void> {
  await saveValues(db, id, {
    values: asWritten(values),
    origin: "decision",
    decisionId,
    evidence,
    now,
  });
}

async function create(db: Db, outcome: Outcome<"create">, deciding: Deciding): Promise<void> {
  const { initiativeId: id, values } = outcome;
  await addInitiative(db, id, deciding.now);
  await write(db, id, values, deciding);
  const clusterId = deciding.change.clusterId as ClusterId | null;
  if (!clusterId) return;
  const moved = await moveClusterMentions(db, clusterId, id);
  await saveClusterInitiative(db, clusterId, id);
  await settleMentions(db, moved);
}

/** What waits for the entry that goes is nobody's question any more; the merge knows it, for its undo. */
async function merge(db: Db, outcome: Outcome<"merge">, deciding: Deciding): Promise<void> {
  const { from, into, values } = outcome;
  const { decisionId, now } = deciding;
  await write(db, into, values, deciding);
  const mentionIds = await moveMentions(db, from, into);
  await saveMergedInto(db, from, into);
  const changeIds = await withdrawChangesOf(db, from, deciding.change.id);
  await addMerge(db, { from, into, decisionId, mentionIds, changeIds, now });
}

async function split(db: Db, outcome: Outcome<"split">, deciding: Deciding): Promise<void> {
  const { from, into, mentionIds } = outcome;
  if (into) {
    await addInitiative(db, into.id, deciding.now);
    await write(db, into.id, into.values, deciding);
    await moveMentions(db, from, into.id, mentionIds);
  } else {
    await releaseMentions(db, mentionIds);
    await placeJudged(db, mentionIds, await currentKnowledge(db));
  }
  await markInitiativesDue(db, [from]);
}

/** Writes what happened, and anew what follows from values and mentions; returns the first of the entries. */
async function tell(
  db: Db,
  outcome: Exclude<DecisionOutcome, { kind: "none" }>,
  { entries, ...deciding }: Deciding & { entries: InitiativeId[] },
): Promise<InitiativeId> {
  const id = entries[0]!;
  for (const event of eventsOf(deciding.change, outcome, deciding)) await addEvent(db, id, event);
  await refreshHistories(db, entries);
  for (const each of entries) await refreshBlockKeys(db, each);
  return id;
}
