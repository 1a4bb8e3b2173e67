import type { FieldDelta, ProposedChange, Suppression } from "@waymark/domain";

/** A change in a line, for tests that read as sentences: `update funders +Willow Fund`. */
export const asLine = ({ kind, fields, other, freshness }: ProposedChange): string =>
  [kind, fields.map(deltaLine).join("; "), other?.id, freshness?.step].filter(Boolean).join(" ");

export const asLines = (changes: ProposedChange[]): string[] => changes.map(asLine);

export const rulesOf = (suppressions: Suppression[]): string[] =>
  [
    ...new Set(suppressions.map(({ rule, field }) => (field ? `${rule} ${field}` : rule))),
  ].toSorted();

function deltaLine({ field, old, new: next, added, removed }: FieldDelta): string {
  if (!added && !removed) return `${field} ${old} → ${next}`;
  const signs = [
    ...(added ?? []).map((each) => `+${each}`),
    ...(removed ?? []).map((each) => `-${each}`),
  ];
  return [field, ...signs].join(" ");
}
