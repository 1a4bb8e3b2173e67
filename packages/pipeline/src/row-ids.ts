import { createHash } from "node:crypto";
import type { HostId, MentionId, PageId, RunId, SnapshotId, SourceId } from "@waymark/domain";

/*
 * Ids are made from what a row is about, so that a step that runs twice, or two workers that meet the
 * same thing, write the same row (rule R3).
 */

const shortHash = (...parts: string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("base64url").slice(0, 16);

export const pageIdOf = (url: string): PageId => `pg-${shortHash(url)}` as PageId;

export const mentionIdOf = (pageId: PageId, key: string): MentionId =>
  `mn-${shortHash(pageId, key)}` as MentionId;

export const runIdOf = (sourceId: SourceId, slot: string): RunId => `${sourceId}@${slot}` as RunId;

export const snapshotIdOf = (bytes: Uint8Array): SnapshotId =>
  createHash("sha256").update(bytes).digest("hex") as SnapshotId;

/** The host of an address, with its port when it is not the scheme's own. */
export const hostIdOf = (url: string): HostId => new URL(url).host.toLowerCase() as HostId;
