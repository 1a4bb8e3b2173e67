import { z } from "zod";
import { InitiativeId } from "./ids.ts";
import { PartialDate } from "./partial-date.ts";

export const InitiativeKind = z.enum([
  "initiative",
  "state-program",
  "alliance",
  "network",
  "platform",
  "standard",
  "funder",
  "policy",
]);
export type InitiativeKind = z.infer<typeof InitiativeKind>;

export const InitiativeStatus = z.enum(["planned", "active", "ended"]);
export type InitiativeStatus = z.infer<typeof InitiativeStatus>;

/**
 * What an entry of the catalog says. `null` is "there is none"; an absent field is "we do not know".
 * States are two-letter codes (territories too); other nations are ISO country names.
 */
export const InitiativeValues = z.object({
  name: z.string().min(1).max(400),
  aliases: z.array(z.string()).optional(),
  acronym: z.string().nullable().optional(),
  url: z.string().nullable().optional(),
  kind: InitiativeKind.optional(),
  description: z.string().nullable().optional(),
  leadOrganization: z.string().nullable().optional(),
  funders: z.array(z.string()).optional(),
  partners: z.array(z.string()).optional(),
  states: z.array(z.string()).optional(),
  start: PartialDate.nullable().optional(),
  end: PartialDate.nullable().optional(),
  status: InitiativeStatus.optional(),
  topics: z.array(z.string()).optional(),
});
export type InitiativeValues = z.infer<typeof InitiativeValues>;

/** The fields in the order of the catalog's columns. */
export const fields = [
  "name",
  "aliases",
  "acronym",
  "url",
  "kind",
  "description",
  "leadOrganization",
  "funders",
  "partners",
  "states",
  "start",
  "end",
  "status",
  "topics",
] as const satisfies readonly (keyof InitiativeValues)[];
export const Field = z.enum(fields);
export type Field = z.infer<typeof Field>;

/** Fields that hold a set of values; all others hold one. */
export const setFields = ["aliases", "funders", "partners", "states", "topics"] as const;
export type SetField = (typeof setFields)[number];
export const isSetField = (field: Field): field is SetField =>
  (setFields as readonly string[]).includes(field);

/**
 * A field's name in files, exports and tables: `leadOrganization` → `lead_organization`. What evidence
 * proves besides fields (`relation`, `sign`, `event`, `grant`) is called the same everywhere.
 */
export const columnOf = (field: string): string =>
  field === "leadOrganization" ? "lead_organization" : field;

/** The field of a column's name, or undefined when the catalog has no such column. */
export const fieldOf = (column: string): Field | undefined =>
  fields.find((field) => columnOf(field) === column);

/** An entry of the catalog: the sum of its decisions. */
export const Initiative = z.object({
  id: InitiativeId,
  values: InitiativeValues,
  /** Raised by every write; a decision names the version it was made on. */
  version: z.number().int(),
  /** Set when this entry was merged into another one. */
  mergedInto: InitiativeId.optional(),
});
export type Initiative = z.infer<typeof Initiative>;
