import {
  columnOf,
  type Field,
  type FieldValue,
  fieldOf,
  fields,
  InitiativeKind,
  InitiativeValues,
  isSetField,
} from "@waymark/domain";
import { fieldLabels } from "../parts/labels.ts";

/** The kinds of entry as the protocol's types. */
export const types = InitiativeKind.options.map((kind) => ({
  id: kind as string,
  name: kind.replace("-", " ").replace(/^\w/, (letter) => letter.toUpperCase()),
}));

/** The fields of an entry as the protocol's properties, under the names that files give them. */
export const properties = fields.map((field) => ({
  id: columnOf(field),
  name: fieldLabels[field],
}));

/** The types of an entry. */
export const typesOf = ({ kind }: InitiativeValues) =>
  types.filter(({ id }) => id === (kind ?? "initiative"));

/**
 * The values that a query gives, as far as they can be read; what is no value of its field is no evidence.
 * Whatever a list holds in one text is parted at its bars.
 */
export function readValues(
  name: string,
  given: { pid: string; texts: string[] }[],
): InitiativeValues {
  const values: { [field in Field]?: unknown } = {};
  for (const { pid, texts } of given) {
    const field = fieldOf(pid);
    const written = texts.map((text) => text.trim()).filter(Boolean);
    if (field && written.length > 0) values[field] = readField(field, written);
  }
  const told = { ...values, name: name || String(values.name ?? "") };
  const usable = Object.entries(told).filter(([field, value]) => {
    if (field === "name") return true;
    return InitiativeValues.shape[field as Field].safeParse(value).success;
  });
  return Object.fromEntries(usable) as InitiativeValues;
}

const readField = (field: Field, texts: string[]): string | string[] =>
  isSetField(field)
    ? texts.flatMap((text) => text.split("|").map((member) => member.trim())).filter(Boolean)
    : texts[0]!;

/** A value as the protocol's cells: one a member. */
export const cellsOf = (value: FieldValue | undefined): { str: string }[] =>
  (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(
    (str) => ({ str }),
  );
