import type { Change, PartialDate } from "@waymark/domain";
import type { DecisionOutcome } from "@waymark/review";
import type { EventKind } from "@waymark/store";

/** What happened to the effort, when a change is accepted: the entries of its timeline. */
export function eventsOf(
  change: Change,
  outcome: Exclude<DecisionOutcome, { kind: "none" }>,
  now: Date,
): { kind: EventKind; on: PartialDate | undefined; title: string }[] {
  const { values } = outcome;
  const seen = now.toISOString().slice(0, 10);
  const delta = (field: string) => change.fields.find((one) => one.field === field);
  if (outcome.kind === "create") {
    return values.start ? [{ kind: "launch", on: values.start, title: "Launched" }] : [];
  }
  if (outcome.kind === "merge") return [];
  const events: { kind: EventKind; on: PartialDate | undefined; title: string }[] = [];
  if (values.name) {
    events.push({ kind: "rename", on: seen, title: `Renamed from ${delta("name")?.old}` });
  }
  if (values.leadOrganization && delta("leadOrganization")?.old) {
    events.push({ kind: "transfer", on: seen, title: `Led by ${values.leadOrganization}` });
  }
  const funders = delta("funders")?.added ?? [];
  if (values.funders && funders.length > 0) {
    events.push({ kind: "award", on: seen, title: `Funded by ${funders.join(", ")}` });
  }
  const states = delta("states")?.added ?? [];
  if (values.states && states.length > 0) {
    events.push({ kind: "expansion", on: seen, title: `Extended to ${states.join(", ")}` });
  }
  if (values.status === "ended") {
    events.push({ kind: "sunset", on: values.end ?? undefined, title: "Ended" });
  }
  return events;
}
