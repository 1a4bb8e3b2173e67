import { HostId, PageId, RunId, SourceId } from "@waymark/domain";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase } from "../../../test/setup/database.ts";
import {
  addPages,
  addVisits,
  claimHost,
  dropRunPages,
  ensureHosts,
  finishRuns,
  listSourceHealth,
  listTroubledHosts,
  loadHealth,
  openPool,
  openRun,
  type Pool,
  releaseHost,
  saveHostBackoff,
  saveRobots,
  saveSource,
  saveTrust,
  saveVisitedPages,
} from "./index.ts";

const now = new Date("2026-04-10T08:00:00Z");
const night = (day: number) => new Date(Date.UTC(2026, 3, day, 2));
const sourceId = SourceId.parse("ferry");
const emptyId = SourceId.parse("island");
const main = HostId.parse("www.ferry.example");
const archive = HostId.parse("archive.ferry.example");

let pool: Pool;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  pool = openPool(database.url);
  drop = database.drop;
  for (const id of [sourceId, emptyId]) await addSource(id);
  await ensureHosts(pool, [main, archive], "quay");
  await addRun(4, [
    ["a", "fetched", 200],
    ["b", "fetched", 200],
    ["c", "fetched", 200],
    ["sitemap.xml", "fetched", 200, "sitemap"],
    ["feed.json", "gone", 404, "sitemap"],
  ]);
  await addRun(7, [
    ["a", "unchanged", 304],
    ["b", "unchanged", 304],
    ["c", "gone", 404],
  ]);
  await addRun(8, [["c", "broken", undefined, "page", "timed out"]]);
  await addRun(9, [["a", "gone", 404]], "old-pages.warc.gz");
  await pool.query("update page set same_as = 'ferry-a' where id = 'ferry-b'");
  await addPagesOf(["never"], archive, RunId.parse("ferry-9"));
  await dropRunPages(pool, RunId.parse("ferry-9"));
  const rules = { outcome: "rules", error: undefined, crawlDelayMs: 4000, now: night(7) } as const;
  await saveRobots(pool, main, { ...rules, text: "User-agent: *\nDisallow: /private" });
  const closed = { outcome: "closed", text: undefined, crawlDelayMs: undefined } as const;
  await saveRobots(pool, archive, { ...closed, error: "robots.txt answered 500", now: night(8) });
  await saveTrust(pool, main, {
    validators: { checked: 9, lied: 1 },
    lists: { checked: 5, lied: 0 },
  });
});
afterAll(async () => {
  await pool.end();
  await drop();
});

async function addSource(id: SourceId): Promise<void> {
  await saveSource(pool, {
    id,
    name: id,
    kind: "network",
    seeds: [`https://www.${id}.example/`],
    scope: [`https://www.${id}.example/`],
    origin: "operator",
    nextRunAt: undefined,
    now: night(1),
  });
}

type Answer = [
  path: string,
  outcome: string,
  status: number | undefined,
  purpose?: "page" | "sitemap",
  error?: string,
];

const idOf = (path: string) => PageId.parse(`ferry-${path}`);

async function addPagesOf(
  paths: string[],
  hostId: HostId,
  runId: RunId,
  purpose: "page" | "sitemap" = "page",
): Promise<void> {
  await addPages(pool, {
    sourceId,
    runId,
    now,
    pages: paths.map((path) => ({
      id: idOf(path),
      hostId,
      url: `https://${hostId}/${path}`,
      purpose,
      depth: 1,
      hops: 0,
      template: "/*",
      because: "link",
    })),
  });
}

/** A night's run that brought these answers; with an archive none of them is the site's own. */
async function addRun(day: number, answers: Answer[], archiveName?: string): Promise<void> {
  const id = RunId.parse(`ferry-${day}`);
  const at = night(day);
  const run = { id, sourceId, trigger: "schedule", slot: String(day), startedAt: at } as const;
  await openRun(pool, { ...run, who: undefined, delayMs: undefined, archive: archiveName });
  for (const [path, , , purpose] of answers) await addPagesOf([path], main, id, purpose);
  if (!archiveName) {
    await saveVisitedPages(
      pool,
      answers.map(([path, outcome]) => ({
        id: idOf(path),
        failures: outcome === "fetched" || outcome === "unchanged" ? 0 : 1,
        intervalHours: path === "a" ? 20 : 480,
        movedTo: undefined,
        etag: undefined,
        lastModified: undefined,
        bodyHash: undefined,
        textHash: undefined,
        textLength: undefined,
        shapeHash: undefined,
        bodyBytes: 1000,
        fetchedWholeAt: at,
        changesSeen: 0,
        daysWatched: 0,
        needsBrowser: path === "c",
        snapshotId: undefined,
        visitedAt: at,
        outcome,
        nextFetchAt: new Date(at.getTime() + (path === "a" ? 20 : 480) * 3_600_000),
      })),
    );
  }
  await addVisits(
    pool,
    answers.map(([path, outcome, status, , error]) => ({
      pageId: idOf(path),
      runId: id,
      at,
      outcome,
      status,
      error,
      location: undefined,
      bodyBytes: undefined,
      wireBytes: 0,
      tookMs: 1,
      snapshotId: undefined,
      changed: false,
      rendered: false,
      headers: undefined,
    })),
  );
  await finishRuns(pool, [id], at);
}

test("pages are counted by how their last visit ended, each outcome with its last example", async () => {
  const { pages, lists, outcomes, lastGoodAt } = await loadHealth(pool, sourceId, { now });
  expect(pages).toEqual({ all: 4, due: 2, neverVisited: 1, needBrowser: 1, double: 1 });
  expect(lists).toEqual({ working: 1, failing: 1 });
  expect(lastGoodAt).toEqual(night(7));
  const url = "https://www.ferry.example/";
  const none = { status: undefined, error: undefined, location: undefined };
  expect(outcomes).toEqual([
    {
      outcome: "unchanged",
      pages: 2,
      example: { ...none, url: `${url}a`, at: night(7), status: 304 },
    },
    {
      outcome: "broken",
      pages: 1,
      example: { ...none, url: `${url}c`, at: night(8), error: "timed out" },
    },
  ]);
});

test("what an archive answered says nothing of the site", async () => {
  const health = await loadHealth(pool, sourceId, { now });
  expect(health.recent).toEqual({ runs: 3, visits: 9, notModified: 2 });
  expect(health.lastGoodRunAt).toEqual(night(7));
  expect(health.nightsSinceGoodRun).toBe(3);
  expect(health.failedRuns).toBe(1);
  expect(health.intervalHours).toEqual({ low: 20, median: 480, high: 480 });
});

test("hosts tell what they allow and how far their word goes", async () => {
  const { hosts } = await loadHealth(pool, sourceId, { now });
  expect(hosts).toMatchObject([
    {
      id: main,
      group: "quay",
      pages: 5,
      robots: "rules",
      hasRules: true,
      crawlDelayMs: 4000,
      robotsGoodAt: night(7),
      backoffMs: 0,
      isLeased: false,
      validators: { checked: 9, lied: 1 },
      lists: { checked: 5, lied: 0 },
    },
    {
      id: archive,
      pages: 1,
      robots: "closed",
      robotsError: "robots.txt answered 500",
      robotsGoodAt: undefined,
    },
  ]);
});

test("a pause between two requests is no backoff; being turned away is", async () => {
  const host = (await claimHost(pool, main, 60_000))!;
  expect((await loadHealth(pool, sourceId, { now })).hosts[0]).toMatchObject({ isLeased: true });
  expect(await listTroubledHosts(pool)).toMatchObject([{ id: archive, backoffMs: 0 }]);
  await saveHostBackoff(pool, host, { failures: 2, waitMs: 600_000 });
  await releaseHost(pool, host);
  const [troubled, waiting] = await listTroubledHosts(pool);
  // Hosts of one group share one pace, so that both wait.
  for (const one of [troubled!, waiting!]) {
    expect(one).toMatchObject({ sourceIds: [sourceId], failures: 2 });
    expect(one.backoffMs).toBeGreaterThan(300_000);
    expect(one.backoffMs).toBeLessThanOrEqual(600_000);
  }
  expect([troubled!.closedBecause, waiting!.closedBecause]).toEqual([
    "robots.txt answered 500",
    undefined,
  ]);
});

test("a list of sources tells of each in short, also of one that has nothing yet", async () => {
  const healths = await listSourceHealth(pool, { now });
  expect(healths.get(sourceId)).toMatchObject({
    pages: 4,
    visited: 3,
    good: 2,
    due: 2,
    hostsClosed: 1,
    lastOutcome: "failed",
    lastGoodRunAt: night(7),
  });
  expect(healths.get(emptyId)).toEqual({
    pages: 0,
    visited: 0,
    good: 0,
    due: 0,
    hostsWaiting: 0,
    hostsClosed: 0,
    lastOutcome: undefined,
    lastGoodRunAt: undefined,
  });
  expect(await loadHealth(pool, emptyId, { now })).toMatchObject({
    pages: { all: 0 },
    outcomes: [],
    hosts: [],
    intervalHours: undefined,
    recent: { runs: 0, visits: 0 },
  });
});
