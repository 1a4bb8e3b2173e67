import {
  type Evidence,
  explainMatch,
  type Match,
  type Mention,
  type ToldEvent,
  type ToldGrant,
} from "@waymark/domain";
import { describeEvent } from "@waymark/pipeline";
import type { DryReading } from "@waymark/pipeline/worker";
import { describeValue } from "./describe-change.ts";
import { count, cut, faint, print, strong } from "./terminal.ts";

/** Prints the whole journey of one page, step by step. */
export function printReading(
  url: string,
  bytes: number,
  { reading, matched, changes }: DryReading,
): void {
  const { page, text, entries, mentions, issues } = reading;
  step("Page", url);
  const because = page.reason ? ` (${page.reason})` : "";
  print(`  ${bytes} bytes, read as ${page.kind}${because} by reader ${reading.readerVersion}`);
  print(`  title     ${page.title ?? "–"}`);
  print(`  language  ${page.language ?? "–"}`);
  for (const { kind, date, quote } of page.dates) {
    print(`  ${kind.padEnd(9)} ${date} ${faint(`“${cut(quote, 60)}”`)}`);
  }
  step("Main text", count(text.length, "character"));
  for (const line of text.split("\n").slice(0, 6)) print(`  ${cut(line, 96)}`);
  if (entries) step("Entries", String(entries.length));
  for (const { title, link, published } of entries ?? []) {
    const day = published?.date ?? "–";
    print(`  ${day.padEnd(10)} ${cut(title?.value ?? "–", 60)} ${faint(link?.value ?? "")}`);
  }
  step("Mentions", String(mentions.length));
  for (const mention of mentions) {
    printMention(mention);
    const found = matched.find((one) => one.mention === mention);
    if (found) printMatch(found.match, mention.name);
  }
  if (issues.length > 0) step("Issues", String(issues.length));
  for (const issue of issues) print(`  ${issue.code}: ${issue.message}`);
  step("Changes", `${changes.length} on this page's word alone; nothing is written`);
  for (const { kind, initiative, fields, other } of changes) {
    print(`  ${kind} ${strong(initiative.name)}${other ? ` the same as ${other.name}` : ""}`);
    for (const [column, { old, new: value }] of Object.entries(fields)) {
      print(`    ${column.padEnd(18)} ${describeValue(old)} → ${describeValue(value)}`);
    }
  }
}

const step = (name: string, words: string): void => print(`${strong(name)} ${faint(words)}`);

function printMention(mention: Mention): void {
  const { score, reasons } = mention.relevance;
  print(`  ${strong(mention.name)} ${faint(mention.role)}`);
  print(`    relevance ${score.toFixed(2)}${reasons.length > 0 ? `: ${reasons.join(", ")}` : ""}`);
  for (const evidence of mention.evidence) {
    const { field, value, method } = evidence;
    print(`    ${field.padEnd(16)} ${cut(value, 60)} ${faint(`${quoted(evidence)} ${method}`)}`);
  }
  for (const { kind, name } of mention.relations) print(`    ${kind.padEnd(16)} ${name}`);
  for (const event of mention.events ?? []) printEvent(event);
  for (const grant of mention.grants ?? []) printGrant(grant);
}

function printEvent({ kind, on, dated, planned, parties, evidence }: ToldEvent): void {
  const when = on ? `${on}${dated === "announced" ? " (announced)" : ""}` : "no date";
  const what = describeEvent({ kind, planned, parties });
  print(`    ${"event".padEnd(16)} ${when}: ${what} ${faint(quoted(evidence[0]!))}`);
}

const quoted = ({ quote, page }: Evidence): string =>
  `“${cut(quote, 70)}”${page ? ` page ${page}` : ""}`;

function printGrant(grant: ToldGrant): void {
  const { funder = "?", grantee = "?", amount, currency, months, evidence } = grant;
  const terms = [
    amount && `${amount.toLocaleString("en-US")} ${currency}`,
    (grant.start ?? grant.end) && `${grant.start ?? ""}–${grant.end ?? ""}`,
    months && count(months, "month"),
  ].filter(Boolean);
  print(
    `    ${"grant".padEnd(16)} ${funder} → ${grantee}: ${terms.join(", ") || "no sum"} ${faint(quoted(evidence[0]!))}`,
  );
}

function printMatch(match: Match, name: string): void {
  const { verdict, initiativeId, score } = match;
  const whom = initiativeId ? ` ${initiativeId}` : "";
  print(`    match: ${verdict}${whom}, ${score.toFixed(2)}`);
  const candidate = initiativeId ?? "the entry that comes nearest";
  for (const said of explainMatch(match, { record: name, candidate }))
    print(`      ${faint(said)}`);
}
