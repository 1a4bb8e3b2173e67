import type { Change, Event, PartialDate, Party } from "@waymark/domain";
import type { DecisionOutcome } from "@waymark/review";

type Decided = Event & { decisionId: number };

/** What happened to the effort, when a change is accepted: the entries of its timeline. */
export function eventsOf(
  change: Change,
  outcome: Exclude<DecisionOutcome, { kind: "none" }>,
  { decisionId, now }: { decisionId: number; now: Date },
): Decided[] {
  if (outcome.kind === "merge" || outcome.kind === "split") return [];
  const { values } = outcome;
  const seen = now.toISOString().slice(0, 10);
  const delta = (field: string) => change.fields.find((one) => one.field === field);
  const event = (kind: Event["kind"], on: PartialDate | undefined, parties: Party[]): Decided => ({
    key: `decision-${decisionId}-${kind}`,
    kind,
    on,
    dated: on === seen ? "decided" : undefined,
    planned: false,
    parties,
    evidence: change.evidence,
    decisionId,
  });
  if (outcome.kind === "create") return values.start ? [event("launch", values.start, [])] : [];
  const events: Decided[] = [];
  if (values.name) {
    const former = delta("name")?.old;
    const parties: Party[] =
      typeof former === "string" ? [{ role: "former-name", name: former }] : [];
    events.push(event("rename", seen, [...parties, { role: "new-name", name: values.name }]));
  }
  if (values.leadOrganization && delta("leadOrganization")?.old) {
    events.push(event("transfer", seen, [{ role: "lead", name: values.leadOrganization }]));
  }
  const funders = delta("funders")?.added ?? [];
  if (values.funders && funders.length > 0) {
    events.push(
      event(
        "award",
        seen,
        funders.map((name) => ({ role: "funder", name })),
      ),
    );
  }
  const states = delta("states")?.added ?? [];
  if (values.states && states.length > 0) {
    events.push(
      event(
        "expansion",
        seen,
        states.map((name) => ({ role: "place", name })),
      ),
    );
  }
  if (values.status === "ended") events.push(event("sunset", values.end ?? undefined, []));
  return events;
}
