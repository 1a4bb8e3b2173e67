import type { CmsSign } from "@waymark/domain";
import { withoutQuery } from "./address-query.ts";
import { drupal } from "./cms/drupal.ts";
import { mediawiki } from "./cms/mediawiki.ts";
import { wordpress } from "./cms/wordpress.ts";
import type { CmsListKind, CmsSystem } from "./cms-system.ts";

/** The first addresses to ask for a site of this kind; what they answer leads to the others. */
export function cmsProbes({ kind, api }: CmsSign): string[] {
  return URL.canParse(api) ? systems[kind].probes(api) : [];
}

const systems: Record<CmsSign["kind"], CmsSystem> = { wordpress, drupal, mediawiki };

/** Whether an address is one of those that `cmsProbes` and `readCmsList` give: it lists pages and is none. */
export function isCmsList(url: string): boolean {
  return findCmsList(url) !== undefined;
}

/** The system that such an address asks, and what for. */
export function findCmsList(url: string): { system: CmsSystem; kind: CmsListKind } | undefined {
  if (!URL.canParse(url)) return undefined;
  const address = new URL(url);
  for (const system of Object.values(systems)) {
    const kind = system.kindOf(address);
    if (kind) return { system, kind };
  }
  return undefined;
}

/**
 * The first part of a list for a later night: only what changed since. Later parts, and lists of lists, stay as
 * they are. No system tells of everything then, so the whole list is worth asking for now and then.
 */
export function withModifiedAfter(url: string, since: Date): string {
  const found = findCmsList(url);
  if (found?.kind !== "list" || isLaterPart(url)) return url;
  // Sites count in their own time: a day's margin covers every zone.
  return found.system.modifiedAfter(url, new Date(since.getTime() - 24 * 3_600_000));
}

/** The address without what `withModifiedAfter` adds to it. */
export const withoutModifiedAfter = (url: string): string =>
  withoutQuery(url, /^modified_after$|^filter\[since\]/);

/** Whether an address is the second part of a list or a later one: on most nights its first part tells enough. */
export function isLaterPart(url: string): boolean {
  if (!isCmsList(url)) return false;
  return [...new URL(url).searchParams.keys()].some((name) =>
    /^page$|^page\[(offset|cursor)\]$|continue$/.test(name),
  );
}
