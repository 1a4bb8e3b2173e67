import {
  fields as allFields,
  BadInput,
  type Change,
  type DecisionVerdict,
  type Field,
  type FieldDelta,
  type FieldValue,
  type FieldWrite,
  type Initiative,
  type InitiativeId,
  InitiativeValues,
  type Inverse,
  isSetField,
  type MentionId,
} from "@waymark/domain";
import { asFieldValue } from "./claim.ts";
import { fold } from "./fold.ts";
import { inOrder } from "./pair.ts";
import { membersOf, sameValue, without } from "./same-value.ts";

/** Some values of an entry, by field. */
export type PartialValues = Partial<InitiativeValues>;

/**
 * What a decision writes. `values` holds only the fields that change and `before` what they held; a field
 * of `values` that `before` lacks was unknown. `kept` names the fields where a curator's later edit stood
 * against the change and stayed. `inverse` is stored with the decision.
 */
export type DecisionOutcome =
  | { kind: "none"; kept: Field[]; inverse: Inverse }
  | { kind: "create"; initiativeId: InitiativeId; values: InitiativeValues; inverse: Inverse }
  | {
      kind: "write";
      initiativeId: InitiativeId;
      values: PartialValues;
      before: PartialValues;
      kept: Field[];
      inverse: Inverse;
    }
  | {
      kind: "merge";
      from: InitiativeId;
      into: InitiativeId;
      values: PartialValues;
      before: PartialValues;
      inverse: Inverse;
    }
  | {
      kind: "split";
      from: InitiativeId;
      mentionIds: MentionId[];
      /** The entry that the mentions become; without it, they are an unseen effort again. */
      into?: { id: InitiativeId; values: InitiativeValues };
      inverse: Inverse;
    };

/** A change, what was said to it, and the entries it touches as they stand at that moment. */
export type DecisionInput = {
  change: Pick<Change, "kind" | "fields" | "title" | "other" | "mentionIds">;
  verdict: DecisionVerdict;
  /** The entry the change is about; undefined for `new`. */
  initiative: Initiative | undefined;
  /** For `duplicate`: the other entry of the pair. */
  other: Initiative | undefined;
  /** Which of the pair stays; the one with the lesser id where nobody said. */
  stays?: InitiativeId | undefined;
  /** The id that an entry made by this decision gets. */
  newId: InitiativeId;
  /** What the curator wrote over the proposal: these values count whatever stands. */
  edits?: PartialValues | undefined;
};

/**
 * What accepting or rejecting a change comes to. Three-way: a field that a curator changed since the
 * proposal keeps the curator's value, and sets gain and lose only the members the change names.
 */
export function applyDecision(input: DecisionInput): DecisionOutcome {
  if (input.verdict === "reject") return { kind: "none", kept: [], inverse: { kind: "nothing" } };
  switch (input.change.kind) {
    case "new":
      return create(input);
    case "duplicate":
      return merge(input);
    case "split":
      return split(input);
    case "update":
    case "ended":
    case "stale":
      return write(input);
  }
}

function create({ change, newId, edits = {} }: DecisionInput): DecisionOutcome {
  const values = proposedValues(change, edits);
  const fields = writesFor({}, values);
  return {
    kind: "create",
    initiativeId: newId,
    values,
    inverse: { kind: "create", initiativeId: newId, fields },
  };
}

/** What an entry that does not exist yet would hold. */
function proposedValues({ fields }: Pick<Change, "fields">, edits: PartialValues) {
  const proposed = Object.fromEntries(fields.map((delta) => [delta.field, delta.new]));
  return InitiativeValues.parse(withoutUnknown({ ...proposed, ...edits }));
}

function write({ change, initiative, edits = {} }: DecisionInput): DecisionOutcome {
  if (!initiative) throw new BadInput(`the entry of the change "${change.title}" is not given`);
  const kept: Field[] = [];
  const next: PartialValues = {};
  for (const delta of change.fields) {
    if (edits[delta.field] !== undefined) continue;
    const settled = settle(delta, asFieldValue(initiative.values[delta.field]));
    if (settled === "kept") kept.push(delta.field);
    else set(next, delta.field, settled);
  }
  Object.assign(next, withoutUnknown(edits));
  const fields = writesFor(initiative.values, next);
  if (fields.length === 0) return { kind: "none", kept, inverse: { kind: "nothing" } };
  return {
    kind: "write",
    initiativeId: initiative.id,
    values: checked(initiative, pick(fields, "after")),
    before: pick(fields, "before"),
    kept,
    inverse: { kind: "write", initiativeId: initiative.id, fields },
  };
}

/** What a delta makes of what stands now, or `kept` when somebody made something else of it meanwhile. */
function settle(delta: FieldDelta, standing: FieldValue | undefined): FieldValue | "kept" {
  const { field } = delta;
  if (isSetField(field)) {
    const held = membersOf(standing);
    const added = without(field, delta.added ?? membersOf(delta.new), held);
    return [...without(field, held, delta.removed ?? []), ...added];
  }
  if (sameValue(field, standing, delta.old) || sameValue(field, standing, delta.new)) {
    return delta.new;
  }
  return "kept";
}

function merge({ change, initiative, other, ...said }: DecisionInput): DecisionOutcome {
  if (!initiative || !other) {
    throw new BadInput(`the change "${change.title}" needs both entries of the pair`);
  }
  if (initiative.id === other.id) throw new BadInput(`${other.id} cannot be merged into itself`);
  // Whichever side asked: the greater id goes, the lesser stays.
  const stays = said.stays ?? inOrder(initiative.id, other.id).stays;
  const [from, into] = stays === other.id ? [initiative, other] : [other, initiative];
  const edits = withoutUnknown(said.edits ?? {});
  const fields = writesFor(into.values, { ...joined(from, into), ...edits });
  return {
    kind: "merge",
    from: from.id,
    into: into.id,
    values: checked(into, pick(fields, "after")),
    before: pick(fields, "before"),
    inverse: { kind: "merge", from: from.id, into: into.id, fields },
  };
}

/** Mentions leave an entry; where the change says what they tell of, that becomes an entry of its own. */
function split({ change, initiative, newId, edits = {} }: DecisionInput): DecisionOutcome {
  const { mentionIds = [], title } = change;
  if (!initiative || mentionIds.length === 0)
    throw new BadInput(`the change "${title}" needs an entry and the mentions that leave it`);
  const outcome = { kind: "split" as const, from: initiative.id, mentionIds };
  const inverse = { ...outcome, fields: [] };
  if (change.fields.length === 0) return { ...outcome, inverse };
  const values = proposedValues(change, edits);
  return {
    ...outcome,
    into: { id: newId, values },
    inverse: { ...inverse, into: newId, fields: writesFor({}, values) },
  };
}

/** The entry that stays keeps its values, gains what it lacks, and answers to the other's names too. */
function joined({ values: from }: Initiative, { values: into }: Initiative): PartialValues {
  const next: PartialValues = {};
  for (const field of allFields) {
    if (field === "name") continue;
    const [given, held] = [asFieldValue(from[field]), asFieldValue(into[field])];
    if (isSetField(field)) {
      const given_ = field === "aliases" ? [from.name, ...membersOf(given)] : membersOf(given);
      const names = field === "aliases" ? [into.name] : [];
      const added = without(field, given_, [...membersOf(held), ...names]);
      if (added.length) set(next, field, [...membersOf(held), ...distinct(added)]);
    } else if ((held === undefined || held === null) && given !== undefined && given !== null) {
      set(next, field, given);
    }
  }
  return next;
}

const distinct = (members: string[]): string[] =>
  members.filter((member, n) => members.findIndex((each) => fold(each) === fold(member)) === n);

const withoutUnknown = (values: object): PartialValues =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

function set(values: PartialValues, field: Field, value: FieldValue): void {
  Object.assign(values, { [field]: value });
}

/** The fields where the next values differ, to the letter, from those that stand. */
function writesFor(standing: PartialValues, next: PartialValues): FieldWrite[] {
  return allFields.flatMap((field) => {
    if (!(field in next)) return [];
    const [before, after] = [asFieldValue(standing[field]), asFieldValue(next[field])];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    return [
      {
        field,
        ...(before === undefined ? {} : { before }),
        ...(after === undefined ? {} : { after }),
      },
    ];
  });
}

const pick = (fields: FieldWrite[], side: "before" | "after"): PartialValues =>
  Object.fromEntries(
    fields.filter((each) => each[side] !== undefined).map((each) => [each.field, each[side]]),
  );

/** Refuses what no entry may hold, such as an edit that empties the name. */
function checked(initiative: Initiative, values: PartialValues): PartialValues {
  const result = InitiativeValues.safeParse({ ...initiative.values, ...values });
  if (result.success) return values;
  const [issue] = result.error.issues;
  throw new BadInput(
    `${issue?.path.join(".")} of ${initiative.id} cannot be written: ${issue?.message}`,
  );
}
