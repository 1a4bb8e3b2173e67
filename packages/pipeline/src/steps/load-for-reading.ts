import type { Document, Knowledge, PageId, SnapshotId, VersionedRecipe } from "@waymark/domain";
import { findPage, findRecipe, findSnapshot, type Page, type Pool } from "@waymark/store";
import { currentKnowledge } from "../current-knowledge.ts";

export type ToRead = {
  page: Page;
  document: Document;
  knowledge: Knowledge;
  recipe: VersionedRecipe | undefined;
  /**
   * What stood on the page when it was last accepted, where it is now read in another way than then: only
   * what differs between both readings in the new way has changed.
   */
  accepted: Document | undefined;
};

/** A page whose newest snapshot is to be read, with what to read it with; else undefined. */
export async function loadForReading(db: Pool, pageId: PageId): Promise<ToRead | undefined> {
  const page = await findPage(db, pageId);
  if (!page?.snapshotId || !page.unread || page.setAsideBecause) return undefined;
  const document = await documentOf(db, page, page.snapshotId);
  if (!document) return undefined;
  const recipe = await findRecipe(db, page.sourceId);
  const isOtherWay = page.readSnapshotId !== undefined && page.recipeVersion !== recipe?.version;
  const accepted =
    isOtherWay && page.acceptedSnapshotId
      ? await documentOf(db, page, page.acceptedSnapshotId)
      : undefined;
  return { page, document, knowledge: await currentKnowledge(db), recipe, accepted };
}

async function documentOf(db: Pool, { url }: Page, id: SnapshotId): Promise<Document | undefined> {
  const snapshot = await findSnapshot(db, id);
  return snapshot && { url, bytes: snapshot.bytes, contentType: snapshot.contentType };
}
