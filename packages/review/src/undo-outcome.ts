import type { Field, FieldWrite, InitiativeId, Inverse, MentionId } from "@waymark/domain";
import type { PartialValues } from "./apply-decision.ts";

export type MergeInverse = Extract<Inverse, { kind: "merge" }>;

/**
 * A write by a later decision: to a field of an entry; as `merge`, the merger that took the entry away; as
 * `mentions`, that it made another entry of mentions which are to come back.
 */
export type LaterWrite = {
  field: Field | "merge" | "mentions";
  decisionId: string;
  /** The entry it wrote to; without it, any entry of the decision that is undone. */
  initiativeId?: InitiativeId | undefined;
};

/** What is written to take a decision back, entry by entry; `unset` fields become unknown again. */
export type UndoOutcome =
  | {
      kind: "undone";
      writes: { initiativeId: InitiativeId; values: PartialValues; unset: Field[] }[];
      /** An entry that the decision made and that goes. */
      remove?: InitiativeId;
      /** An entry that stands on its own again, and the one that its mentions come back from. */
      unmerge?: { from: InitiativeId; into: InitiativeId };
      /** What takes later merges back from now on. */
      rebased?: { decisionId: string; inverse: MergeInverse }[];
      /** Mentions that come back to the entry that they were taken from. */
      unsplit?: { from: InitiativeId; mentionIds: MentionId[] };
    }
  | { kind: "blocked"; blockedBy: string[]; reason: string };

/** That later decisions stand in the way, which are named. */
export function blocked(writes: LaterWrite[], inverse: Inverse): UndoOutcome {
  const blockedBy = [...new Set(writes.map(({ decisionId }) => decisionId))];
  const fields = [...new Set(writes.map(({ field }) => field))].toSorted();
  const makes = inverse.kind === "create" || (inverse.kind === "split" && inverse.into);
  const what = makes
    ? "the entry it made"
    : fields.map((field) => wordsFor[field as keyof typeof wordsFor] ?? field).join(", ");
  const whose = blockedBy.length === 1 ? "A later decision" : `${blockedBy.length} later decisions`;
  return { kind: "blocked", blockedBy, reason: `${whose} changed ${what}: undo that first.` };
}

const wordsFor = { merge: "the pair", mentions: "whose mentions these are" } as const;

/** That fields do not hold any more what the decision wrote, though no decision changed them. */
export const drifted = (id: InitiativeId, lost: { field: Field }[]): UndoOutcome => ({
  kind: "blocked",
  blockedBy: [],
  reason: `Somebody changed ${lost.map(({ field }) => field).join(", ")} of ${id} since, outside of any decision.`,
});

/** The writes that give an entry its former values back. */
export function backTo(initiativeId: InitiativeId, fields: FieldWrite[]) {
  const known = fields.filter(({ before }) => before !== undefined);
  return {
    initiativeId,
    values: Object.fromEntries(known.map(({ field, before }) => [field, before])) as PartialValues,
    unset: fields.filter(({ before }) => before === undefined).map(({ field }) => field),
  };
}
