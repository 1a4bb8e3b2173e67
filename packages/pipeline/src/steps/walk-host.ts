import { type LeasedHost, listWantedPages } from "@waymark/store";
import type { Context } from "../context.ts";
import { visitPage } from "./visit-page.ts";
import { flush, isFull, openWalk } from "./walk.ts";

/** How long one job walks a host before it lets others have the worker. */
const walkMs = 15_000;
const pagesAtOnce = 100;

/** Visits wanted pages until the time is up, nothing is wanted any more, or the host wants to be left alone. */
export async function walkHost(ctx: Context, host: LeasedHost, browser: boolean): Promise<void> {
  const walk = openWalk(ctx, host, browser);
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
      for (const page of pages) {
        if (isOver() || !(await visitPage(walk, page))) return;
        if (isFull(walk) && !(await flush(walk))) return;
      }
      // What these pages led to is only wanted once it is written.
      if (!(await flush(walk))) return;
    }
  } finally {
    // What was fetched before the walk was broken off is not thrown away.
    await flush(walk);
  }
}
