import { columnOf, type FieldValue, fields, type MatchReason } from "@waymark/domain";
import type { EffortSide, ExplainedPair } from "@waymark/pipeline";
import { describeValue } from "./describe-change.ts";
import { cut, faint, print, strong } from "./terminal.ts";

/** Prints two efforts side by side, what they are to each other, and how each reason moved the score. */
export function printPair(a: EffortSide, b: EffortSide, explained: ExplainedPair): void {
  const { match, between, sentences, needed, judgement, nearest } = explained;
  print(strong(`${a.values.name} / ${b.values.name}: ${match.verdict}`));
  for (const said of sentences) print(`  ${said}`);
  if (judgement) print(`  A person judged the two ${judgement}, and that stands.`);
  if (nearest) {
    print(`  In the catalog it comes nearer to ${nearest.initiativeId}: ${nearest.verdict}.`);
  }
  print();
  printSides(a, b);
  print();
  const as = between === "entries" ? "two entries of a catalog" : "a mention and an entry";
  print(`${strong(`Score ${match.score.toFixed(2)}`)} ${faint(`compared as ${as}`)}`);
  for (const step of runningSums(match.reasons)) print(`  ${waterfallLine(step)}`);
  if (needed.length === 0) return;
  print();
  print(strong("Not the same, because"));
  for (const said of needed) print(`  ${said}`);
}

/** The same for programs, under the names of the catalog's columns. */
export function exportPair(a: EffortSide, b: EffortSide, explained: ExplainedPair): object {
  const { match, between, sentences, needed, judgement, nearest } = explained;
  return {
    a: exportSide(a),
    b: exportSide(b),
    between,
    verdict: match.verdict,
    relation: match.relation ?? null,
    relation_from: match.relation ? (match.relationFrom === "candidate" ? "b" : "a") : null,
    score: match.score,
    reasons: runningSums(match.reasons),
    sentences,
    needed_for_same: needed,
    judgement: judgement ?? null,
    nearest: nearest ? { id: nearest.initiativeId, verdict: nearest.verdict } : null,
  };
}

const exportSide = ({ id, values }: EffortSide) => ({
  id: id ?? null,
  ...Object.fromEntries(
    fields.flatMap((field) =>
      values[field] === undefined ? [] : [[columnOf(field), values[field]]],
    ),
  ),
});

/** Room for a value: half of what the terminal has beside the field's name, or a readable width in a file. */
function columnWidth(): number {
  const room = process.stdout.isTTY ? process.stdout.columns : 112;
  return Math.min(60, Math.max(20, Math.floor((room - 24) / 2)));
}

/** What was compared with what; fields that neither tells are left out. */
function printSides(a: EffortSide, b: EffortSide): void {
  const width = columnWidth();
  const row = (name: string, one: string, other: string): string =>
    `  ${name.padEnd(18)} ${cut(one, width).padEnd(width)}  ${cut(other, width)}`.trimEnd();
  print(faint(row("", a.id ?? "given", b.id ?? "given")));
  for (const field of fields) {
    const [one, other]: (FieldValue | undefined)[] = [a.values[field], b.values[field]];
    if (isEmpty(one) && isEmpty(other)) continue;
    print(row(columnOf(field), describeValue(one), describeValue(other)));
  }
}

const isEmpty = (value: FieldValue | undefined): boolean =>
  value === undefined || value === null || value.length === 0;

type Step = MatchReason & { sum: number };

/** Each reason with the log-odds that it and those before it add up to. */
function runningSums(reasons: MatchReason[]): Step[] {
  let sum = 0;
  return reasons.map((reason) => {
    sum += reason.weight;
    return { ...reason, sum };
  });
}

/** Columns on either side of the axis, and how much log-odds each stands for. */
const barColumns = 9;
const perColumn = 1;

function waterfallLine({ feature, weight, sum, text }: Step): string {
  const length = Math.min(barColumns, Math.round(Math.abs(weight) / perColumn));
  const [left, right] = weight < 0 ? ["█".repeat(length), ""] : ["", "█".repeat(length)];
  const bar = `${left.padStart(barColumns)}│${right.padEnd(barColumns)}`;
  return `${feature.padEnd(13)} ${signed(weight)} ${signed(sum)}  ${bar}  ${text}`;
}

const signed = (value: number): string => `${value < 0 ? "" : "+"}${value.toFixed(1)}`.padStart(6);
