import type { VisitOutcome } from "@waymark/domain";
import type { Pool } from "@waymark/store";
import { type FaultHost, faultAt } from "./fault-site.ts";
import type { FaultyWay } from "./fault-ways.ts";

/** How a page was found in one night. */
export type SeenPage = { url: string; outcomes: VisitOutcome[] };

/** What the faults came to. */
export type FaultScore = {
  faultyPages: number;
  /** Of those, the ones whose visits have the name that fits. */
  namedRight: number;
  /** Pages that were well in the second night and are said not to be. */
  wronged: string[];
  /** Pages of the first night that the third did not find again. */
  lost: string[];
  misnamed: string[];
};

const isGood = (outcome: VisitOutcome): boolean => outcome === "fetched" || outcome === "unchanged";

/** Holds three nights of visits against what the sites did. */
export function scoreFaults(
  hosts: FaultHost[],
  pages: number,
  [first, second, third]: [SeenPage[], SeenPage[], SeenPage[]],
): FaultScore {
  const byName = new Map(hosts.map((host) => [host.name, host]));
  const known = first.filter(({ outcomes }) => outcomes.some(isGood)).map(({ url }) => url);
  const later = (seen: SeenPage[]) => new Map(seen.map(({ url, outcomes }) => [url, outcomes]));
  const [faultyNight, lastNight] = [later(second), later(third)];
  const score: FaultScore = { faultyPages: 0, namedRight: 0, wronged: [], lost: [], misnamed: [] };
  for (const url of known) {
    const { host, pathname } = new URL(url);
    const fault = faultAt(byName.get(host)!, pathname, pages) as FaultyWay | undefined;
    const outcomes = faultyNight.get(url) ?? [];
    const told = `${url}: ${outcomes.join(", ") || "not visited"}`;
    if (fault) {
      score.faultyPages += 1;
      if (outcomes.length > 0 && outcomes.every((one) => one === fault.outcome))
        score.namedRight += 1;
      else score.misnamed.push(`${told}, not ${fault.outcome} (${fault.name})`);
    } else if (!outcomes.some(isGood)) {
      score.wronged.push(told);
    }
    if (!(lastNight.get(url) ?? []).some(isGood)) score.lost.push(url);
  }
  return score;
}

const visitsOfNight = `
  select page.url, array_agg(visit.outcome) as outcomes from visit join page on page.id = visit.page_id
  where page.purpose = 'page' and visit.at >= $1 and visit.at < $1 + interval '20 hours'
  group by page.url order by page.url`;

/** What a night's visits came to, page by page. */
export async function listSeen(db: Pool, night: Date): Promise<SeenPage[]> {
  return (await db.query(visitsOfNight, [night])).rows;
}

const endings = `
  select 'page ' || url || ' is ' || outcome as what from page
  where purpose = 'page' and outcome in ('gone', 'soft-404', 'parked', 'no-address')
  union all
  select 'entry ' || id || ' is ' || freshness from initiative where freshness in ('stale', 'presumed-ended')
  union all
  select 'entry ' || initiative_id || ' is proposed as ' || kind from change where kind in ('stale', 'ended')
  union all
  select 'entry ' || initiative_id || ' is to be ended' from change
  where kind = 'update' and proposal::text like '%"status"%' and proposal::text like '%"ended"%'
  order by what`;

/** Pages and entries that are said to be gone, ended or stale as the rows stand. */
export async function listEndings(db: Pool): Promise<string[]> {
  return (await db.query(endings)).rows.map((row) => row.what);
}
