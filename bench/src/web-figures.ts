import { type Figure, formatTable } from "./figure.ts";
import type { Night } from "./web-night.ts";
import type { Score } from "./web-score.ts";

/** The figures of all nights of a world: over all first, then night by night. */
export function figuresOf(data: string, nights: Night[], all: Score): Figure[] {
  const figures: Figure[] = [];
  const add = (figure: string, value: number | null | undefined, unit: string) => {
    if (value !== null && value !== undefined) {
      figures.push({ bench: "web", figure, value, unit, data });
    }
  };
  const total = (field: "seconds" | "cpuSeconds" | "pagesVisited" | "requests" | "answered304") =>
    nights.reduce((sum, night) => sum + night[field], 0);
  addRates("all", all.overall);
  for (const [kind, rates] of Object.entries(all.kinds)) addRates(kind, rates);
  add("reported", all.reported, "changes");
  add("neutral", all.neutral, "changes");
  add("never-pairs violated", all.neverViolations.length, "pairs");
  add("quiet kept", all.quiet?.kept, "share");
  add("evidence validity", all.evidence.validity, "share");
  add("evidence coverage", all.evidence.coverage, "share");
  add("update values right", all.updateFields.accuracy, "share");
  for (const [field, one] of Object.entries(all.newFields)) {
    add(`new ${field} recall`, one.recall, "share");
    add(`new ${field} precision`, one.precision, "share");
  }
  const polite = all.politeness;
  add("politeness violations", polite?.violations, "requests");
  add("requests without user agent", polite?.noUserAgent, "requests");
  add("trap requests", polite?.trapRequests, "requests");
  if (polite?.conditional.possible) {
    add("conditional of possible", polite.conditional.sent / polite.conditional.possible, "share");
  }
  add("pages visited", total("pagesVisited"), "pages");
  add("answered 304", total("answered304") / Math.max(1, total("requests")), "share");
  add("time", total("seconds"), "s");
  add("worker CPU", total("cpuSeconds"), "s");
  const errors = nights.reduce((sum, night) => sum + night.errors.length, 0);
  add("errors", errors, "errors");
  for (const one of nights) {
    const { precision, recall, f1 } = one.score.overall;
    add(`night ${one.night} precision`, precision, "share");
    add(`night ${one.night} recall`, recall, "share");
    add(`night ${one.night} f1`, f1, "share");
    add(`night ${one.night} quiet kept`, one.score.quiet?.kept, "share");
    add(`night ${one.night} pages visited`, one.pagesVisited, "pages");
    add(`night ${one.night} answered 304`, one.answered304 / Math.max(1, one.requests), "share");
    add(`night ${one.night} time`, one.seconds, "s");
    add(`night ${one.night} worker CPU`, one.cpuSeconds, "s");
    add(`night ${one.night} errors`, one.errors.length, "errors");
  }
  return figures;

  function addRates(name: string, rates: Score["overall"]): void {
    add(`${name} precision`, rates.precision, "share");
    add(`${name} recall`, rates.recall, "share");
    add(`${name} f1`, rates.f1, "share");
    add(`${name} true`, rates.tp, "changes");
    add(`${name} false`, rates.fp, "changes");
    add(`${name} missed`, rates.fn, "events");
  }
}

/** One night in a few lines, printed as soon as it is over. */
export function formatNight(night: Night): string {
  const { score } = night;
  const share304 = night.answered304 / Math.max(1, night.requests);
  const lines = [
    `\nnight ${night.night} (${night.date}): ${night.seconds.toFixed(0)} s, ${night.cpuSeconds.toFixed(1)} CPU s, ${night.pagesVisited} pages visited, ${night.requests} requests, ${(100 * share304).toFixed(0)} % answered 304, ${night.errors.length} errors, ${night.warnings.length} warnings, ${night.silentRuns.length} silent sites\n`,
    formatScore(score),
  ];
  for (const error of night.errors.slice(0, 5)) lines.push(`  error: ${error.slice(0, 300)}\n`);
  return lines.join("");
}

/** A score as a table: every kind that was reported or missed, then all. */
export function formatScore(score: Score): string {
  const kinds = Object.entries(score.kinds).filter(([, one]) => one.tp + one.fp + one.fn > 0);
  const rows = [...kinds, ["all", score.overall] as const].map(([kind, one]) => [
    `  ${kind}`,
    `${one.tp + one.fp}`,
    `${one.tp}`,
    `${one.fp}`,
    `${one.fn}`,
    one.precision.toFixed(3),
    one.recall.toFixed(3),
    one.f1.toFixed(3),
  ]);
  const head = ["", "reported", "true", "false", "missed", "precision", "recall", "F1"];
  const quiet = score.quiet?.kept;
  return `${formatTable([head, ...rows], ["left", ...Array<"right">(7).fill("right")])}  neutral ${score.neutral}, quiet kept ${shareOf(quiet)}, evidence valid ${shareOf(score.evidence.validity)}, never-pairs violated ${score.neverViolations.length}\n`;
}

const shareOf = (value: number | null | undefined): string => value?.toFixed(3) ?? "–";
