import { MentionId, PageId, type SnapshotId } from "@waymark/domain";
import { findPairs } from "@waymark/pipeline";
import { type Pool, saveMentions, savePairsOfMentions } from "@waymark/store";
import { samplePages } from "./sample-crawl.ts";
import { sampleIds, sampleNight } from "./sample-ids.ts";

/** The pairs of entries that a sweep finds, and one of an entry with a mention on the page of grants. */
export async function addSamplePairs(
  db: Pool,
  name: string,
  snapshots: Record<string, SnapshotId>,
): Promise<void> {
  await findPairs(db, { now: sampleNight });
  const text = samplePages.grants;
  const quote = "a shared place for open credentials, led by Lakeshore Works";
  const start = text.indexOf(quote);
  const match = {
    verdict: "unsure" as const,
    initiativeId: sampleIds.exchange,
    score: 0.45,
    reasons: [
      { feature: "prior", weight: -1.2, text: "how often such a pair is one effort" },
      { feature: "lead", weight: 2.1, text: "same lead Lakeshore Works" },
      { feature: "name", weight: -1.1, text: `“${name}” and “Open Badge Exchange” share little` },
    ],
  };
  const mention = {
    key: "exchange",
    role: "listing" as const,
    name,
    aliases: ["Badge Commons"],
    leadOrganization: "Lakeshore Works",
    status: "active" as const,
    relations: [],
    signs: [],
    range: { start, end: start + quote.length },
    relevance: { score: 0.8, reasons: ["names credentials"] },
    evidence: [
      {
        field: "leadOrganization" as const,
        value: "Lakeshore Works",
        quote,
        start,
        end: start + quote.length,
        method: "sentence" as const,
        confidence: 0.8,
      },
    ],
  };
  const id = MentionId.parse("mention-2");
  const row = { pageId: PageId.parse("page-2"), key: mention.key, snapshotId: snapshots.grants! };
  const versions = { readerVersion: "1", knowledgeVersion: "1" };
  await saveMentions(
    db,
    [{ id, ...row, mention, ...versions, match, initiativeId: undefined }],
    sampleNight,
  );
  await savePairsOfMentions(
    db,
    [id],
    [
      {
        id: sampleIds.mentionPair,
        initiativeId: sampleIds.exchange,
        other: { mentionId: id },
        match,
        knowledgeVersion: "1",
        fingerprint: "of-the-sample",
      },
    ],
    sampleNight,
  );
}
