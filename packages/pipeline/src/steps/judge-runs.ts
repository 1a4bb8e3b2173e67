import type { Drift, RunId, SourceId, VersionedRecipe } from "@waymark/domain";
import { readerVersion } from "@waymark/extract/skim";
import { figuresOf, judgeDrift, type PageDrift, watchedFields } from "@waymark/review";
import {
  countSourceFigures,
  type Db,
  findRecipe,
  listPagesReadAnew,
  listReadingStats,
  listRunsToJudge,
  openIncident,
  putReadingsBack,
  type ReadingStat,
  saveReadingStat,
  takeReadings,
} from "@waymark/store";
import { relocateSource } from "../change-recipe.ts";
import type { Context } from "../context.ts";
import { ReaderDied } from "../reader-pool.ts";

/** A source whose run is held back, and why. */
export type DriftedRun = { runId: RunId; sourceId: SourceId; drifts: Drift[] };

/**
 * Judges what runs have read before anybody reviews it: where a source fell in one night as only a changed
 * template or a wall makes it fall, the run is quarantined. What its pages were read to say before is put
 * back, so that nothing can be proposed from what it found missing or changed, and an operator is told.
 */
export async function judgeRuns(db: Db, ids: RunId[], now: Date): Promise<DriftedRun[]> {
  const drifted: DriftedRun[] = [];
  for (const { id: runId, sourceId } of await listRunsToJudge(db, ids)) {
    const versioned = await findRecipe(db, sourceId);
    const figures = await countSourceFigures(db, sourceId, watchedFields);
    const past = comparable(await listReadingStats(db, sourceId, 40), { runId, versioned });
    const drifts = judgeDrift({
      past: past.map((stat) => stat.figures),
      now: figures,
      pages: await pagesReadAnew(db, runId),
      recipe: versioned?.recipe,
    });
    await saveReadingStat(db, sourceId, {
      runId,
      at: now,
      readerVersion,
      recipeVersion: versioned?.version,
      figures,
      drifts,
    });
    if (drifts.length === 0) {
      await takeReadings(db, runId);
      continue;
    }
    await putReadingsBack(db, runId);
    await openIncident(db, {
      sourceId,
      runId,
      code: "drift",
      message: messageOf(drifts, sourceId),
      now,
    });
    drifted.push({ runId, sourceId, drifts });
  }
  return drifted;
}

/** Earlier runs whose readings were taken and made in the same way, back to a shape that a person accepted. */
function comparable(
  stats: readonly ReadingStat[],
  { runId, versioned }: { runId: RunId; versioned: VersionedRecipe | undefined },
): ReadingStat[] {
  const others = stats.filter((stat) => stat.runId !== runId);
  const accepted = others.findIndex((stat) => stat.acceptedAt !== undefined);
  return others
    .slice(0, accepted < 0 ? undefined : accepted + 1)
    .filter(
      (stat) =>
        (stat.drifts.length === 0 || stat.acceptedAt !== undefined) &&
        stat.readerVersion === readerVersion &&
        stat.recipeVersion === versioned?.version,
    )
    .reverse();
}

/** Pages read in the same way before and now; one that a new reader read says nothing of the site. */
async function pagesReadAnew(db: Db, runId: RunId): Promise<PageDrift[]> {
  const pages = await listPagesReadAnew(db, runId);
  return pages
    .filter(({ alike }) => alike)
    .map(({ url, before, now }) => {
      const entries = new Set(before.flatMap(({ initiativeId }) => initiativeId ?? []));
      const told = new Set(now.flatMap(({ initiativeId }) => initiativeId ?? []));
      return {
        url,
        before: figuresOf(before.map(({ mention }) => mention)),
        now: figuresOf(now.map(({ mention }) => mention)),
        entries: { before: entries.size, gone: [...entries].filter((id) => !told.has(id)).length },
      };
    });
}

/**
 * Adds to the incidents of drifted sources where their recipes' lost selectors could find again what they
 * found, as the pages are now: a person decides whether that is so.
 */
export async function tellRelocations(ctx: Context, drifted: readonly DriftedRun[]): Promise<void> {
  for (const { runId, sourceId, drifts } of drifted) {
    if (!drifts.some(({ code }) => code === "selector")) continue;
    const found = await relocateSource(ctx.db, sourceId, ctx.reader).catch((error) => {
      // A page on which the reader dies leaves the incident as it is.
      if (error instanceof ReaderDied) return undefined;
      throw error;
    });
    if (!found) continue;
    const told = found.relocations.map(
      ({ place, to, likeness }) => `${place} "${to}" (like it by ${likeness.toFixed(2)})`,
    );
    const message = `${messageOf(drifts, sourceId)}. What its lost selectors found may stand at ${told.join(", ")}: \`waymark recipe relocate ${sourceId}\` writes that down`;
    await openIncident(ctx.db, { sourceId, runId, code: "drift", message, now: ctx.now() });
  }
}

const messageOf = (drifts: readonly Drift[], sourceId: SourceId): string => {
  const others = drifts.length - 1;
  const more = others > 0 ? ` (and ${others} more such ${others === 1 ? "sign" : "signs"})` : "";
  return `${drifts[0]!.message.replace(/\.$/, "")}${more}; what the run read is held back: look at the pages, then \`waymark recipe accept ${sourceId}\`, or give it a new recipe`;
};
