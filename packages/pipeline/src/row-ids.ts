import { createHash } from "node:crypto";
import type {
  HostId,
  InitiativeId,
  InitiativeValues,
  MentionId,
  PageId,
  RunId,
  SnapshotId,
  SourceId,
} from "@waymark/domain";
import { addressKey, foldName, organizationKey } from "@waymark/normalize";

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

/** Of a pair, whichever of the two comes first. */
export const pairIdOf = (one: InitiativeId | MentionId, other: InitiativeId | MentionId): string =>
  `pr-${shortHash(...[one, other].sort())}`;

/** Of an entry that an import makes of a row without an id: from its name, lead and address, however they are written. */
export const importedIdOf = ({ name, leadOrganization, url }: InitiativeValues): InitiativeId =>
  `im-${shortHash(foldName(name), organizationKey(leadOrganization ?? ""), addressKey(url ?? "") ?? "")}` as InitiativeId;

/** The host of an address, with its port when it is not the scheme's own. */
export const hostIdOf = (url: string): HostId => new URL(url).host.toLowerCase() as HostId;
