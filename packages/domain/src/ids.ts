import { z } from "zod";

/** The operator's short name of a source, such as `lumina`. */
export const SourceId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, "use small letters, digits, dots and dashes, at most 64")
  .brand("SourceId");
export type SourceId = z.infer<typeof SourceId>;

/** Whom we are polite to: host name or address, with its port when it is not the scheme's own. */
export const HostId = z.string().min(1).brand("HostId");
export type HostId = z.infer<typeof HostId>;

export const RunId = z.string().min(1).brand("RunId");
export type RunId = z.infer<typeof RunId>;

export const PageId = z.string().min(1).brand("PageId");
export type PageId = z.infer<typeof PageId>;

/** The sha256 of the decoded body, in hexadecimal: the same bytes are the same snapshot. */
export const SnapshotId = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand("SnapshotId");
export type SnapshotId = z.infer<typeof SnapshotId>;

export const MentionId = z.string().min(1).brand("MentionId");
export type MentionId = z.infer<typeof MentionId>;

/** An entry of the catalog; imported entries keep the id of their file. */
export const InitiativeId = z.string().min(1).max(100).brand("InitiativeId");
export type InitiativeId = z.infer<typeof InitiativeId>;

/** Mentions that no entry of the catalog answers to, held together as one unseen effort. */
export const ClusterId = z.string().min(1).brand("ClusterId");
export type ClusterId = z.infer<typeof ClusterId>;

export const ChangeId = z.string().min(1).brand("ChangeId");
export type ChangeId = z.infer<typeof ChangeId>;

export const DecisionId = z.string().min(1).brand("DecisionId");
export type DecisionId = z.infer<typeof DecisionId>;

export const AccountId = z.string().min(1).brand("AccountId");
export type AccountId = z.infer<typeof AccountId>;
