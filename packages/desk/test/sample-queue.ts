import {
  type ChangeEvidence,
  ChangeId,
  ClusterId,
  type Field,
  InitiativeId,
  PageId,
  type ProposedChange,
  type SnapshotId,
} from "@waymark/domain";
import { addChange, ensureClusters, type Pool, saveSuppressions } from "@waymark/store";
import { samplePages } from "./sample-crawl.ts";
import { sampleIds, sampleNight } from "./sample-ids.ts";

/** One change of each kind, and one difference that was held back. */
export async function addSampleQueue(
  db: Pool,
  name: string,
  snapshots: Record<string, SnapshotId>,
): Promise<void> {
  const quote = (field: Field | "sign", path: "harbor-skills" | "grants", words: string) => {
    const raw = words.replace("&", "&amp;");
    const start = samplePages[path].indexOf(raw);
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
    sampleNight,
  );
}
