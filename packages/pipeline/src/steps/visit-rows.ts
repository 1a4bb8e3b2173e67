import {
  chanceOf,
  isCmsList,
  isLaterPart,
  nextInterval,
  type Watch,
  watchOn,
} from "@waymark/crawl";
import type { VisitOutcome } from "@waymark/domain";
import type { Trust, Visit, VisitedPage } from "@waymark/store";
import type { Visited } from "./walk.ts";

const dayMs = 86_400_000;

/** What a visit makes of its page's row. */
export function visitedPageOf({ page, source, seen }: Visited, now: Date): VisitedPage {
  const { outcome } = seen.observed;
  const good = outcome === "fetched" || outcome === "unchanged" || outcome === "moved";
  const failures = good ? 0 : page.failures + 1;
  const watch = watchOf({ page, seen }, now);
  const hours = hoursUntilNext({ page, source }, { outcome, watch, failures });
  const intervalHours = Math.round(hours);
  return {
    id: page.id,
    visitedAt: now,
    outcome,
    nextFetchAt: new Date(now.getTime() + intervalHours * 3_600_000),
    intervalHours,
    failures,
    movedTo: seen.movedTo ?? (good && outcome !== "moved" ? undefined : page.movedTo),
    etag: seen.validators ? seen.validators.etag : page.etag,
    lastModified: seen.validators ? seen.validators.lastModified : page.lastModified,
    bodyHash: seen.snapshot?.id ?? page.bodyHash,
    textHash: seen.text?.hash ?? page.textHash,
    textLength: seen.text?.length ?? page.textLength,
    shapeHash: seen.text?.shape ?? page.shapeHash,
    bodyBytes: seen.snapshot?.bodyBytes ?? page.bodyBytes,
    fetchedWholeAt: seen.whole && good ? now : page.fetchedWholeAt,
    changesSeen: watch.changesSeen,
    daysWatched: watch.daysWatched,
    needsBrowser: seen.needsBrowser,
    snapshotId: seen.snapshot?.id ?? page.snapshotId,
  };
}

/** Less than a day, so that what is asked every night is due when the night begins. */
const nightlyHours = 20;

/** Lists and feeds are cheap and are asked every night; their later parts only when they are asked whole. */
function hoursUntilNext(
  { page, source }: Pick<Visited, "page" | "source">,
  visit: { outcome: VisitOutcome; watch: Watch; failures: number },
): number {
  const bounds = { minHours: source.intervalMinHours, maxHours: source.intervalMaxHours };
  if (page.purpose === "sitemap") {
    // An interface that is closed, or not there, is not knocked at every night.
    if (visit.failures > 0 && isCmsList(page.url)) return bounds.maxHours;
    if (visit.failures === 0) return isLaterPart(page.url) ? bounds.maxHours : nightlyHours;
  }
  if (page.kind === "feed" && visit.failures === 0) return nightlyHours;
  const { intervalHours } = page;
  return nextInterval({ ...visit, intervalHours, bounds, chance: chanceOf(page.id) });
}

/** Only a visit that saw the page, and had seen it before, teaches how often it changes. */
function watchOf({ page, seen }: Pick<Visited, "page" | "seen">, now: Date) {
  const before = { changesSeen: page.changesSeen, daysWatched: page.daysWatched };
  const { outcome } = seen.observed;
  if (outcome !== "fetched" && outcome !== "unchanged") return before;
  // After a failure nobody knows since when the page may have been as it is.
  if (!page.visitedAt || !page.snapshotId || page.failures > 0) return before;
  const days = (now.getTime() - page.visitedAt.getTime()) / dayMs;
  return watchOn(before, { days, changed: seen.changed });
}

/** The row of a visit. */
export const visitOf = ({ page, run, seen }: Visited, now: Date): Visit => ({
  pageId: page.id,
  runId: run.id,
  at: now,
  outcome: seen.observed.outcome,
  status: seen.observed.status,
  error: seen.observed.error,
  location: seen.observed.location,
  bodyBytes: seen.snapshot?.bodyBytes,
  wireBytes: seen.wireBytes,
  tookMs: seen.tookMs,
  snapshotId: seen.snapshot?.id,
  changed: seen.changed,
  rendered: seen.rendered,
  headers: seen.headers,
});

/** What visits showed of whose word can be taken; undefined when nothing was put to the test. */
export function trustOf(visited: Visited[]): { validators: Trust; lists: Trust } | undefined {
  const validators = { checked: 0, lied: 0 };
  const lists = { checked: 0, lied: 0 };
  for (const { page, seen } of visited) {
    if (seen.validatorsHeld !== undefined) {
      validators.checked += 1;
      if (!seen.validatorsHeld) validators.lied += 1;
    }
    // A list that dates the page before our last visit says that it has not changed since.
    const { outcome } = seen.observed;
    const isTold = page.listedAt && page.visitedAt && page.listedAt <= page.visitedAt;
    if (isTold && page.snapshotId && (outcome === "fetched" || outcome === "unchanged")) {
      lists.checked += 1;
      if (seen.changed) lists.lied += 1;
    }
  }
  return validators.checked + lists.checked > 0 ? { validators, lists } : undefined;
}
