import { createHash } from "node:crypto";
import { type ChangeKind, type Effort, type FieldDelta, isSetField } from "@waymark/domain";
import { valueKey } from "./same-value.ts";

/**
 * A short name for a proposal: the same kind of change of the same effort with the same deltas has the
 * same one, whatever the order and the spelling. A set counts by what comes and goes, so that another
 * member joining elsewhere does not turn a rejected proposal into a fresh one. `about` stands for what
 * has no delta: the other entry of a pair, the reason of staleness.
 */
export function fingerprintOf({
  kind,
  effort,
  deltas = [],
  about = "",
}: {
  kind: ChangeKind;
  effort: Effort;
  deltas?: FieldDelta[];
  about?: string;
}): string {
  const id = "initiativeId" in effort ? effort.initiativeId : effort.clusterId;
  const parts = deltas.map(deltaKey).sort();
  const text = JSON.stringify([kind, id, parts, about]);
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}

function deltaKey(delta: FieldDelta): string {
  const { field } = delta;
  if (!isSetField(field)) return JSON.stringify([field, keyOf(delta.old), keyOf(delta.new)]);
  const keys = (members: string[] = []) => members.map((member) => valueKey(field, member)).sort();
  return JSON.stringify([field, keys(delta.added), keys(delta.removed)]);

  function keyOf(value: FieldDelta["old"]): string | null {
    if (value === null) return null;
    return valueKey(field, Array.isArray(value) ? value.join(" ") : value);
  }
}
