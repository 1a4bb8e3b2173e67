import { inScope, isCmsList, isExploding, isTrap, templateOf, worthVisiting } from "@waymark/crawl";
import type { HostId, PageId } from "@waymark/domain";
import {
  addPages,
  type CutOff,
  type Db,
  dropTemplatePages,
  ensureHosts,
  listAddresses,
  listYields,
  type Page,
  type StoredSource,
  saveListed,
  sparePages,
} from "@waymark/store";
import { hostIdOf, pageIdOf } from "../row-ids.ts";
import { sitemapLinks } from "./read-list.ts";
import type { Link } from "./seen.ts";
import type { Visited, Walk } from "./walk.ts";

const dayMs = 86_400_000;
const depthMax = 12;
const hopsMax = 5;
/** So many pages of one kind, hardly any of which says anything of its own, are a trap. */
const trap = { pagesMin: 20, shareMax: 0.1 };

type Found = Link & { depth: number; hops: number; template: string };

/**
 * Puts the addresses that the visits of one run led to into the frontier: those inside the source, worth a
 * visit, and no trap. What is left alone is counted with its reason.
 */
export async function followLinks(
  walk: Walk,
  visited: Visited[],
  db: Db,
): Promise<{ hosts: HostId[]; cutOffs: CutOff[]; met: Set<string> }> {
  const { run, source } = visited[0]!;
  const now = walk.ctx.now();
  const cutOffs = new Map<string, CutOff>();
  const cut = (reason: string, example: string): void => {
    const known = cutOffs.get(reason);
    if (known) known.times += 1;
    else cutOffs.set(reason, { reason, times: 1, example });
  };
  const { found, listed, met } = gather(walk, visited, cut);
  const exhausted = await findTraps(db, visited, found);
  for (const url of exhausted.size > 0
    ? await dropTemplatePages(db, source.id, [...exhausted])
    : [])
    cut("near-duplicates", url);
  for (const [url, why] of await findExplosions(db, source.id, found)) {
    cut(why, url);
    found.delete(url);
  }
  const pages = [...found.values()].flatMap(({ url, template, purpose, depth, hops, because }) => {
    if (exhausted.has(template)) {
      cut("near-duplicates", url);
      return [];
    }
    const id = pageIdOf(url);
    return [{ id, hostId: hostIdOf(url), url, template, purpose, depth, hops, because }];
  });
  const hosts = [...new Set(pages.map((page) => page.hostId))];
  if (pages.length > 0) {
    await ensureHosts(db, hosts, source.politenessGroup);
    await addPages(db, { sourceId: source.id, runId: run.id, now, pages });
  }
  if (listed.length > 0) {
    const trusted = walk.host.lists.lied * 5 <= walk.host.lists.checked;
    await saveListed(db, { sourceId: source.id, runId: run.id, listed, trusted });
  }
  if (run.trigger === "schedule" && visited.some(isListHad))
    await sparePages(db, run.id, { hostId: walk.host.id, now });
  return { hosts, cutOffs: [...cutOffs.values()], met };
}

/** Also a list that is not sent again says that its pages are as they were. */
const isListHad = ({ page, seen }: Visited): boolean =>
  page.purpose === "sitemap" && /^(fetched|unchanged)$/.test(seen.observed.outcome);

/** What the visits led to and the walk has not met yet, by address; and what the site's lists date. */
function gather(
  walk: Walk,
  visited: Visited[],
  cut: (reason: string, example: string) => void,
): { found: Map<string, Found>; listed: { id: PageId; at: Date }[]; met: Set<string> } {
  const { run, source } = visited[0]!;
  const now = walk.ctx.now();
  const known = walk.known.get(run.id);
  const met = new Set<string>();
  const found = new Map<string, Found>();
  const listed: { id: PageId; at: Date }[] = [];
  for (const { page, seen } of visited) {
    // The parts of a list are as far from the front page as its first.
    const depth = page.purpose === "sitemap" ? page.depth : page.depth + 1;
    const { outcome } = seen.observed;
    const isThere = outcome === "fetched" || outcome === "unchanged" || outcome === "shell";
    const isFront = page.depth === 0 && page.purpose === "page" && isThere;
    const links = isFront ? [...seen.links, ...sitemapLinks(page, walk.host.robots)] : seen.links;
    for (const link of links) {
      const { url, because, lastModified } = link;
      if (lastModified && lastModified <= now)
        listed.push({ id: pageIdOf(url), at: latestOf(lastModified, now) });
      if (met.has(url) || known?.has(url)) continue;
      met.add(url);
      if (!belongs(source, page, link)) continue;
      const hops = because === "moved" ? page.hops + 1 : 0;
      const why = refusalOf(link, { depth, hops, now });
      if (why) cut(why, url);
      else if (link.purpose === "sitemap" || worthVisiting(url))
        found.set(url, { ...link, depth, hops, template: templateOf(url) });
    }
  }
  return { found, listed, met };
}

/** A day without a time of day may mean its last minute: our visit of that morning did not see it then. */
function latestOf(listed: Date, now: Date): Date {
  const isDay = listed.getTime() % dayMs === 0;
  return isDay ? new Date(Math.min(listed.getTime() + dayMs - 1, now.getTime())) : listed;
}

/** A content system answers at the root of its host, also for a source that is one folder of it. */
const belongs = (source: StoredSource, page: Page, { url, purpose }: Link): boolean =>
  inScope(source.scope, url) ||
  (purpose === "sitemap" && isCmsList(url) && hostIdOf(url) === hostIdOf(page.url));

/** Why an address inside the source is left alone, in the words of the operator's report. */
function refusalOf(
  { url, purpose }: Link,
  { depth, hops, now }: { depth: number; hops: number; now: Date },
): string | undefined {
  if (hops > hopsMax) return `more than ${hopsMax} redirects in a row`;
  if (depth > depthMax) return `more than ${depthMax} links from the front page`;
  if (purpose === "sitemap") return undefined;
  const reason = isTrap(url, now);
  return reason && `trap: ${reason.split(":")[0]}`;
}

/** Kinds of pages, visited now or found now, of which enough were read to see that they repeat themselves. */
async function findTraps(
  db: Db,
  visited: Visited[],
  found: Map<string, Found>,
): Promise<Set<string>> {
  const templates = new Set(
    [...found.values()]
      .filter(({ because }) => because !== "moved")
      .map(({ template }) => template),
  );
  for (const { page, seen } of visited) if (seen.text) templates.add(page.template);
  if (templates.size === 0) return new Set();
  const yields = await listYields(db, visited[0]!.source.id, [...templates]);
  return new Set(
    yields
      .filter(({ pages, shapes }) => pages >= trap.pagesMin && shapes <= pages * trap.shareMax)
      .map(({ template }) => template),
  );
}

/** Addresses that ask one page in ever new combinations of choices, with the reason for the report. */
async function findExplosions(
  db: Db,
  sourceId: StoredSource["id"],
  found: Map<string, Found>,
): Promise<[url: string, reason: string][]> {
  const withChoices = [...found.values()].filter(({ template }) => template.includes("&"));
  const byPath = Map.groupBy(withChoices, ({ template }) => template.split("?")[0]!);
  const exploding: [string, string][] = [];
  for (const [path, links] of byPath) {
    const known = await listAddresses(db, sourceId, { template: `${path}?`, limit: 200 });
    for (const { url } of links) {
      if (isExploding(known, url)) exploding.push([url, "trap: query explosion"]);
      else known.push(url);
    }
  }
  return exploding;
}
