import type { ChangeKind, Field } from "@waymark/domain";

// What it costs readers when the catalog is wrong here: a lost address or a dead effort most.
const fieldWeights: Record<Field, number> = {
  name: 0.9,
  url: 0.9,
  status: 1,
  end: 0.6,
  leadOrganization: 0.8,
  funders: 0.7,
  partners: 0.4,
  states: 0.5,
  start: 0.3,
  kind: 0.3,
  description: 0.2,
  topics: 0.2,
  aliases: 0.2,
  acronym: 0.2,
};
const kindWeights: Record<ChangeKind, number> = {
  new: 0.75,
  update: 0,
  duplicate: 0.85,
  stale: 0.7,
  ended: 1,
  split: 0.85,
};

/**
 * Where a change stands in the queue: weight of its weightiest field or of its kind × confidence × age.
 * What has been known for a while comes up slowly, at most by half, so that nothing waits for ever.
 */
export function priorityOf({
  kind,
  fields,
  confidence,
  knownDays,
}: {
  kind: ChangeKind;
  fields: Field[];
  confidence: number;
  knownDays: number;
}): number {
  const weight = Math.max(
    kindWeights[kind],
    ...fields.map((field) => (kind === "new" ? 0 : fieldWeights[field])),
  );
  const age = 1 + Math.min(1, Math.max(0, knownDays) / 30) / 2;
  return Math.round(weight * confidence * age * 1000) / 1000;
}
