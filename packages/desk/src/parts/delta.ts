import type { Field, FieldDelta, FieldValue } from "@waymark/domain";
import { outsideLink } from "./address.ts";
import { type Html, html } from "./html.ts";
import { fieldLabels } from "./labels.ts";
import { wordDiff } from "./word-diff.ts";

/** Fields of a change, old → new; for an effort that is new, only what it would be. */
export const deltaList = (deltas: FieldDelta[], { isNew = false } = {}): Html =>
  html`<dl class="deltas">${deltas.map(
    (delta) =>
      html`<div class="delta"><dt>${fieldLabels[delta.field]}</dt><dd>${isNew && isNone(delta.old) ? showValue(delta.field, delta.new) : showDelta(delta)}</dd></div>`,
  )}</dl>`;

function showDelta({ field, old, new: next, added, removed }: FieldDelta): Html {
  if (Array.isArray(next) || Array.isArray(old)) return showMembers(old, next, added, removed);
  if (isNone(old))
    return html`<span class="from-to"><span class="muted">none</span><span class="arrow" aria-hidden="true">→</span><span class="visually-hidden"> becomes </span><ins>${showValue(field, next)}</ins></span>`;
  if (isNone(next))
    return html`<del>${showValue(field, old)}</del><span class="visually-hidden"> is taken away</span>`;
  const diff = field === "description" ? wordDiff(String(old), String(next)) : undefined;
  if (diff) return html`<span class="prose-diff">${diff}</span>`;
  const isLong = String(old).length + String(next).length > 90;
  return html`<span class="from-to${isLong && " long"}"><del>${showValue(field, old)}</del><span class="arrow" aria-hidden="true">→</span><span class="visually-hidden"> becomes </span><ins>${showValue(field, next)}</ins></span>`;
}

function showMembers(
  old: FieldValue,
  next: FieldValue,
  addedGiven: string[] | undefined,
  removedGiven: string[] | undefined,
): Html {
  const before = membersOf(old);
  const after = membersOf(next);
  const added = addedGiven ?? after.filter((member) => !before.includes(member));
  const removed = removedGiven ?? before.filter((member) => !after.includes(member));
  const kept = after.filter((member) => !added.includes(member));
  return html`<ul class="chips">
${added.map((member) => html`<li class="chip added"><ins><span aria-hidden="true">+</span><span class="visually-hidden">added: </span> ${member}</ins></li>`)}
${removed.map((member) => html`<li class="chip removed"><del><span aria-hidden="true">−</span><span class="visually-hidden">removed: </span> ${member}</del></li>`)}
${kept.map((member) => html`<li class="chip">${member}</li>`)}
</ul>`;
}

/** A value as it stands: addresses as links, sets as chips, nothing as a word for it. */
export function showValue(field: Field, value: FieldValue | undefined): Html {
  if (value === undefined) return html`<span class="muted">not known</span>`;
  if (isNone(value)) return html`<span class="muted">none</span>`;
  if (Array.isArray(value))
    return html`<ul class="chips">${value.map((member) => html`<li class="chip">${member}</li>`)}</ul>`;
  if (field === "url") return outsideLink(String(value));
  return html`${String(value)}`;
}

const isNone = (value: FieldValue | undefined): boolean =>
  value === null ||
  value === undefined ||
  value === "" ||
  (Array.isArray(value) && value.length === 0);

const membersOf = (value: FieldValue): string[] =>
  Array.isArray(value) ? value : value === null ? [] : [value];
