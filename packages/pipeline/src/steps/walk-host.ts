import { type LeasedHost, listWantedPages } from "@waymark/store";
import type { Context } from "../context.ts";
import { closeHost } from "./close-host.ts";
import { saveSlice } from "./save-slice.ts";
import { visitPage } from "./visit-page.ts";
import { flush, isFull, openWalk, patienceMs } from "./walk.ts";

/** How long one job walks a host before it lets others have the worker. */
const walkMs = 30_000;
const pagesAtOnce = 100;

/** Visits wanted pages until the time is up, nothing is wanted any more, or the host wants to be left alone. */
export async function walkHost(ctx: Context, host: LeasedHost, browser: boolean): Promise<void> {
  const walk = openWalk({ ctx, host, browser, save: saveSlice });
  if (ctx.archive === undefined && host.waitMs > patienceMs) {
    // It, or another of its group, asked for this earlier; a run that waited for it would not end tonight.
    const error = `wants to be left alone for another ${Math.round(host.waitMs / 1000)} s`;
    return closeHost(walk, { outcome: "broken", error });
  }
  const endsAt = performance.now() + walkMs;
  const isOver = () => ctx.stopping.aborted || performance.now() >= endsAt;
  try {
    while (!isOver()) {
      const pages = await listWantedPages(ctx.db, host.id, {
        limit: pagesAtOnce,
        browser,
        archive: ctx.archive,
      });
      if (pages.length === 0) return;
      // What lists tell of pages is written before these are asked: some need not be then.
      const lists = pages.filter((page) => page.purpose === "sitemap");
      for (const page of lists.length > 0 ? lists : pages) {
        if (isOver() || !(await visitPage(walk, page))) return;
        if (isFull(walk)) break;
      }
      // What these pages led to is only wanted once it is written, and some of the others no more.
      if (!(await flush(walk))) return;
    }
  } finally {
    // What was fetched before the walk was broken off is not thrown away.
    await flush(walk);
  }
}
