import type { Document, Knowledge, PageId } from "@waymark/domain";
import { findPage, findSnapshot, type Page, type Pool } from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";

export type ToRead = { page: Page; document: Document; knowledge: Knowledge };

/** A page whose newest snapshot has not been read, with the knowledge to read it with; else undefined. */
export async function loadForReading(db: Pool, pageId: PageId): Promise<ToRead | undefined> {
  const page = await findPage(db, pageId);
  if (!page?.snapshotId || page.snapshotId === page.readSnapshotId || page.setAsideBecause) {
    return undefined;
  }
  const snapshot = await findSnapshot(db, page.snapshotId);
  if (!snapshot) return undefined;
  return {
    page,
    document: { url: page.url, bytes: snapshot.bytes, contentType: snapshot.contentType },
    knowledge: await currentKnowledge(db),
  };
}
