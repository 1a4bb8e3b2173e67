import type { ChangeEvidence } from "./change.ts";
import type { InitiativeId } from "./ids.ts";
import type { EventKind, Party, RelationKind, ToldEvent, ToldGrant } from "./mention.ts";
import type { PartialDate } from "./partial-date.ts";

/** What happened to an entry: as all pages that tell of it do, with all their proof, or as a decision established it. */
export type Event = {
  /** The same event has the same key, whoever tells of it and in whatever order. */
  key: string;
  kind: EventKind;
  on: PartialDate | undefined;
  dated: ToldEvent["dated"] | "decided";
  planned: boolean;
  parties: Party[];
  evidence: ChangeEvidence[];
  /** The decision that established it; without one, sources tell it and nobody has confirmed it. */
  decisionId: number | undefined;
};

/** Who paid whom for an entry, as pages tell it. */
export type Grant = Omit<ToldGrant, "evidence"> & { key: string; evidence: ChangeEvidence[] };

/** How an entry stands to another, or to something that has no entry. */
export type Relation = {
  kind: RelationKind;
  toName: string;
  to: InitiativeId | undefined;
  evidence: ChangeEvidence[];
};

/** The life of an entry beside its values. */
export type History = { events: Event[]; grants: Grant[]; relations: Relation[] };
