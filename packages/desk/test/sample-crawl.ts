import { createHash } from "node:crypto";
import { HostId, MentionId, PageId, RunId, SnapshotId, SourceId } from "@waymark/domain";
import {
  addPages,
  addVisits,
  type Db,
  ensureHosts,
  finishRuns,
  openIncident,
  openRun,
  type Pool,
  packPage,
  saveIssues,
  saveMentions,
  saveReadPage,
  saveSnapshot,
  saveVisitedPages,
} from "@waymark/store";
import { addSampleHealth } from "./sample-health.ts";
import { sampleIds, sampleNight } from "./sample-ids.ts";

const source = (path: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>${path}</title><meta name="description" content="Told to machines alone"></head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/grants">Grants</a></li></ul></nav><main>${body}</main><footer><p>Northgate Foundation, 12 Pier Road</p></footer></body></html>`;

/** The two pages that were read. */
export const samplePages = {
  "harbor-skills": source(
    "Harbor Skills Compact",
    `<h1>Harbor Skills Compact</h1><p>The compact brings colleges &amp; employers of three port cities together. <b>Harbor Skills</b> is now funded by Northgate Foundation and the Pierpont Fund through June 2028.</p><h2>Partners</h2><ul><li>Tidewater College</li><li>Lakeshore Works</li></ul><p>Questions? Write to ask@northgate.example.</p>`,
  ),
  grants: source(
    "Grants",
    `<h1>Grants</h1><p>In January 2026 we launched the Credential Commons, a shared place for open credentials, led by Lakeshore Works.</p><p>The Rural Pathways Pilot concluded in December 2025.</p>`,
  ),
};

/** Three earlier nights and the last one, with two pages read. Returns each page's snapshot. */
export async function addSampleCrawl(db: Pool, name: string): Promise<Record<string, SnapshotId>> {
  const host = HostId.parse("www.northgate.example");
  await ensureHosts(db, [host]);
  const snapshots: Record<string, SnapshotId> = {};
  for (const [path, text] of Object.entries(samplePages)) {
    const bytes = new TextEncoder().encode(text);
    const id = SnapshotId.parse(createHash("sha256").update(bytes).digest("hex"));
    snapshots[path] = id;
    const snapshot = { id, contentType: "text/html; charset=utf-8", skim: undefined };
    await saveSnapshot(db, { ...snapshot, ...(await packPage({ bytes })) }, sampleNight);
  }
  const days = [26, 27, 28].map((day) => new Date(`2026-02-${day}T02:00:00Z`));
  for (const [index, startedAt] of [...days, sampleNight].entries()) {
    const id = index === 3 ? sampleIds.run : RunId.parse(`run-before-${index}`);
    await openRun(db, {
      id,
      sourceId: sampleIds.source,
      trigger: "schedule",
      who: undefined,
      slot: startedAt.toISOString().slice(0, 10),
      delayMs: undefined,
      startedAt,
    });
    if (index === 0) await addSamplePages(db, host, name);
    for (const [at, path] of ["", "harbor-skills", "grants", "about", "gone"].entries()) {
      if (at > index + 2) continue;
      const isNew = index === 0 || at === 1;
      await addVisits(db, [
        {
          pageId: PageId.parse(`page-${at}`),
          runId: id,
          at: startedAt,
          outcome: path === "gone" ? "gone" : isNew ? "fetched" : "unchanged",
          status: path === "gone" ? 404 : isNew ? 200 : 304,
          error: undefined,
          location: undefined,
          bodyBytes: 4000 + at,
          wireBytes: isNew ? 1200 + at : 0,
          tookMs: 120 + at * 31,
          snapshotId: snapshots[path],
          changed: isNew,
          rendered: false,
          headers: undefined,
        },
      ]);
    }
    if (index === 3) await addSampleHealth(db, name);
    await finishRuns(db, [id], new Date(startedAt.getTime() + 4 * 60_000));
  }
  for (const [pageId, path] of [
    [sampleIds.page, "harbor-skills"],
    [PageId.parse("page-2"), "grants"],
  ] as const)
    await readSamplePage(db, pageId, path, snapshots[path]!, name);
  await openRun(db, {
    id: RunId.parse("run-lakeshore"),
    sourceId: SourceId.parse("lakeshore"),
    trigger: "operator",
    who: "ada",
    slot: "by-hand",
    delayMs: undefined,
    startedAt: new Date(sampleNight.getTime() + 60_000),
  });
  await finishRuns(db, [RunId.parse("run-lakeshore")], new Date(sampleNight.getTime() + 90_000));
  await openIncident(db, {
    sourceId: SourceId.parse("lakeshore"),
    runId: undefined,
    code: "silent",
    message: `No page of ${name} could be read for three nights in a row.`,
    now: sampleNight,
  });
  return snapshots;
}

async function addSamplePages(db: Db, hostId: HostId, name: string): Promise<void> {
  const path = /^[a-z ]+$/i.test(name) ? "harbor-skills" : `harbor?q=${encodeURIComponent(name)}`;
  await addPages(db, {
    sourceId: sampleIds.source,
    runId: RunId.parse("run-before-0"),
    now: new Date("2026-02-26T02:00:00Z"),
    pages: ["", path, "grants", "about", "gone"].map((end, at) => ({
      id: PageId.parse(`page-${at}`),
      hostId,
      url: `https://www.northgate.example/${end}`,
      purpose: "page" as const,
      depth: at === 0 ? 0 : 1,
      hops: 0,
      template: at === 0 ? "/" : "/*",
      because: "link" as const,
    })),
  });
}

async function readSamplePage(
  db: Db,
  id: PageId,
  path: keyof typeof samplePages,
  snapshotId: SnapshotId,
  name: string,
): Promise<void> {
  await saveVisitedPages(db, [
    {
      id,
      failures: 0,
      intervalHours: 24,
      movedTo: undefined,
      etag: undefined,
      lastModified: undefined,
      bodyHash: undefined,
      textHash: undefined,
      textLength: undefined,
      shapeHash: undefined,
      bodyBytes: 4000,
      fetchedWholeAt: sampleNight,
      changesSeen: 0,
      daysWatched: 0,
      needsBrowser: false,
      snapshotId,
      visitedAt: sampleNight,
      outcome: "fetched",
      nextFetchAt: new Date(sampleNight.getTime() + 24 * 3_600_000),
    },
  ]);
  await saveReadPage(db, {
    id,
    snapshotId,
    readerVersion: "1",
    recipeVersion: undefined,
    kind: path === "grants" ? "listing" : "detail",
    title: path === "grants" ? "Grants" : name,
    language: "en",
    dates: [],
  });
  await saveIssues(db, id, {
    issues: [{ code: "unreadable-date", message: `no date in “Spring ’2X, ${name}”` }],
    snapshotId,
    now: sampleNight,
  });
  if (path !== "harbor-skills") return;
  const text = samplePages[path];
  const asked = text.indexOf("ask@northgate.example");
  await saveMentions(
    db,
    [
      {
        id: MentionId.parse("mention-1"),
        pageId: id,
        key: "harbor",
        mention: {
          key: "harbor",
          role: "detail",
          name,
          aliases: [],
          contacts: [{ kind: "mail", value: "ask@northgate.example" }],
          relations: [],
          signs: [],
          range: { start: text.indexOf("<h1>"), end: text.indexOf("</h1>") },
          relevance: { score: 0.9, reasons: ["names skills"] },
          evidence: [
            {
              field: "contact",
              value: "ask@northgate.example",
              quote: "ask@northgate.example",
              start: asked,
              end: asked + "ask@northgate.example".length,
              method: "sentence",
              confidence: 0.7,
            },
          ],
        },
        snapshotId,
        readerVersion: "1",
        knowledgeVersion: "1",
        match: { verdict: "same", initiativeId: sampleIds.entry, score: 0.97, reasons: [] },
        initiativeId: sampleIds.entry,
      },
    ],
    sampleNight,
  );
}
