import type { Initiative, InitiativeId, Inverse } from "@waymark/domain";
import { type LaterMerge, undoMerge } from "./undo-merge.ts";
import { backTo, blocked, drifted, type LaterWrite, type UndoOutcome } from "./undo-outcome.ts";

/**
 * Takes a decision back, also after later ones. Where one of those wrote to the same field, or merged the
 * entry on, nothing is written and the decisions that stand in the way are named: undo them first.
 */
export function undoDecision({
  inverse,
  current,
  laterWrites,
  laterMerges = [],
}: {
  inverse: Inverse;
  /** The entries concerned as they stand. */
  current: Initiative[];
  laterWrites: LaterWrite[];
  /** The standing merges since, into the entry that stayed and on. */
  laterMerges?: LaterMerge[];
}): UndoOutcome {
  switch (inverse.kind) {
    case "nothing":
      return { kind: "undone", writes: [] };
    case "merge":
      return undoMerge({ inverse, current, laterWrites, laterMerges });
    case "split":
      return undoSplit(inverse, current, laterWrites);
    case "create":
    case "write":
      return undoWrite(inverse, current, laterWrites);
  }
}

function undoWrite(
  inverse: Extract<Inverse, { kind: "create" | "write" }>,
  current: Initiative[],
  laterWrites: LaterWrite[],
): UndoOutcome {
  const { initiativeId: id, fields } = inverse;
  const inTheWay = laterWrites
    .filter(({ initiativeId }) => initiativeId === undefined || initiativeId === id)
    .filter(
      ({ field }) =>
        // An entry is removed or merged as a whole; else it is field by field.
        inverse.kind === "create" || field === "merge" || fields.some((one) => one.field === field),
    );
  const obstacle = obstacleOf(id, { inverse, current, inTheWay });
  if (obstacle) return obstacle;
  if (inverse.kind === "create") return { kind: "undone", writes: [], remove: id };
  return { kind: "undone", writes: fields.length ? [backTo(id, fields)] : [] };
}

/** Mentions come back; an entry that was made of them goes, unless it was decided on since. */
function undoSplit(
  inverse: Extract<Inverse, { kind: "split" }>,
  current: Initiative[],
  laterWrites: LaterWrite[],
): UndoOutcome {
  const { from, into, mentionIds } = inverse;
  const inTheWay = laterWrites.filter(
    ({ field, initiativeId }) =>
      field === "mentions" || field === "merge" || (into !== undefined && initiativeId === into),
  );
  const obstacle = obstacleOf(into ?? from, { inverse, current, inTheWay });
  if (obstacle) return obstacle;
  return {
    kind: "undone",
    writes: [],
    unsplit: { from, mentionIds },
    ...(into === undefined ? {} : { remove: into }),
  };
}

function obstacleOf(
  id: InitiativeId,
  {
    inverse,
    current,
    inTheWay,
  }: {
    inverse: Exclude<Inverse, { kind: "nothing" }>;
    current: Initiative[];
    inTheWay: LaterWrite[];
  },
): UndoOutcome | undefined {
  if (inTheWay.length > 0) return blocked(inTheWay, inverse);
  const entry = current.find((each) => each.id === id);
  if (!entry)
    return { kind: "blocked", blockedBy: [], reason: `The entry ${id} is not there any more.` };
  const lost = inverse.fields.filter(
    ({ field, after }) => JSON.stringify(entry.values[field]) !== JSON.stringify(after),
  );
  return lost.length > 0 ? drifted(id, lost) : undefined;
}
