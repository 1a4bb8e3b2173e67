import { HostId, PageId, SourceId } from "@waymark/domain";
import {
  addCutOffs,
  addPages,
  addVisits,
  claimHost,
  type Db,
  dropRunPages,
  ensureHosts,
  type Pool,
  releaseHost,
  saveHostBackoff,
  saveRenderVerdict,
  saveRobots,
  saveTrust,
  saveVisitedPages,
} from "@waymark/store";
import { sampleIds, sampleNight } from "./sample-ids.ts";

const northgate = HostId.parse("www.northgate.example");
const news = HostId.parse("news.northgate.example");
const lakeshore = HostId.parse("lakeshore.example");
const hourMs = 3_600_000;

type SamplePage = {
  path: string;
  outcome: string;
  status?: number;
  error?: string;
  location?: string;
  hours?: number;
  host?: HostId;
  purpose?: "page" | "sitemap";
  template?: string;
  needsBrowser?: boolean;
};

const pagesOf = (name: string): SamplePage[] => [
  { path: "programs/dockside", outcome: "fetched", status: 200, hours: 48, needsBrowser: true },
  { path: "programs/apprentices", outcome: "unchanged", status: 304, hours: 168 },
  { path: "programs/night-school", outcome: "unchanged", status: 304, hours: 672 },
  { path: "reports/2024", outcome: "unchanged", status: 304, hours: 672 },
  { path: "old-news", outcome: "moved", status: 301, location: "https://news.northgate.example/" },
  {
    path: "board",
    outcome: "login",
    status: 200,
    error: "asks for a password and says little else",
  },
  { path: "map", outcome: "shell", status: 200, error: "has an empty mount point for a script" },
  { path: "internal", outcome: "refused", error: "robots.txt: disallow: /internal" },
  { path: "reports/all.zip", outcome: "wrong-type", status: 200, error: "application/zip" },
  { path: "apply", outcome: "broken", error: `timed out after 30 s, ${name}` },
  { path: "", outcome: "blocked", status: 403, host: news },
  { path: "sitemap.xml", outcome: "fetched", status: 200, purpose: "sitemap", hours: 20 },
  { path: "feed", outcome: "gone", status: 404, purpose: "sitemap", hours: 672 },
];

/** How the sample sources answered: every kind of outcome, hosts in good and in bad state, what was left alone. */
export async function addSampleHealth(db: Pool, name: string): Promise<void> {
  await ensureHosts(db, [northgate, news, lakeshore]);
  await addAnswers(db, pagesOf(name));
  await addHosts(db, name);
  // What was never visited is known now, and no finished run wants it.
  await dropRunPages(db, sampleIds.run);
  await addCutOffs(db, sampleIds.run, [
    {
      reason: "trap: calendar",
      times: 214,
      example: "https://www.northgate.example/events?month=2031-05",
    },
    {
      reason: "near-duplicates",
      times: 38,
      example: `https://www.northgate.example/tags/${encodeURIComponent(name)}`,
    },
    {
      reason: "same bytes as another page: not read twice",
      times: 1,
      example: "https://www.northgate.example/index.html is https://www.northgate.example/",
    },
  ]);
  for (const [template, gains, reason] of [
    ["/programs/*", true, "has a mount point for a script with 12 characters in it"],
    ["/map", false, `says "Loading, ${name}"`],
  ] as const)
    await saveRenderVerdict(db, sampleIds.source, {
      template,
      gains,
      reason,
      triedAt: sampleNight,
    });
}

async function addAnswers(db: Db, pages: SamplePage[]): Promise<void> {
  const rows = pages.map((page, at) => ({
    ...page,
    id: PageId.parse(`page-answer-${at}`),
    hostId: page.host ?? northgate,
  }));
  await addPages(db, {
    sourceId: sampleIds.source,
    runId: sampleIds.run,
    now: sampleNight,
    pages: [
      ...rows.map(({ id, hostId, path, purpose = "page", template = "/*" }) => ({
        id,
        hostId,
        url: `https://${hostId}/${path}`,
        purpose,
        depth: 1,
        hops: 0,
        template,
        because: "link" as const,
      })),
      {
        id: PageId.parse("page-unvisited"),
        hostId: news,
        url: "https://news.northgate.example/2026/harbor",
        purpose: "page",
        depth: 2,
        hops: 0,
        template: "/*/*",
        because: "link",
      },
    ],
  });
  const front = { id: PageId.parse("page-0"), outcome: "unchanged", status: 304, hours: 20 };
  const about = { id: PageId.parse("page-3"), outcome: "unchanged", status: 304, hours: 168 };
  const gone = { id: PageId.parse("page-4"), outcome: "gone", status: 404, hours: 672 };
  await saveVisitedPages(
    db,
    [...rows, front, about, gone].map(({ id, outcome, hours = 168, ...page }) => ({
      id,
      failures: ["fetched", "unchanged", "moved"].includes(outcome) ? 0 : 1,
      intervalHours: hours,
      movedTo: undefined,
      etag: undefined,
      lastModified: undefined,
      bodyHash: undefined,
      textHash: undefined,
      textLength: undefined,
      shapeHash: undefined,
      bodyBytes: 48_000,
      fetchedWholeAt: sampleNight,
      changesSeen: 0,
      daysWatched: 0,
      needsBrowser: "needsBrowser" in page && page.needsBrowser === true,
      snapshotId: undefined,
      visitedAt: sampleNight,
      outcome,
      nextFetchAt: new Date(sampleNight.getTime() + hours * hourMs),
    })),
  );
  await addVisits(
    db,
    rows.map(({ id, outcome, status, error, location, needsBrowser = false }) => ({
      pageId: id,
      runId: sampleIds.run,
      at: sampleNight,
      outcome,
      status,
      error,
      location,
      bodyBytes: undefined,
      wireBytes: status === 200 ? 12_400 : 0,
      tookMs: 180,
      snapshotId: undefined,
      changed: false,
      rendered: needsBrowser,
      headers: undefined,
    })),
  );
}

async function addHosts(db: Db, name: string): Promise<void> {
  const rules = {
    outcome: "rules",
    error: undefined,
    crawlDelayMs: 2000,
    now: sampleNight,
  } as const;
  await saveRobots(db, northgate, { ...rules, text: "User-agent: *\nDisallow: /internal\n" });
  await saveRobots(db, lakeshore, {
    text: undefined,
    outcome: "closed",
    error: `robots.txt answered 503, ${name}`,
    crawlDelayMs: undefined,
    now: sampleNight,
  });
  await saveTrust(db, northgate, {
    validators: { checked: 41, lied: 0 },
    lists: { checked: 17, lied: 2 },
  });
  await addPages(db, {
    sourceId: SourceId.parse("lakeshore"),
    runId: sampleIds.run,
    now: sampleNight,
    pages: [
      {
        id: PageId.parse("page-lakeshore"),
        hostId: lakeshore,
        url: "https://lakeshore.example/",
        purpose: "page",
        depth: 0,
        hops: 0,
        template: "/",
        because: "seed",
      },
    ],
  });
  // Backoff is by the database's clock, as everything about a host's turn is.
  const host = (await claimHost(db, news, 60_000))!;
  await saveHostBackoff(db, host, { failures: 3, waitMs: 14 * 60_000 });
  await releaseHost(db, host);
}
