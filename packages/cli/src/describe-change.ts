import { type ChangeEvidence, columnOf, type FieldValue } from "@waymark/domain";
import { faint, print } from "./terminal.ts";

/** A field's value as a person reads it. */
export function describeValue(value: FieldValue | undefined): string {
  if (value === undefined || value === null || value.length === 0) return "–";
  return Array.isArray(value) ? value.join(" | ") : value;
}

/** Prints the proof of a value: what a page says, or how the web answered. */
export function printEvidence(evidence: ChangeEvidence): void {
  if (evidence.type === "outcome") {
    const answer = evidence.status ?? evidence.error ?? "";
    print(`  ${evidence.outcome} ${answer} on ${evidence.at.slice(0, 10)} ${faint(evidence.url)}`);
    return;
  }
  const { field, quote, url, page } = evidence;
  print(`  ${columnOf(field).padEnd(18)} “${quote}” ${faint(page ? `${url} page ${page}` : url)}`);
}
