import { type ChangeEvidence, PageId, type SnapshotId } from "@waymark/domain";
import { type Pool, saveToldEvents, saveToldGrants, saveToldRelations } from "@waymark/store";
import { samplePages } from "./sample-crawl.ts";
import { sampleIds } from "./sample-ids.ts";

/** The life of the first entry as its pages tell it, with two proofs of one event, a plan, a grant and a relation. */
export async function addSampleHistory(
  db: Pool,
  name: string,
  snapshots: Record<string, SnapshotId>,
): Promise<void> {
  const quote = (path: "harbor-skills" | "grants", words: string): ChangeEvidence => {
    const start = Math.max(0, samplePages[path].indexOf(words));
    return {
      type: "quote",
      field: "event",
      value: "launch",
      quote: words,
      start,
      end: start + words.length,
      method: "sentence",
      confidence: 0.8,
      url: `https://www.northgate.example/${path}`,
      pageId: PageId.parse(path === "grants" ? "page-2" : "page-1"),
      snapshotId: snapshots[path]!,
      readerVersion: "1",
    };
  };
  const funded = quote(
    "harbor-skills",
    "is now funded by Northgate Foundation and the Pierpont Fund through June 2028",
  );
  const launched = quote("grants", "In January 2026 we launched the Credential Commons");
  const told = { dated: "told" as const, planned: false, parties: [], decisionId: undefined };
  await saveToldEvents(db, sampleIds.entry, [
    {
      ...told,
      key: "1",
      kind: "launch",
      on: "2021-09",
      parties: [{ role: "by", name }],
      evidence: [launched],
    },
    {
      ...told,
      key: "2",
      kind: "award",
      on: "2026-02-15",
      dated: "announced",
      parties: [{ role: "funder", name: "Pierpont Fund" }],
      evidence: [funded, { ...funded, url: "https://wire.example/story" }],
    },
    { ...told, key: "3", kind: "sunset", on: "2028", planned: true, evidence: [funded] },
    { ...told, key: "4", kind: "milestone", on: undefined, dated: undefined, evidence: [launched] },
  ]);
  await saveToldGrants(db, sampleIds.entry, [
    {
      key: "1",
      funder: "Pierpont Fund",
      grantee: name,
      amount: 1_250_000,
      currency: "USD",
      on: "2026-02-15",
      months: 24,
      program: "Ports Fund",
      purpose: "train crane operators",
      evidence: [funded],
    },
    {
      key: "2",
      funder: "Northgate Foundation",
      start: "2021",
      end: "2023-12",
      evidence: [launched, funded],
    },
  ]);
  await saveToldRelations(db, sampleIds.entry, [
    {
      kind: "successor",
      toName: "Harbor Skills Initiative",
      to: "harbor-skills-initiative" as never,
      evidence: [launched],
    },
    { kind: "part_of", toName: name, to: undefined, evidence: [funded] },
  ]);
}
