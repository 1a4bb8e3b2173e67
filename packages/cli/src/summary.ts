import { listSavedParts, sizeText } from "@waymark/pipeline";
import {
  type CutOff,
  type Health,
  type HostHealth,
  listRuns,
  type Pool,
  type Run,
  type SavedWork,
  type Trust,
} from "@waymark/store";
import {
  addedSince,
  heldBackSince,
  openIn,
  type Stock,
  takeStock,
  withdrawnSince,
} from "./stock.ts";
import { count, cut, print, printTable, strong, when } from "./terminal.ts";

/** Prints in words what one night came to: what was found, and what now waits for a curator. */
export async function printNight(
  db: Pool,
  { title, night, before, seconds }: { title: string; night: Date; before: Stock; seconds: number },
): Promise<void> {
  const after = await takeStock(db);
  const { sites, pages, unchanged } = await lookedAt(db, night);
  const added = addedSince(before, after);
  const heldBack = heldBackSince(before, after);
  const total = Object.values(added).reduce((sum, n) => sum + n, 0);
  const took = `${seconds.toFixed(1)} s`;
  print();
  print(strong(`${title}: ${count(sites, "site")}, ${count(pages, "page")}, in ${took}`));
  if (total === 0 && withdrawnSince(before, after) === 0) {
    print(
      `Nothing new: no page says anything else about any effort than before; ${unchanged} of ${pages} answered that they are unchanged.`,
    );
  } else {
    const rows: [string, number, string][] = [
      ["found", after.efforts, `efforts, in ${count(after.mentions, "mention")}`],
      ["new", added.new, "not in the catalog yet"],
      ["changed", added.update, "entries of which pages say something else"],
      ["double", added.duplicate, "pairs of entries that seem to be one"],
      ["stale", added.stale, "entries that nothing has been heard of for long"],
      ["ended", added.ended, "entries that pages say have ended"],
      ["held back", heldBack, "differences that mean nothing, each with its rule"],
    ];
    for (const [word, n, meaning] of rows) {
      print(`  ${word.padEnd(10)} ${String(n).padStart(4)}  ${meaning}`);
    }
  }
  print(`${count(openIn(after), "change")} wait${openIn(after) === 1 ? "s" : ""} for a curator.`);
}

async function lookedAt(
  db: Pool,
  night: Date,
): Promise<{ sites: number; pages: number; unchanged: number }> {
  const runs = newestOfEach(
    (await listRuns(db, { limit: 1_000_000 })).filter(
      (run) => run.startedAt.getTime() === night.getTime(),
    ),
  );
  const sum = (of: (run: Run) => number): number => runs.reduce((n, run) => n + of(run), 0);
  return {
    sites: runs.length,
    pages: sum(countVisits),
    unchanged: sum((run) => run.counts.unchanged ?? 0),
  };
}

/** A night that is crawled again has runs of before; the newest tells of this time. */
function newestOfEach(runs: Run[]): Run[] {
  const newest = new Map<string, Run>();
  for (const run of runs) {
    const other = newest.get(run.sourceId);
    if (!other || run.slot > other.slot) newest.set(run.sourceId, run);
  }
  return [...newest.values()];
}

/** How many visits a finished run made. */
export const countVisits = (run: Run): number =>
  Object.entries(run.counts).reduce((n, [word, k]) => (word === "changedPages" ? n : n + k), 0);

/** What some runs were spared, in one line; undefined where there is nothing to tell. */
export function describeSaved(runs: Run[], cutOffs: CutOff[]): string | undefined {
  const sum = (of: keyof SavedWork): number => runs.reduce((n, run) => n + (run.saved[of] ?? 0), 0);
  const visits = runs.reduce((n, run) => n + countVisits(run), 0);
  const leftAlone = cutOffs.reduce((n, { times }) => n + times, 0);
  const [notModified, spared, rendered] = [sum("notModified"), sum("spared"), sum("rendered")];
  const sources = [...new Set(runs.map(({ sourceId }) => sourceId))];
  const shown = `waymark runs show ${sources.length === 1 ? sources[0] : "SOURCE"}`;
  const told = [
    notModified > 0 &&
      `304 for ${notModified} of ${count(visits, "page")}, ${sizeText(sum("bytesSaved"))} not sent again`,
    spared > 0 && `${count(spared, "page")} not asked, unchanged by the site's own lists`,
    rendered > 0 && `${count(rendered, "page")} through a browser`,
    leftAlone > 0 &&
      `${count(leftAlone, "address", "addresses")} left alone (\`${shown}\` tells which)`,
  ].filter(Boolean);
  return told.length > 0 ? told.join("; ") : undefined;
}

/** What one run was spared, a line each: the number first, and what it means. */
export function savedLines({ saved }: Run): string[] {
  if (saved.bytes === undefined) return [];
  const { bytesSaved = 0 } = saved;
  return [
    ...listSavedParts(saved).map(({ n, meaning }) => `${String(n).padStart(6)}  ${meaning}`),
    `${sizeText(saved.bytes)} came over the wire${bytesSaved > 0 ? `, ${sizeText(bytesSaved)} did not have to be sent again` : ""}`,
  ];
}

/** What a run left alone, by reason, with an example of each. */
export function printCutOffs(cutOffs: CutOff[]): void {
  if (cutOffs.length === 0) return;
  print();
  printTable(
    ["left alone because", "addresses", "for example"],
    cutOffs.map(({ reason, times, example }) => [
      reason.replace(/^trap: /, ""),
      String(times),
      example,
    ]),
  );
}

/** How a source answers, as words beside their names. */
export function healthLines(health: Health): [word: string, told: string][] {
  const { pages, lists, recent, intervalHours: hours } = health;
  const parts = [
    pages.due > 0 && `${pages.due} due`,
    pages.neverVisited > 0 && `${pages.neverVisited} never visited`,
    pages.needBrowser > 0 && `${pages.needBrowser} through a browser`,
    pages.double > 0 && `${pages.double} with the bytes of another page`,
    lists.working + lists.failing > 0 &&
      `${count(lists.working, "list")} of its own${lists.failing > 0 ? ` (${lists.failing} more not there)` : ""}`,
  ].filter(Boolean);
  return [
    ["pages", [String(pages.all), ...parts].join(", ")],
    ["answers", goodRunText(health)],
    ...(recent.visits > 0
      ? ([["304", `${recent.notModified} of the last ${count(recent.visits, "visit")}`]] as [
          string,
          string,
        ][])
      : []),
    ...(hours
      ? ([
          [
            "interval",
            `${hours.median} h in the middle, most from ${hours.low} to ${hours.high} h`,
          ],
        ] as [string, string][])
      : []),
  ];
}

function goodRunText({
  lastGoodRunAt,
  nightsSinceGoodRun = 0,
  failedRuns,
  lastGoodAt,
}: Health): string {
  if (!lastGoodRunAt)
    return failedRuns > 0 ? `silent: ${count(failedRuns, "run")} brought no page` : "not known yet";
  const at = `last good run ${when(lastGoodRunAt)}, last good visit ${when(lastGoodAt)}`;
  return failedRuns > 0 ? `silent for ${count(nightsSinceGoodRun, "night")}: ${at}` : at;
}

/** What the pages of a source came to, and what is known of its hosts. */
export function printHealth({ outcomes, hosts }: Health): void {
  if (outcomes.length > 0) {
    print();
    printTable(
      ["outcome", "pages", "the last of them", "", "page"],
      outcomes.map(({ outcome, pages, example }) => [
        outcome,
        String(pages),
        when(example.at),
        cut(answerText(example), 60),
        example.url,
      ]),
    );
  }
  if (hosts.length === 0) return;
  print();
  printTable(
    ["host", "pages", "now", "validators", "dates in lists", "robots.txt"],
    hosts.map((host) => [
      host.id,
      String(host.pages),
      turnText(host),
      trustText(host.validators),
      trustText(host.lists),
      robotsText(host),
    ]),
  );
}

const answerText = ({ status, error, location }: Health["outcomes"][number]["example"]): string =>
  error ?? (location ? `to ${location}` : status === undefined ? "" : `status ${status}`);

const turnText = ({ backoffMs, isLeased }: HostHealth): string =>
  backoffMs > 0 ? `waits ${minutesText(backoffMs)}` : isLeased ? "being visited" : "at rest";

const trustText = ({ checked, lied }: Trust): string =>
  checked === 0
    ? "not tested"
    : lied === 0
      ? `held ${checked} of ${checked}`
      : `wrong ${lied} of ${checked}`;

function robotsText({
  robots,
  hasRules,
  robotsError,
  robotsGoodAt,
  crawlDelayMs,
}: HostHealth): string {
  if (robots === undefined) return "not asked";
  if (robots === "closed")
    return `closed: ${robotsError}; ${robotsGoodAt ? `last got ${when(robotsGoodAt)}` : "never got"}`;
  const delay = crawlDelayMs ? `, ${crawlDelayMs / 1000} s between requests` : "";
  return `${hasRules ? "has rules" : "allows all"}${delay}`;
}

/** `14 min`: how long a host is still to be left alone. */
export const minutesText = (ms: number): string => {
  const minutes = Math.max(1, Math.ceil(ms / 60_000));
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
};
