import type { RunId } from "@waymark/domain";
import {
  closeHealedIncidents,
  closeIncident,
  countHeldPages,
  type Db,
  findRun,
  openIncident,
  type Run,
} from "@waymark/store";

/** Tells the operator of runs that brought nothing, and closes what has healed (no silence: rule R17). */
export async function closeRunAccounts(db: Db, runIds: RunId[], now: Date): Promise<void> {
  for (const id of runIds) {
    const run = await findRun(db, id);
    if (!run) continue;
    if (run.outcome === "failed") {
      await openIncident(db, {
        sourceId: run.sourceId,
        runId: id,
        code: "no-pages",
        message:
          run.setAsideBecause ??
          `the run fetched no page at all (${describeCounts(run.counts)}); is the site down, or its address wrong?`,
        now,
      });
    } else {
      await closeIncident(db, run.sourceId, "no-pages", now);
      await tellOfWalls(db, run, now);
      await closeHealedIncidents(db, run.sourceId, { runId: id, now });
      if ((await countHeldPages(db, run.sourceId)) === 0)
        await closeIncident(db, run.sourceId, "drift", now);
    }
  }
}

/** Outcomes of what came with status 200 and is no page: what was read before stands, and somebody should know why. */
const noPages = ["soft-404", "login", "blocked", "shell"];

async function tellOfWalls(db: Db, { id: runId, sourceId, counts }: Run, now: Date): Promise<void> {
  const walled = noPages.reduce((sum, outcome) => sum + (counts[outcome] ?? 0), 0);
  const good = (counts.fetched ?? 0) + (counts.unchanged ?? 0);
  if (walled < 3 || walled < good) return;
  const what = noPages
    .filter((outcome) => counts[outcome])
    .map((outcome) => `${counts[outcome]} ${outcome}`);
  await openIncident(db, {
    sourceId,
    runId,
    code: "walled",
    message: `${walled} of ${walled + good} addresses answered and showed no page (${what.join(", ")}); what they said before stands`,
    now,
  });
}

const describeCounts = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .filter(([outcome, n]) => n > 0 && outcome !== "changedPages")
    .map(([outcome, n]) => `${n} ${outcome}`)
    .join(", ") || "no visits";
