import { createHash } from "node:crypto";
import {
  type ChangeEvidence,
  ChangeId,
  ClusterId,
  type Field,
  HostId,
  InitiativeId,
  type InitiativeValues,
  MentionId,
  PageId,
  type ProposedChange,
  RunId,
  SnapshotId,
  SourceId,
} from "@waymark/domain";
import { importCatalog, importSources } from "@waymark/pipeline";
import {
  addChange,
  addPages,
  addVisit,
  type Db,
  ensureClusters,
  ensureHosts,
  finishRuns,
  openIncident,
  openRun,
  type Pool,
  saveInitiativeReviewed,
  saveIssues,
  saveMentions,
  saveReadPage,
  saveSnapshot,
  saveSuppressions,
  saveVisitedPage,
} from "@waymark/store";

/** Rows for the desk's tests: a small catalog, two sources, a night's crawl, and one change of each kind. */
export const sampleNow = new Date("2026-03-01T08:30:00Z");
const night = new Date("2026-03-01T02:00:00Z");

/** What the tests look for. */
export const sampleIds = {
  update: ChangeId.parse("update-1"),
  fresh: ChangeId.parse("new-1"),
  page: PageId.parse("page-1"),
  run: RunId.parse("run-1"),
  source: SourceId.parse("northgate"),
  entry: InitiativeId.parse("harbor-skills"),
};

const source = (path: string, body: string) =>
  `<!doctype html><html lang="en"><head><title>${path}</title><meta name="description" content="Told to machines alone"></head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/grants">Grants</a></li></ul></nav><main>${body}</main><footer><p>Northgate Foundation, 12 Pier Road</p></footer></body></html>`;

const pageTexts = {
  "harbor-skills": source(
    "Harbor Skills Compact",
    `<h1>Harbor Skills Compact</h1><p>The compact brings colleges &amp; employers of three port cities together. <b>Harbor Skills</b> is now funded by Northgate Foundation and the Pierpont Fund through June 2028.</p><h2>Partners</h2><ul><li>Tidewater College</li><li>Lakeshore Works</li></ul>`,
  ),
  grants: source(
    "Grants",
    `<h1>Grants</h1><p>In January 2026 we launched the Credential Commons, a shared place for open credentials, led by Lakeshore Works.</p><p>The Rural Pathways Pilot concluded in December 2025.</p>`,
  ),
};

/** Fills an empty, migrated database. `name` stands where pages and people name things, for hostile names. */
export async function addSampleRows(db: Pool, name = "Harbor Skills Compact"): Promise<void> {
  await importCatalog(db, entries(name), new Date("2026-01-10T12:00:00Z"));
  await importSources(
    db,
    [
      {
        id: sampleIds.source,
        name: "Northgate Foundation",
        kind: "foundation",
        seeds: ["https://www.northgate.example/"],
      },
      {
        id: SourceId.parse("lakeshore"),
        name: "Lakeshore Works",
        kind: "initiative",
        seeds: ["https://lakeshore.example/"],
      },
    ],
    new Date("2026-01-10T12:00:00Z"),
  );
  const snapshots = await addCrawl(db, name);
  await addQueue(db, name, snapshots);
  await saveInitiativeReviewed(db, InitiativeId.parse("rural-pathways"), {
    freshness: { step: "stale", reason: "Nothing dated was seen of it since June 2024." },
    now: sampleNow,
  });
  await saveInitiativeReviewed(db, InitiativeId.parse("bridge-to-trades"), {
    freshness: { step: "ageing", reason: "The newest date on its pages is 14 months old." },
    now: sampleNow,
  });
}

const entries = (name: string): (InitiativeValues & { id: InitiativeId })[] =>
  [
    {
      id: "harbor-skills",
      name,
      acronym: "HSC",
      url: "https://www.harborskills.example/",
      kind: "initiative" as const,
      description:
        "A compact of colleges and employers in three port cities that agree on what a skill is and how it is shown.",
      leadOrganization: "Tidewater College",
      funders: ["Northgate Foundation"],
      partners: ["Tidewater College", "Old Mill Institute"],
      states: ["MD", "VA"],
      start: "2021-09",
      end: null,
      status: "active" as const,
      topics: ["skills", "credentials"],
    },
    {
      id: "harbor-skills-initiative",
      name: "Harbor Skills Initiative",
      url: "https://harborskills.example/initiative",
      leadOrganization: "Tidewater College",
      states: ["VA"],
      status: "active" as const,
    },
    {
      id: "rural-pathways",
      name: "Rural Pathways Pilot",
      leadOrganization: "Prairie Learning Network",
      funders: ["Northgate Foundation"],
      states: ["IA", "KS", "NE", "ND", "SD", "MN", "MO"],
      status: "active" as const,
      start: "2022",
    },
    {
      id: "bridge-to-trades",
      name: "Bridge to the Trades",
      kind: "state-program" as const,
      leadOrganization: "Ohio Workforce Board",
      states: ["OH"],
      status: "active" as const,
    },
    {
      id: "open-badge-exchange",
      name: "Open Badge Exchange",
      kind: "standard" as const,
      leadOrganization: "Lakeshore Works",
      status: "planned" as const,
    },
  ].map((entry) => ({ ...entry, id: InitiativeId.parse(entry.id) }));

/** Three earlier nights and the last one, with two pages read. Returns each page's snapshot. */
async function addCrawl(db: Pool, name: string): Promise<Record<string, SnapshotId>> {
  const host = HostId.parse("www.northgate.example");
  await ensureHosts(db, [host]);
  const snapshots: Record<string, SnapshotId> = {};
  for (const [path, text] of Object.entries(pageTexts)) {
    const bytes = new TextEncoder().encode(text);
    const id = SnapshotId.parse(createHash("sha256").update(bytes).digest("hex"));
    snapshots[path] = id;
    await saveSnapshot(db, {
      id,
      bytes,
      contentType: "text/html; charset=utf-8",
      skim: undefined,
      now: night,
    });
  }
  const days = [26, 27, 28].map((day) => new Date(`2026-02-${day}T02:00:00Z`));
  for (const [index, startedAt] of [...days, night].entries()) {
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
      await addVisit(db, {
        pageId: PageId.parse(`page-${at}`),
        runId: id,
        at: startedAt,
        outcome: path === "gone" ? "gone" : index === 0 || at === 1 ? "fetched" : "unchanged",
        status: path === "gone" ? 404 : 200,
        error: undefined,
        location: undefined,
        bodyBytes: 4000 + at,
        tookMs: 120 + at * 31,
        snapshotId: snapshots[path],
        changed: index === 0 || at === 1,
      });
    }
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
    startedAt: new Date(night.getTime() + 60_000),
  });
  await finishRuns(db, [RunId.parse("run-lakeshore")], new Date(night.getTime() + 90_000));
  await openIncident(db, {
    sourceId: SourceId.parse("lakeshore"),
    runId: undefined,
    code: "silent",
    message: `No page of ${name} could be read for three nights in a row.`,
    now: night,
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
      because: "link" as const,
    })),
  });
}

async function readSamplePage(
  db: Db,
  id: PageId,
  path: keyof typeof pageTexts,
  snapshotId: SnapshotId,
  name: string,
): Promise<void> {
  await saveVisitedPage(db, {
    id,
    failures: 0,
    intervalHours: 24,
    movedTo: undefined,
    etag: undefined,
    lastModified: undefined,
    bodyHash: undefined,
    textHash: undefined,
    snapshotId,
    visitedAt: night,
    outcome: "fetched",
    nextFetchAt: new Date(night.getTime() + 24 * 3_600_000),
    readAlready: false,
  });
  await saveReadPage(db, {
    id,
    snapshotId,
    readerVersion: "1",
    kind: path === "grants" ? "listing" : "detail",
    title: path === "grants" ? "Grants" : name,
    language: "en",
    dates: [],
  });
  await saveIssues(db, id, {
    issues: [{ code: "unreadable-date", message: `no date in “Spring ’2X, ${name}”` }],
    snapshotId,
    now: night,
  });
  if (path !== "harbor-skills") return;
  const text = pageTexts[path];
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
          relations: [],
          signs: [],
          range: { start: text.indexOf("<h1>"), end: text.indexOf("</h1>") },
          relevance: { score: 0.9, reasons: ["names skills"] },
          evidence: [],
        },
        snapshotId,
        readerVersion: "1",
        knowledgeVersion: "1",
        match: { verdict: "same", initiativeId: sampleIds.entry, score: 0.97, reasons: [] },
        initiativeId: sampleIds.entry,
      },
    ],
    night,
  );
}

async function addQueue(
  db: Pool,
  name: string,
  snapshots: Record<string, SnapshotId>,
): Promise<void> {
  const quote = (field: Field | "sign", path: "harbor-skills" | "grants", words: string) => {
    const raw = words.replace("&", "&amp;");
    const start = pageTexts[path].indexOf(raw);
    return {
      type: "quote" as const,
      field,
      value: words,
      quote: words,
      start,
      end: start + raw.length,
      method: "sentence" as const,
      confidence: 0.9,
      url: `https://www.northgate.example/${path}`,
      pageId: PageId.parse(path === "grants" ? "page-2" : "page-1"),
      snapshotId: snapshots[path]!,
      readerVersion: "1",
    };
  };
  const propose = (
    id: ChangeId,
    effort: Parameters<typeof addChange>[1],
    change: Partial<ProposedChange> & Pick<ProposedChange, "kind" | "title" | "priority">,
    evidence: ChangeEvidence[],
  ) =>
    addChange(db, effort, {
      fingerprint: id,
      url: null,
      fields: [],
      other: null,
      confidence: 0.9,
      reasons: [],
      confirmBy: [],
      ...change,
      evidence,
      id,
      state: "open",
      now: new Date("2026-03-01T02:04:00Z"),
    });
  const harbor = { initiativeId: sampleIds.entry };
  await propose(
    sampleIds.update,
    harbor,
    {
      kind: "update",
      title: name,
      url: "https://www.harborskills.example/",
      priority: 9,
      confidence: 0.93,
      fields: [
        {
          field: "funders",
          old: ["Northgate Foundation"],
          new: ["Northgate Foundation", "Pierpont Fund"],
          added: ["Pierpont Fund"],
          removed: [],
        },
        {
          field: "partners",
          old: ["Tidewater College", "Old Mill Institute"],
          new: ["Tidewater College", "Lakeshore Works"],
        },
        { field: "end", old: null, new: "2028-06" },
        {
          field: "description",
          old: "A compact of colleges and employers in three port cities that agree on what a skill is and how it is shown.",
          new: "The compact brings colleges and employers of three port cities together to agree on what a skill is and how it is shown.",
        },
      ],
      reasons: ["Its funder's own page says so.", "The list of partners changed since February."],
    },
    [
      quote(
        "funders",
        "harbor-skills",
        "is now funded by Northgate Foundation and the Pierpont Fund through June 2028",
      ),
      quote(
        "end",
        "harbor-skills",
        "is now funded by Northgate Foundation and the Pierpont Fund through June 2028",
      ),
      quote("partners", "harbor-skills", "Lakeshore Works"),
      quote(
        "description",
        "harbor-skills",
        "The compact brings colleges & employers of three port cities together.",
      ),
    ],
  );
  const clusterId = ClusterId.parse("cluster-1");
  await ensureClusters(db, [clusterId]);
  await propose(
    sampleIds.fresh,
    { clusterId },
    {
      kind: "new",
      title: "Credential Commons",
      priority: 8,
      confidence: 0.81,
      fields: [
        { field: "name", old: null, new: "Credential Commons" },
        { field: "leadOrganization", old: null, new: "Lakeshore Works" },
        { field: "start", old: null, new: "2026-01" },
        {
          field: "description",
          old: null,
          new: "A shared place for open credentials, led by Lakeshore Works.",
        },
        { field: "topics", old: null, new: ["credentials"] },
      ],
      reasons: ["No entry of the catalog answers to this name.", "Its funder announces it."],
    },
    [quote("name", "grants", "In January 2026 we launched the Credential Commons")],
  );
  await propose(
    ChangeId.parse("ended-1"),
    { initiativeId: InitiativeId.parse("rural-pathways") },
    {
      kind: "ended",
      title: "Rural Pathways Pilot",
      priority: 7,
      confidence: 0.88,
      fields: [
        { field: "status", old: "active", new: "ended" },
        { field: "end", old: null, new: "2025-12" },
      ],
      reasons: ["Its funder states the end in the past tense."],
    },
    [quote("sign", "grants", "The Rural Pathways Pilot concluded in December 2025.")],
  );
  await propose(
    ChangeId.parse("duplicate-1"),
    { initiativeId: InitiativeId.parse("harbor-skills-initiative") },
    {
      kind: "duplicate",
      title: "Harbor Skills Initiative",
      priority: 6,
      confidence: 0.72,
      other: { id: sampleIds.entry, name },
      reasons: ["same lead organization Tidewater College", "same site", "names share two words"],
    },
    [quote("name", "harbor-skills", "Harbor Skills Compact")],
  );
  await propose(
    ChangeId.parse("stale-1"),
    { initiativeId: InitiativeId.parse("bridge-to-trades") },
    {
      kind: "stale",
      title: "Bridge to the Trades",
      priority: 3,
      confidence: 0.64,
      freshness: {
        step: "stale",
        reason:
          "Its own site has not answered for five weeks, and nothing dated is newer than 2024.",
      },
    },
    [
      {
        type: "outcome",
        url: "https://trades.example/",
        outcome: "gone",
        at: "2026-03-01T02:03:00.000Z",
        status: 404,
      },
    ],
  );
  await saveSuppressions(
    db,
    sampleIds.entry,
    [
      {
        rule: "same-organization",
        field: "leadOrganization",
        fingerprint: "held-1",
        reason: "“Tidewater College, Inc.” and “Tidewater College” are one organization.",
        kind: "update",
        title: name,
        url: null,
        fields: [
          { field: "leadOrganization", old: "Tidewater College", new: "Tidewater College, Inc." },
        ],
        evidence: [quote("leadOrganization", "harbor-skills", "Tidewater College")],
        confidence: 0.4,
      },
    ],
    night,
  );
}
