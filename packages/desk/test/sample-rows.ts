import { InitiativeId, type InitiativeValues, SourceId } from "@waymark/domain";
import { importCatalog, importSources } from "@waymark/pipeline";
import { type Pool, saveInitiativeReviewed } from "@waymark/store";
import { addSampleCrawl } from "./sample-crawl.ts";
import { addSampleHistory } from "./sample-history.ts";
import { sampleIds, sampleNow } from "./sample-ids.ts";
import { addSamplePairs } from "./sample-pairs.ts";
import { addSampleQueue } from "./sample-queue.ts";

/**
 * Rows for the desk's tests: a small catalog, two sources, a few nights' crawl, and one change of each
 * kind. Fills an empty, migrated database. `name` stands where pages and people name things, for hostile names.
 */
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
  const snapshots = await addSampleCrawl(db, name);
  await addSampleQueue(db, name, snapshots);
  await addSampleHistory(db, name, snapshots);
  await addSamplePairs(db, name, snapshots);
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
