import { z } from "zod";
import { FieldValue } from "./change.ts";
import { InitiativeId, MentionId } from "./ids.ts";
import { Field } from "./initiative.ts";

/** One field a decision wrote: an absent `before` was unknown, an absent `after` became so. */
export const FieldWrite = z.object({
  field: Field,
  before: FieldValue.optional(),
  after: FieldValue.optional(),
});
export type FieldWrite = z.infer<typeof FieldWrite>;

/** What takes a decision back: stored with it as JSON, read again when somebody undoes it. */
export const Inverse = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nothing") }),
  z.object({ kind: z.literal("create"), initiativeId: InitiativeId, fields: z.array(FieldWrite) }),
  z.object({ kind: z.literal("write"), initiativeId: InitiativeId, fields: z.array(FieldWrite) }),
  z.object({
    kind: z.literal("merge"),
    from: InitiativeId,
    into: InitiativeId,
    /** What the merge wrote to the entry that stays. */
    fields: z.array(FieldWrite),
  }),
  z.object({
    kind: z.literal("split"),
    from: InitiativeId,
    /** The entry that was made of the mentions; without it, they became an unseen effort again. */
    into: InitiativeId.optional(),
    mentionIds: z.array(MentionId),
    /** What was written to that entry. */
    fields: z.array(FieldWrite),
  }),
]);
export type Inverse = z.infer<typeof Inverse>;
