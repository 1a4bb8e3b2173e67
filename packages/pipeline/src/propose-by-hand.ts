import type { Change, InitiativeId, ProposedChange, Proposer } from "@waymark/domain";
import { BadInput } from "@waymark/domain";
import { fingerprintOfMerge, mergeByHand } from "@waymark/review";
import {
  addChange,
  type Db,
  findChange,
  findInitiative,
  listMentionsOfInitiative,
  type StoredInitiative,
  saveProposal,
} from "@waymark/store";
import { changeIdOf } from "./steps/save-review.ts";

/**
 * Puts the change by which two entries would be merged into the queue, on a person's word, or finds it
 * where it stands: whoever asks for the same merge, pages or people, asks one question. A decided one
 * stays decided.
 */
export async function proposeMerge(
  db: Db,
  { one, other, by, now }: { one: InitiativeId; other: InitiativeId; by: Proposer; now: Date },
): Promise<Change> {
  const [a, b] = [await loadEntry(db, one), await loadEntry(db, other)];
  const mentions = [
    ...(await listMentionsOfInitiative(db, a.id)),
    ...(await listMentionsOfInitiative(db, b.id)),
  ];
  const proposed = mergeByHand(a, b, { by, mentions });
  const about = proposed.other?.id === a.id ? b.id : a.id;
  return propose(db, about, proposed, now);
}

/** The change that would merge two entries, if anybody ever asked for it. */
export const findProposedMerge = (
  db: Db,
  one: InitiativeId,
  other: InitiativeId,
): Promise<Change | undefined> => findChange(db, changeIdOf(fingerprintOfMerge(one, other)));

/** Adds a change made by hand, or brings one back that was withdrawn. */
export async function propose(
  db: Db,
  about: InitiativeId,
  proposed: ProposedChange,
  now: Date,
): Promise<Change> {
  const id = changeIdOf(proposed.fingerprint);
  const before = await findChange(db, id);
  if (!before)
    await addChange(db, { initiativeId: about }, { ...proposed, id, state: "open", now });
  else if (before.state === "withdrawn" || before.state === "confirming")
    await saveProposal(db, { ...proposed, id, state: "open", confirmed: true, now });
  return (await findChange(db, id))!;
}

/** The entry of an id that somebody wrote; a BadInput when there is none. */
export async function loadEntry(db: Db, id: InitiativeId): Promise<StoredInitiative> {
  const entry = await findInitiative(db, id);
  if (entry) return entry;
  throw new BadInput(
    `there is no entry "${id}"; \`waymark catalog export\` lists the ids of all entries`,
  );
}
