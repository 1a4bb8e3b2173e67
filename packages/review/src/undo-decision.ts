import type { Field, FieldWrite, Initiative, InitiativeId, Inverse } from "@waymark/domain";
import type { PartialValues } from "./apply-decision.ts";

/** A write by a later decision: to a field of an entry, or, as `merge`, the merger that took the entry away. */
export type LaterWrite = {
  field: Field | "merge";
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
      /** An entry that stands on its own again. */
      unmerge?: { from: InitiativeId; into: InitiativeId };
    }
  | { kind: "blocked"; blockedBy: string[]; reason: string };

/**
 * Takes a decision back, also after later ones. Where one of those wrote to the same field, or merged the
 * entry on, nothing is written and the decisions that stand in the way are named: undo them first.
 */
export function undoDecision({
  inverse,
  current,
  laterWrites,
}: {
  inverse: Inverse;
  /** The entries concerned as they stand. */
  current: Initiative[];
  laterWrites: LaterWrite[];
}): UndoOutcome {
  if (inverse.kind === "nothing") return { kind: "undone", writes: [] };
  const id = inverse.kind === "merge" ? inverse.into : inverse.initiativeId;
  const inTheWay = laterWrites.filter((write) => stands(write, inverse, id));
  if (inTheWay.length > 0) return blocked(inTheWay, inverse);
  const entry = current.find((each) => each.id === id);
  if (!entry)
    return { kind: "blocked", blockedBy: [], reason: `The entry ${id} is not there any more.` };
  const drifted = inverse.fields.filter(
    ({ field, after }) => !isLetterEqual(entry.values[field], after),
  );
  if (drifted.length > 0) {
    const names = drifted.map(({ field }) => field).join(", ");
    return {
      kind: "blocked",
      blockedBy: [],
      reason: `Somebody changed ${names} of ${id} since, outside of any decision.`,
    };
  }
  if (inverse.kind === "create") return { kind: "undone", writes: [], remove: id };
  return {
    kind: "undone",
    writes: inverse.fields.length ? [backTo(id, inverse.fields)] : [],
    ...(inverse.kind === "merge" ? { unmerge: { from: inverse.from, into: id } } : {}),
  };
}

/** Whether a later write stands in the way: an entry is removed or merged as a whole, else field by field. */
function stands(
  { field, initiativeId }: LaterWrite,
  inverse: Exclude<Inverse, { kind: "nothing" }>,
  id: InitiativeId,
): boolean {
  const ids: InitiativeId[] = inverse.kind === "merge" ? [inverse.from, id] : [id];
  if (initiativeId !== undefined && !ids.includes(initiativeId)) return false;
  if (inverse.kind === "create" || field === "merge") return true;
  // What was written to the entry that went away cannot be told apart once it stands again.
  if (inverse.kind === "merge" && initiativeId === inverse.from) return true;
  return inverse.fields.some((write) => write.field === field);
}

function blocked(writes: LaterWrite[], inverse: Inverse): UndoOutcome {
  const blockedBy = [...new Set(writes.map(({ decisionId }) => decisionId))];
  const fields = [...new Set(writes.map(({ field }) => field))].toSorted();
  const what =
    inverse.kind === "create"
      ? "the entry it made"
      : fields.map((field) => (field === "merge" ? "the pair" : field)).join(", ");
  const whose = blockedBy.length === 1 ? "A later decision" : `${blockedBy.length} later decisions`;
  return { kind: "blocked", blockedBy, reason: `${whose} changed ${what}: undo that first.` };
}

function backTo(initiativeId: InitiativeId, fields: FieldWrite[]) {
  const known = fields.filter(({ before }) => before !== undefined);
  return {
    initiativeId,
    values: Object.fromEntries(known.map(({ field, before }) => [field, before])) as PartialValues,
    unset: fields.filter(({ before }) => before === undefined).map(({ field }) => field),
  };
}

const isLetterEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
