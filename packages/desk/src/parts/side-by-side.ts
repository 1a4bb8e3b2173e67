import { type Field, type FieldValue, fields, type InitiativeValues } from "@waymark/domain";
import { outsideLink } from "./address.ts";
import { showValue } from "./delta.ts";
import { type Html, html } from "./html.ts";
import { fieldLabels } from "./labels.ts";
import { table } from "./table.ts";
import { markOwnWords } from "./word-diff.ts";

/** What either of two records says, field by field; what only one of them says is marked. */
export function sideBySide(
  caption: string,
  one: { name: string; values: Partial<InitiativeValues> },
  other: { name: string; values: Partial<InitiativeValues> },
): Html {
  const told = fields.filter((field) => isTold(one.values[field]) || isTold(other.values[field]));
  return table({
    caption,
    isEven: true,
    columns: ["Field", { name: one.name, wide: true }, { name: other.name, wide: true }],
    rows: told.map((field) => [
      html`<strong>${fieldLabels[field]}</strong>`,
      ...showBoth(field, one.values[field], other.values[field]),
    ]),
  });
}

type Value = FieldValue | undefined;

const isTold = (value: Value): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== undefined && value !== null && value !== "";

function showBoth(field: Field, one: Value, other: Value): [Html, Html] {
  if (!isTold(one) || !isTold(other)) return [showValue(field, one), showValue(field, other)];
  if (Array.isArray(one) && Array.isArray(other))
    return [showMembers(one, other), showMembers(other, one)];
  const [a, b] = [String(one), String(other)];
  if (a === b) return [showValue(field, a), showValue(field, b)];
  const marked: [Html, Html] = [markOwnWords(a, b), markOwnWords(b, a)];
  return field === "url" ? [outsideLink(a, marked[0]), outsideLink(b, marked[1])] : marked;
}

const showMembers = (own: string[], others: string[]): Html =>
  html`<ul class="chips">${own.map((member) => html`<li class="chip">${others.includes(member) ? member : html`<strong class="only">${member}</strong>`}</li>`)}</ul>`;
