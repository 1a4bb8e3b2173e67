import { formatTable, tally } from "./figure.ts";
import { describeAlarm, describeMissed } from "./web-describe.ts";
import { describeGap, findGaps, tallyGaps } from "./web-fields.ts";
import { formatScore } from "./web-figures.ts";
import type { Night } from "./web-night.ts";
import type { Ruling, Score } from "./web-score.ts";
import { stopWords, traceMissed } from "./web-trace.ts";
import type { World } from "./web-world.ts";

/** A night as a text to read: its figures, where the missed broke off, then every case in full. */
export function reportNight(world: World, night: Night): string {
  const missed = traceMissed(world, night.score.missed, night.known);
  const { falseAlarms, right } = sortRulings(night);
  return [
    heading(`${world.name}, night ${night.night} (${night.date})`),
    formatScore(night.score),
    formatNewFields(night.score),
    tally("missed, by where they broke off", missed.map(stopWords)),
    tally("false alarms, by kind, fields and reason", falseAlarms.map(alarmWords)),
    tallyGaps(right.flatMap((ruling) => findGaps(ruling, world, night.known, night.night))),
    tally("warnings of the log", night.warnings),
    heading(`false alarms of night ${night.night}: ${falseAlarms.length}`),
    ...falseAlarms.map((ruling) => describeAlarm(ruling, night.known)),
    heading(`missed on night ${night.night}: ${missed.length}`),
    ...missed.toSorted((a, b) => (stopWords(a) < stopWords(b) ? -1 : 1)).map(describeMissed),
    heading(`true or neutral reports of night ${night.night}: ${right.length}`),
    ...right.map((ruling) =>
      [
        `✓ ${ruling.change.kind} "${ruling.change.initiative.name}" [${Object.keys(ruling.change.fields).join(", ")}] ${ruling.why}`,
        ...findGaps(ruling, world, night.known, night.night).flatMap(describeGap),
      ].join("\n"),
    ),
    ...section("wrong values in true updates", night.score.updateFields.wrongValues),
    ...section("fields too many in true updates", night.score.updateFields.extra),
    ...section("evidence that does not resolve", night.score.evidence.invalid),
    ...section("quiet changes that made noise", night.score.quiet?.broken ?? []),
    ...section("sites that did not answer", night.silentRuns),
    ...section("errors", night.errors),
    "",
  ].join("\n");
}

/** All nights together: the score, and what the false alarms and the missed have in common. */
export function reportAll(world: World, nights: Night[], score: Score): string {
  const atTheEnd = traceMissed(world, score.missed, nights.at(-1)!.known);
  const alarms = nights.flatMap((night) => sortRulings(night).falseAlarms);
  const gaps = nights.flatMap((night) =>
    sortRulings(night).right.flatMap((one) => findGaps(one, world, night.known, night.night)),
  );
  return [
    `\n${world.name}, all ${nights.length} nights\n${formatScore(score)}\n`,
    formatNewFields(score),
    tally("false alarms", alarms.map(alarmWords)),
    tally(
      "missed on their night, by where they broke off",
      nights.flatMap((night) => traceMissed(world, night.score.missed, night.known).map(stopWords)),
    ),
    tally("never reported, by where they stand at the end", atTheEnd.map(stopWords)),
    tallyGaps(gaps),
    tally(
      "warnings of the log",
      nights.flatMap((night) => night.warnings),
    ),
    formatPoliteness(score),
    "\nnever reported\n",
    ...atTheEnd.map(
      ({ event, initiative, trace }) =>
        `  night ${event.night} ${event.kind} ${initiative.id}: ${event.why}; ${trace.stop.room}: ${trace.stop.where}\n`,
    ),
  ].join("");
}

/** Every event that was never reported, with the rows as they stand at the end. */
export const reportNeverReported = (world: World, nights: Night[], score: Score): string =>
  `${traceMissed(world, score.missed, nights.at(-1)!.known).map(describeMissed).join("\n")}\n`;

/** In one line: what kind of false alarm this is, without the names in it. */
export function alarmWords({ change, why }: Ruling): string {
  const fields = change.kind === "update" ? ` [${Object.keys(change.fields).join(", ")}]` : "";
  const reason = why
    .replace(/"[^"]*"/g, "…")
    .replace(/; truth:.*/, "; something else did")
    .replace(/; quiet change there:.*/, "")
    .replace(/(catalog as) .*/, "$1 …")
    .replace(/(never-pair|different initiatives|would overwrite).*/, "$1")
    .replace(/happened to \S+/, "happened to …")
    .replace(/ \(fields:[^)]*\)/, "")
    .replace(/night \d+/g, "night n");
  return `${change.kind}${fields}: ${reason}`;
}

export function sortRulings(night: Night): { falseAlarms: Ruling[]; right: Ruling[] } {
  return {
    falseAlarms: night.rulings.filter((ruling) => ruling.decision === "reject"),
    right: night.rulings.filter((ruling) => ruling.decision === "accept"),
  };
}

const formatNewFields = (score: Score): string =>
  formatTable(
    Object.entries(score.newFields).map(([field, one]) => [
      `  new ${field}`,
      `${one.right} right of ${one.reported} reported`,
      `${one.toldByPages} told by pages`,
      one.recall === null ? "" : `recall ${one.recall.toFixed(3)}`,
      one.precision === null ? "" : `precision ${one.precision.toFixed(3)}`,
    ]),
  );

/** Whom the crawler was rude to, and how. */
function formatPoliteness({ politeness }: Score): string {
  if (!politeness) return "";
  const rude = Object.entries(politeness).flatMap(([how, cases]) =>
    Array.isArray(cases) ? cases.map((one) => `  ${how}: ${JSON.stringify(one)}\n`) : [],
  );
  return `\npoliteness: ${politeness.violations} violations in ${politeness.requests} requests to ${politeness.hosts} hosts, ${politeness.trapRequests} requests into traps\n${rude.slice(0, 40).join("")}`;
}

const section = (title: string, rows: unknown[]): string[] =>
  rows.length === 0
    ? []
    : [heading(title), ...rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row)))];

const heading = (title: string): string => `\n== ${title} ==`;
