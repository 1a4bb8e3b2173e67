import type { ChangeEvidence, Field, FieldDelta, FieldValue } from "@waymark/domain";
import type { Voice } from "./voice.ts";

/** That one voice says a field of the catalog is no longer so. */
export type Claim = {
  field: Field;
  voice: Voice;
  delta: FieldDelta;
  certainty: number;
  evidence: ChangeEvidence[];
  /** A sentence: why this voice is believed. */
  reason: string;
};

/** What a voice says differently, and the rule by which it is not believed for now. */
export type Doubt = Claim & { rule: string };

/** What the fields of a mention become in comparisons with the catalog. */
export const asFieldValue = (value: unknown): FieldValue | undefined =>
  value === undefined || value === null || typeof value === "string" || Array.isArray(value)
    ? (value as FieldValue | undefined)
    : undefined;
