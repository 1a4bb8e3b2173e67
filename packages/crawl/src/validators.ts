import { chanceOf } from "./chance.ts";

const dayMs = 86_400_000;
const wholeAtLeastEveryMs = 180 * dayMs;
/** So many pages are fetched whole though their validators would do. */
const sampleShare = 0.02;

/**
 * Whether a page may be asked with the validators of its last visit. Now and then it is not, since some
 * servers answer "not modified" whatever became of the page: a sample of pages that differs every day, every page
 * after half a year, and all of them where samples have shown that the host's validators lie.
 */
export function mayAskConditionally(
  page: {
    id: string;
    etag: string | undefined;
    lastModified: string | undefined;
    fetchedWholeAt: Date | undefined;
  },
  { trust, now }: { trust: { checked: number; lied: number }; now: Date },
): boolean {
  if (page.etag === undefined && page.lastModified === undefined) return false;
  // One lie in a hundred may be a page that changed between two requests.
  if (trust.lied > 0 && trust.lied * 100 >= trust.checked) return false;
  const wholeAt = page.fetchedWholeAt?.getTime() ?? 0;
  if (now.getTime() - wholeAt >= wholeAtLeastEveryMs) return false;
  return chanceOf(`${page.id} ${Math.floor(now.getTime() / dayMs)}`) >= sampleShare;
}
