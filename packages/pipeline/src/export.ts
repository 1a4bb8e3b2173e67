import { type Change, columnOf, type FieldValue } from "@waymark/domain";
import type { StoredSuppression } from "@waymark/store";

/** A line of `changes export`: the contract that programs read (DESIGN §10). */
export type ExportedChange = {
  id: string;
  kind: Change["kind"];
  initiative: { id: string; name: string; url: string | null };
  fields: { [column: string]: { old: FieldValue; new: FieldValue } };
  other: { id: string; name: string } | null;
  evidence: ExportedEvidence[];
  confidence: number;
  state: Change["state"];
};
type ExportedEvidence =
  | { url: string; field: string; quote: string }
  | { url: string; quote: ""; outcome: string; at: string; status?: number; error?: string };

/** A change as one line of JSON tells it. */
export function exportChange(change: Change): ExportedChange {
  return {
    id: change.id,
    ...exportProposal(change),
    initiative: {
      id: change.initiativeId ?? change.clusterId ?? "",
      name: change.title,
      url: change.url,
    },
    other: change.other,
    state: change.state,
  };
}

/** A suppression likewise, with the rule that held it back. */
export function exportSuppression(suppression: StoredSuppression) {
  return {
    ...exportProposal(suppression),
    initiative: { id: suppression.effort, name: suppression.title, url: suppression.url },
    other: null,
    rule: suppression.rule,
    reason: suppression.reason,
    times: suppression.times,
    first: suppression.firstAt.toISOString(),
    last: suppression.lastAt.toISOString(),
  };
}

const exportProposal = (
  proposal: Pick<Change, "kind" | "fields" | "evidence" | "confidence">,
): Pick<ExportedChange, "kind" | "fields" | "evidence" | "confidence"> => ({
  kind: proposal.kind,
  fields: Object.fromEntries(
    proposal.fields.map((delta) => [columnOf(delta.field), { old: delta.old, new: delta.new }]),
  ),
  evidence: proposal.evidence.map((evidence) =>
    evidence.type === "quote"
      ? { url: evidence.url, field: columnOf(evidence.field), quote: evidence.quote }
      : {
          url: evidence.url,
          quote: "",
          outcome: evidence.outcome,
          at: evidence.at,
          ...(evidence.status !== undefined && { status: evidence.status }),
          ...(evidence.error !== undefined && { error: evidence.error }),
        },
  ),
  confidence: proposal.confidence,
});
