import { inScope } from "@waymark/crawl";
import type { RunId, SourceId } from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";
import {
  type Db,
  findSource,
  listInitiatives,
  listMentionedUrls,
  listMentions,
  listMovedAddresses,
  listOpenRuns,
  listSources,
  listUnmatchedMentions,
  openRun,
  saveSource,
} from "@waymark/store";
import { runIdOf } from "../row-ids.ts";
import { nextRunAt } from "../schedules.ts";
import { lowlyNamesakes } from "./lowly-namesakes.ts";

/** Only mentions at least this relevant to learning and work send us to another site. */
export const relevanceMin = 0.5;

/** Sites that host everybody's pages: an address there says nothing about a site of the effort's own. */
const sharedHosts =
  /(^|\.)(facebook|twitter|x|linkedin|youtube|youtu|instagram|vimeo|flickr|medium|google|bit|t|eventbrite|zoom|surveymonkey|mailchimp|issuu|scribd|slideshare|wikipedia|amazon|apple|microsoft|github|dropbox|box|paypal|submittable)\.(com|co|be|ly|us|org)$/;

/** A found site is crawled each night when sources are by default. */
const nightly = { runAt: "02:00", timeZone: "America/New_York" };

/** Most sites that one wave of runs may find; the rest is found by the next. */
const foundPerWave = 300;

/** The efforts' own addresses that the catalog and relevant mentions name, canonical, in order. */
export async function listNamedAddresses(db: Db): Promise<string[]> {
  const urls = [
    ...(await listInitiatives(db)).flatMap((entry) => entry.values.url ?? []),
    ...(await listMentionedUrls(db, relevanceMin)),
    ...(await listNamesakesUrls(db)),
    ...(await listMovedAddresses(db)),
  ];
  return [...new Set(urls.flatMap((url) => canonicalAddress(url) ?? []))].sort();
}

/** A list that only names an effort gives its address; that it matters is told on other pages. */
async function listNamesakesUrls(db: Db): Promise<string[]> {
  const namesakes = lowlyNamesakes(await listUnmatchedMentions(db, relevanceMin));
  const mentions = await listMentions(
    db,
    namesakes.map(({ id }) => id),
  );
  return mentions.flatMap(({ mention }) => mention.url ?? []);
}

/**
 * Efforts' own sites that no source covers become sources of their own, marked as found, with a small
 * budget, and join the wave of runs that found them. An operator sees, pauses or removes them like any
 * other. Returns the runs that were opened.
 */
export async function openFoundSources(db: Db, now: Date): Promise<RunId[]> {
  const scopes = (await listSources(db)).flatMap((source) => source.scope);
  const opened: RunId[] = [];
  const archive = await archiveOfWave(db);
  for (const url of await listNamedAddresses(db)) {
    if (opened.length >= foundPerWave) break;
    const host = new URL(url).hostname;
    if (sharedHosts.test(host) || inScope(scopes, url)) continue;
    const scope = scopeOf(url);
    const id = await freeId(db, url);
    await saveSource(db, {
      id,
      name: new URL(url).hostname.replace(/^www\./, "") + new URL(url).pathname.replace(/\/$/, ""),
      kind: "initiative",
      seeds: [url],
      pagesMax: 60,
      scope: [scope],
      origin: "found",
      nextRunAt: nextRunAt(nightly, now),
      now,
    });
    scopes.push(scope);
    const run = runIdOf(id, now.toISOString());
    const isOpen = await openRun(db, {
      id: run,
      sourceId: id,
      trigger: "found",
      who: undefined,
      slot: now.toISOString(),
      delayMs: await smallestOpenDelay(db),
      archive,
      startedAt: now,
    });
    if (isOpen) opened.push(run);
  }
  return opened;
}

/** A whole site when the address is its root, else the address and what lies under it. */
function scopeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  if (/^\/(index\.[a-z]+|home|home\/)?$/i.test(pathname)) return `${origin}/`;
  const folder = /\.[a-z0-9]{2,5}$/i.test(pathname) ? pathname : `${pathname.replace(/\/$/, "")}`;
  return `${origin}${folder}`;
}

async function freeId(db: Db, url: string): Promise<SourceId> {
  const { hostname, pathname } = new URL(url);
  const base = `${hostname.replace(/^www\./, "")}${pathname}`
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "")
    .slice(0, 56);
  for (let n = 1; ; n++) {
    const id = (n === 1 ? base : `${base}-${n}`) as SourceId;
    if (!(await findSource(db, id))) return id;
  }
}

/** What a wave on an archive finds is looked for in that archive, and not on the web. */
const archiveOfWave = async (db: Db): Promise<string | undefined> =>
  (await listOpenRuns(db)).find((run) => run.archive !== undefined)?.archive;

/** A found site is crawled at the pace that was asked for the runs that found it. */
async function smallestOpenDelay(db: Db): Promise<number | undefined> {
  const delays = (await listOpenRuns(db)).flatMap((run) => run.delayMs ?? []);
  return delays.length > 0 ? Math.min(...delays) : undefined;
}
