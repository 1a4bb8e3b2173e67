import {
  type FieldValue,
  type FieldWrite,
  type Initiative,
  type InitiativeId,
  isSetField,
} from "@waymark/domain";
import { asFieldValue } from "./claim.ts";
import { membersOf, without } from "./same-value.ts";
import {
  backTo,
  blocked,
  drifted,
  type LaterWrite,
  type MergeInverse,
  type UndoOutcome,
} from "./undo-outcome.ts";

/** A merge that a later decision made and that stands: its inverse, and the entry that went as it is now. */
export type LaterMerge = { decisionId: string; inverse: MergeInverse; from: Initiative };

/**
 * Takes a merge back, also from under later ones: as if it had never been, so that what came with it leaves
 * the entry that stayed, and every entry that this one was merged into since; the inverses of the later
 * merges are written anew without it. What stands in the way is named: a later decision on a field that
 * came with it, or another entry that brought the same since, which cannot be told apart.
 */
export function undoMerge({
  inverse,
  current,
  laterWrites,
  laterMerges,
}: {
  inverse: MergeInverse;
  current: Initiative[];
  laterWrites: LaterWrite[];
  laterMerges: LaterMerge[];
}): UndoOutcome {
  const steps = stepsUp(inverse, laterMerges);
  const obstacle = obstacleOf(steps, { inverse, current, laterWrites, laterMerges });
  if (obstacle) return obstacle;
  return {
    kind: "undone",
    writes: steps.flatMap(({ id, gone }) => {
      if (gone.length === 0) return [];
      const { values } = current.find((entry) => entry.id === id)!;
      return [
        backTo(
          id,
          gone.map((each) => taken(each, asFieldValue(values[each.field]))),
        ),
      ];
    }),
    rebased: rebase(steps, laterMerges),
    unmerge: { from: inverse.from, into: steps.at(-1)!.id },
  };
}

/**
 * What came with the entry that went to one that stayed. For a set, the members; `before` is what stood
 * there, which is unknown when the field is absent.
 */
type Gone = FieldWrite & { members: string[] };

/** An entry on the way from the one that stayed to the one that all of them are in now. */
type StepUp = {
  id: InitiativeId;
  gone: Gone[];
  /** The decision that brought it here; later ones alone count. */
  since: number;
};

function stepsUp(inverse: MergeInverse, laterMerges: LaterMerge[]): StepUp[] {
  const steps: StepUp[] = [{ id: inverse.into, gone: inverse.fields.map(toGone), since: 0 }];
  for (;;) {
    const { id, gone } = steps.at(-1)!;
    const up = laterMerges.find((merge) => merge.inverse.from === id);
    if (!up) return steps;
    steps.push({
      id: up.inverse.into,
      gone: up.inverse.fields.flatMap((write) => passedOn(write, gone)),
      since: Number(up.decisionId),
    });
  }
}

const toGone = (write: FieldWrite): Gone => ({
  ...write,
  members: isSetField(write.field) ? addedBy(write) : [],
});

const addedBy = ({ field, before, after }: FieldWrite): string[] =>
  without(field, membersOf(after), membersOf(before));

/** What of it a later merge carried on to the next entry. */
function passedOn(write: FieldWrite, gone: Gone[]): Gone[] {
  const came = gone.find(({ field }) => field === write.field);
  if (!came) return [];
  if (!isSetField(write.field))
    return isLetterEqual(write.after, came.after) ? [{ ...write, members: [] }] : [];
  const added = addedBy(write);
  const members = without(write.field, added, without(write.field, added, came.members));
  return members.length > 0 ? [{ ...write, members }] : [];
}

function obstacleOf(
  steps: StepUp[],
  { inverse, current, laterWrites, laterMerges }: Parameters<typeof undoMerge>[0],
): UndoOutcome | undefined {
  const known = new Set(laterMerges.map(({ decisionId }) => decisionId));
  const others = laterWrites.filter(({ decisionId }) => !known.has(decisionId));
  const inTheWay = others.filter(
    ({ field, initiativeId, decisionId }) =>
      // What was written to the entry that went away cannot be told apart once it stands again.
      initiativeId === inverse.from ||
      steps.some(
        ({ id, gone, since }) =>
          (initiativeId === undefined || initiativeId === id) &&
          !(Number(decisionId) <= since) &&
          (field === "merge" || field === "mentions" || gone.some((each) => each.field === field)),
      ),
  );
  if (inTheWay.length > 0) return blocked(inTheWay, inverse);
  for (const { id, gone, since } of steps) {
    const entry = current.find((each) => each.id === id);
    if (!entry)
      return { kind: "blocked", blockedBy: [], reason: `The entry ${id} is not there any more.` };
    const rivals = laterMerges.filter(
      (merge) => merge.inverse.into === id && Number(merge.decisionId) > since,
    );
    for (const { decisionId, from } of rivals) {
      const shared = gone.filter((each) => brings(from, each));
      if (shared.length > 0) {
        const names = shared.map(({ field }) => field).join(", ");
        return {
          kind: "blocked",
          blockedBy: [decisionId],
          reason: `${from.values.name} (${from.id}), which was merged since, brought ${names} too: undo that first.`,
        };
      }
    }
    const lost = gone.filter((each) => !isThere(each, asFieldValue(entry.values[each.field])));
    if (lost.length > 0) return drifted(id, lost);
  }
  return undefined;
}

/** Whether an entry holds what came: of a set one of the members, else any value. */
function brings({ values }: Initiative, { field, members }: Gone): boolean {
  const held = field === "aliases" ? [values.name, ...membersOf(values.aliases)] : values[field];
  if (!isSetField(field)) return held !== undefined && held !== null;
  return without(field, members, membersOf(asFieldValue(held))).length < members.length;
}

const isThere = ({ field, after, members }: Gone, standing: FieldValue | undefined): boolean =>
  isSetField(field)
    ? members.every((member) => membersOf(standing).includes(member))
    : isLetterEqual(standing, after);

/** The field as it stands now becomes what it were without what came. */
function taken(gone: Gone, standing: FieldValue | undefined): FieldWrite {
  const before =
    isLetterEqual(standing, gone.after) && isWhole(gone) ? gone.before : stripped(standing, gone);
  return { field: gone.field, ...(before === undefined ? {} : { before }) };
}

/** Whether all that its decision added is to go, so that what stood before stands again. */
const isWhole = (gone: Gone): boolean =>
  !isSetField(gone.field) || addedBy(gone).length === gone.members.length;

/** A set without the members that came; where nothing was known before and nothing is left, unknown again. */
function stripped(value: FieldValue | undefined, gone: Gone): FieldValue | undefined {
  if (!isSetField(gone.field)) return gone.before;
  const left = membersOf(value).filter((member) => !gone.members.includes(member));
  return left.length === 0 && gone.before === undefined ? undefined : left;
}

/** The inverses of later merges, as if what came had never been there. */
function rebase(
  steps: StepUp[],
  laterMerges: LaterMerge[],
): { decisionId: string; inverse: MergeInverse }[] {
  return laterMerges.flatMap(({ decisionId, inverse }) => {
    const step = steps.find(({ id }) => id === inverse.into);
    if (!step || Number(decisionId) < step.since) return [];
    const fields = inverse.fields.flatMap((write): FieldWrite[] => {
      const gone = step.gone.find(({ field }) => field === write.field);
      if (!gone) return [write];
      if (!isSetField(write.field)) return [];
      const [before, after] = [write.before, write.after].map((side) =>
        side === undefined ? undefined : stripped(side, gone),
      );
      if (isLetterEqual(before, after)) return [];
      return [
        {
          field: write.field,
          ...(before === undefined ? {} : { before }),
          ...(after === undefined ? {} : { after }),
        },
      ];
    });
    return [{ decisionId, inverse: { ...inverse, fields } }];
  });
}

const isLetterEqual = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
