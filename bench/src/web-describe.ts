import { sameAddress } from "@waymark/normalize";
import type { Known, MentionSeen } from "./web-known.ts";
import type { Ruling } from "./web-score.ts";
import { fieldsOf, type Missed } from "./web-trace.ts";

const mentionsShown = 14;

/** A false alarm: what it says, why the scorer calls it false, and what it rests on. */
export function describeAlarm({ change, why }: Ruling, known: Known): string {
  const row = known.changes.find((one) => one.id === change.id);
  const mentions = known.mentions.filter(
    (one) => one.clusterId === change.initiative.id || one.initiativeId === change.initiative.id,
  );
  return [
    `\n✗ ${change.kind} "${change.initiative.name}" (${change.initiative.id}, ${change.initiative.url ?? "no address"}) confidence ${change.confidence.toFixed(2)}`,
    `    false because: ${why}`,
    ...(change.other ? [`    other: ${change.other.id} "${change.other.name}"`] : []),
    ...describeDeltas(change.fields),
    ...(row?.reasons ?? []).map((reason) => `    says: ${reason}`),
    ...change.evidence.slice(0, 8).map(describeEvidence),
    ...more(change.evidence.length - 8, "proofs"),
    ...mentions.slice(0, 6).map((one) => describeMention(one, [])),
    ...more(mentions.length - 6, "mentions"),
  ].join("\n");
}

/** A missed event: what happened, and every row of the database that touches it. */
export function describeMissed({ event, initiative, trace }: Missed): string {
  const isEvidence = (one: MentionSeen) =>
    event.evidence.some((url) => sameAddress(url, one.pageUrl));
  const fields = [...fieldsOf(event)];
  const mentions = trace.mentions.toSorted(
    (a, b) => Number(isEvidence(b)) - Number(isEvidence(a)) || roleRank(a) - roleRank(b),
  );
  return [
    `\n○ ${event.kind} (${event.type}, night ${event.night}) ${initiative.id} "${initiative.name}"`,
    `    broke off in ${trace.stop.room}: ${trace.stop.where}`,
    `    truth: ${event.why}`,
    ...describeDeltas(event.fields),
    ...(initiative.names.length > 1 ? [`    names: ${initiative.names.join(" | ")}`] : []),
    ...event.evidence.slice(0, 8).map((url) => `    evidence: ${url}`),
    ...trace.unseen.slice(0, 5).map((url) => `    not known as a page: ${url}`),
    ...trace.entries.map(
      ({ id, names, url, freshness, freshnessReason }) =>
        `    entry ${id} ${names.join(" | ")} ${url ?? ""} (${freshness}: ${freshnessReason ?? "not assessed"})`,
    ),
    ...trace.pages.slice(0, 10).map(describePage),
    ...mentions.slice(0, mentionsShown).map((one) => describeMention(one, fields)),
    ...more(mentions.length - mentionsShown, "mentions"),
    ...trace.changes.map(
      (one) =>
        `    change ${one.kind} of ${one.effort} ${one.state}${one.confirmBy ? ` (needs ${one.confirmBy} pages again)` : ""} “${one.title}” ${one.fields.map((delta) => delta.field).join(", ")}`,
    ),
    ...trace.suppressions.map(
      (one) =>
        `    suppressed ${one.kind} ${one.field} of ${one.effort} by ${one.rule}${one.isCurrent ? "" : " (an earlier night)"}: ${shorten(one.reason, 160)}`,
    ),
  ].join("\n");
}

export const describeDelta = (field: string, delta: { old: unknown; new: unknown }): string =>
  `${field}: ${show(delta.old)} → ${show(delta.new)}`;

const describeDeltas = (fields: { [field: string]: { old?: unknown; new?: unknown } }): string[] =>
  Object.entries(fields).map(
    ([field, delta]) => `    ${describeDelta(field, { old: delta.old, new: delta.new })}`,
  );

function describeEvidence(evidence: Ruling["change"]["evidence"][number]): string {
  if ("outcome" in evidence) {
    const { url, outcome, status, error } = evidence;
    return `    proof ${[url, outcome, status, error].filter(Boolean).join(" ")}`;
  }
  return `    proof ${evidence.field} @ ${evidence.url} “${shorten(evidence.quote, 200)}”`;
}

function describePage(page: Missed["trace"]["pages"][number]): string {
  return [
    `    page ${page.url} ${page.kind ?? "unread"}`,
    page.movedTo && `→ ${page.movedTo}`,
    page.setAsideBecause && `set aside: ${page.setAsideBecause}`,
    `visits: ${page.visits.join(", ") || "none"}`,
  ]
    .filter(Boolean)
    .join(" ");
}

const roles = ["own", "detail", "announcement", "listing"];
const roleRank = (one: MentionSeen): number => roles.indexOf(one.mention.role);

function describeMention(one: MentionSeen, fields: string[]): string {
  const { mention, match } = one;
  const values = mention as { [field: string]: unknown };
  const signs = mention.signs.map((sign) => `${sign.kind}${sign.on ? ` ${sign.on}` : ""}`);
  const why = match.reasons.slice(0, 4).map((reason) => reason.text);
  return [
    `    mention “${mention.name}” ${mention.role} @ ${one.pageUrl} (${one.sourceKind}) → ${one.initiativeId ?? one.clusterId ?? "nothing"}`,
    `relevance ${mention.relevance.score.toFixed(2)}`,
    `match ${match.verdict}${match.initiativeId ? ` ${match.initiativeId}` : ""} ${match.score.toFixed(2)} [${shorten(why.join("; "), 160)}]`,
    ...(mention.url ? [`url ${mention.url}`] : []),
    ...fields.map((field) => `${field}=${show(values[field])}`),
    ...(signs.length > 0 ? [`signs ${signs.join(", ")}`] : []),
    ...(one.missingCount > 0 ? [`missing ${one.missingCount} times`] : []),
  ].join(" · ");
}

const more = (left: number, what: string): string[] =>
  left > 0 ? [`    … ${left} more ${what}`] : [];

/** A value as it is written in a report. */
export const show = (value: unknown): string =>
  value === undefined ? "–" : shorten(JSON.stringify(value), 300);

const shorten = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}…`;
