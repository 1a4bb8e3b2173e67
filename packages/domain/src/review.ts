import type {
  ChangeKind,
  ChangeState,
  Freshness,
  ProposedChange,
  Proposer,
  Suppression,
} from "./change.ts";
import type { InitiativeId, MentionId, PageId, SnapshotId, SourceId } from "./ids.ts";
import type { Initiative, InitiativeValues } from "./initiative.ts";
import type { JudgementVerdict } from "./judgement.ts";
import type { Effort, Match } from "./match.ts";
import type { Mention } from "./mention.ts";
import type { PartialDate } from "./partial-date.ts";
import type { PageKind, TypedDate } from "./reading.ts";
import type { SourceKind } from "./source.ts";
import type { ObservedOutcome } from "./visit.ts";

/** One mention as review sees it: what it says now, what it was last settled to say, who says it. */
export type KnownMention = {
  id: MentionId;
  mention: Mention;
  /**
   * The mention as it was when its last difference was settled (decided, or found equal to the catalog);
   * undefined when it was never reviewed. A change is what differs between the two.
   */
  baseline: Mention | undefined;
  page: {
    id: PageId;
    url: string;
    kind: PageKind;
    dates: TypedDate[];
    snapshotId: SnapshotId;
    readerVersion: string;
    firstSeenAt: Date;
    visitedAt: Date;
  };
  source: {
    id: SourceId;
    kind: SourceKind;
    /** The organization that publishes it, as the operator named it. */
    name?: string | undefined;
    /** When we first visited it: what appears on it much later is new there, not only to us. */
    watchedSince?: Date | undefined;
  };
  /** When the page first had this mention; without it, the page's own first day counts. */
  firstSeenAt?: Date | undefined;
  /** When its words last became what they are; without it, the page's last visit counts. */
  changedAt?: Date | undefined;
  /** How many visits in a row the page was without this mention, or gone; 0 when it is there. */
  missingCount: number;
  /** How the mention was held against the catalog. */
  match: Match;
};

/** How the effort's own address answered, newest first, one entry a visit. */
export type OwnAddress = {
  pageId: PageId;
  url: string;
  outcomes: ObservedOutcome[];
  /** Where it leads to now, when it moved for good. */
  movedTo: string | undefined;
};

/** Another entry of the catalog that may be the same effort, and why. */
export type Lookalike = {
  initiativeId: InitiativeId;
  name: string;
  values: InitiativeValues;
  match: Match;
  /** What people said of the pair, directly or through others, as far as it still holds. */
  judgement: JudgementVerdict | undefined;
  /** Who said so, where they called it the same. */
  by?: Proposer | undefined;
  /** What pages say of that other entry: one of them may call it by this effort's name. */
  mentions?: KnownMention[] | undefined;
};

/** All that is known of one effort at one moment: what review decides on. */
export type KnownEffort = {
  effort: Effort;
  /** Absent for a cluster. */
  initiative: Initiative | undefined;
  mentions: KnownMention[];
  ownAddresses: OwnAddress[];
  /** Dated items seen anywhere on the effort's own site, newest first: proof of life. */
  ownDates: {
    date: PartialDate;
    url: string;
    pageId: PageId;
    snapshotId: SnapshotId;
    quote: string;
    start: number;
    end: number;
  }[];
  lookalikes: Lookalike[];
  /** How many distinct catalog entries name this cluster without having an entry for it. */
  namedBy: number;
  /** Changes of this effort that stand or were decided, by fingerprint. */
  past: {
    fingerprint: string;
    kind: ChangeKind;
    state: ChangeState;
    confirmed: boolean;
    decidedAt: Date | null;
  }[];
};

/** What a review leaves behind. */
export type Review = {
  changes: ProposedChange[];
  suppressions: Suppression[];
  freshness: Freshness;
  /** Mentions whose present words are settled by this review, so that they become the baseline. */
  settled: MentionId[];
};
