import type {
  Document,
  KnownEffort,
  Mention,
  PageId,
  Reading,
  SnapshotId,
  SourceId,
  VersionedRecipe,
} from "@waymark/domain";
import { emptyKnowledge } from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";
import { proposeChanges } from "@waymark/review";
import { findInitiative, findPageByUrl, findRecipe, type Pool } from "@waymark/store";
import { currentKnowledge } from "./current-knowledge.ts";
import { type ExportedChange, exportChange } from "./export.ts";
import { ReaderPool } from "./reader-pool.ts";
import { mentionIdOf, pageIdOf, snapshotIdOf } from "./row-ids.ts";
import { type Matched, matchPage } from "./steps/match-mentions.ts";
import { changeIdOf } from "./steps/save-review.ts";

/** What reading one page would come to, with nothing written. */
export type DryReading = {
  reading: Reading;
  matched: Matched[];
  /** What would be proposed on this page's word alone; empty without a catalog. */
  changes: ExportedChange[];
};

/**
 * Reads one page as the pipeline would, in a child process, and holds it against the catalog when a
 * database is given. Writes nothing.
 */
export async function readPageDry(
  document: Document,
  {
    db,
    now,
    reader = new ReaderPool(1),
  }: { db?: Pool | undefined; now: Date; reader?: ReaderPool },
): Promise<DryReading> {
  const knowledge = db ? await currentKnowledge(db) : emptyKnowledge;
  const reading = await reader.read(document, knowledge, db && (await recipeAt(db, document.url)));
  if (!db) {
    return { reading, matched: [], changes: [] };
  }
  const matched = await matchPage(db, reading.mentions, knowledge);
  const changes: ExportedChange[] = [];
  for (const one of matched) {
    const known = await knownAlone(db, document, reading, one, now);
    for (const proposal of proposeChanges(known, knowledge, now).changes) {
      changes.push(
        exportChange({
          ...proposal,
          id: changeIdOf(proposal.fingerprint),
          initiativeId: one.initiativeId ?? null,
          clusterId: one.initiativeId ? null : "dry-run",
          state: "open",
          version: 0,
          proposedAt: now,
          decidedAt: null,
        }),
      );
    }
  }
  return { reading, matched, changes };
}

/** The recipe of the source that has the page at an address, if it has one. */
async function recipeAt(db: Pool, url: string): Promise<VersionedRecipe | undefined> {
  const page = await findPageByUrl(db, canonicalAddress(url) ?? url);
  return page && findRecipe(db, page.sourceId);
}

/** An effort as if this page were all that tells of it. */
async function knownAlone(
  db: Pool,
  document: Document,
  reading: Reading,
  { mention, match, initiativeId }: Matched,
  now: Date,
): Promise<KnownEffort> {
  const pageId: PageId = pageIdOf(document.url);
  const snapshotId: SnapshotId = snapshotIdOf(document.bytes);
  return {
    effort: initiativeId ? { initiativeId } : { clusterId: `dry-${mention.key}` as never },
    initiative: initiativeId ? await findInitiative(db, initiativeId) : undefined,
    mentions: [
      {
        id: mentionIdOf(pageId, mention.key),
        mention: mention satisfies Mention,
        baseline: undefined,
        page: {
          id: pageId,
          url: document.url,
          kind: reading.page.kind,
          dates: reading.page.dates,
          snapshotId,
          readerVersion: reading.readerVersion,
          firstSeenAt: now,
          visitedAt: now,
        },
        source: { id: "dry-run" as SourceId, kind: "initiative" },
        missingCount: 0,
        match,
      },
    ],
    ownAddresses: [],
    ownDates: [],
    lookalikes: [],
    namedBy: 0,
    past: [],
  };
}
