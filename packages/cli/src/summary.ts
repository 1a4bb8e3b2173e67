import { listRuns, type Pool, type Run } from "@waymark/store";
import {
  addedSince,
  heldBackSince,
  openIn,
  type Stock,
  takeStock,
  withdrawnSince,
} from "./stock.ts";
import { count, print, strong } from "./terminal.ts";

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
