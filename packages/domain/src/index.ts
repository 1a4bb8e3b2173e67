/**
 * The words of the product as schemas and types. Nothing here does anything: no clock, no socket, no
 * database. Whatever crosses a boundary is parsed with a schema of this package.
 */
export { Account, mayActAs, Role, roles } from "./account.ts";
export {
  Change,
  ChangeEvidence,
  ChangeKind,
  ChangeState,
  DecisionVerdict,
  FieldDelta,
  FieldValue,
  type Freshness,
  FreshnessStep,
  OutcomeEvidence,
  ProposedChange,
  Proposer,
  QuoteEvidence,
  Suppression,
} from "./change.ts";
export { Drift, ReadingFigures } from "./drift.ts";
export { BadInput, Conflict, GiveUp, Retry } from "./errors.ts";
export { describeRelation, explainMatch } from "./explain-match.ts";
export type { Event, Grant, History, Relation } from "./history.ts";
export {
  AccountId,
  ChangeId,
  ClusterId,
  DecisionId,
  HostId,
  InitiativeId,
  MentionId,
  PageId,
  RunId,
  SnapshotId,
  SourceId,
} from "./ids.ts";
export {
  columnOf,
  Field,
  fieldOf,
  fields,
  Initiative,
  InitiativeKind,
  InitiativeStatus,
  InitiativeValues,
  isSetField,
  type SetField,
  setFields,
} from "./initiative.ts";
export { FieldWrite, Inverse } from "./inverse.ts";
export {
  entriesAmong,
  JudgedSide,
  type Judgement,
  JudgementBasis,
  JudgementVerdict,
  mentionsAmong,
  pairKey,
  sideKey,
  type Tie,
} from "./judgement.ts";
export {
  emptyKnowledge,
  Knowledge,
  Organization,
  Vocabulary,
  VocabularyTerm,
} from "./knowledge.ts";
export {
  Effort,
  Match,
  MatchReason,
  MatchVerdict,
} from "./match.ts";
export {
  Contact,
  Copy,
  EventKind,
  Evidence,
  EvidenceMethod,
  LifeSign,
  Mention,
  MentionRole,
  Party,
  PartyRole,
  RelationKind,
  ToldEvent,
  ToldGrant,
} from "./mention.ts";
export {
  type Estimate,
  MatchCosts,
  Model,
  ModelFigures,
  ModelMetrics,
  ModelState,
  VerdictShift,
} from "./model.ts";
export { datesAgree, lastDayOf, PartialDate } from "./partial-date.ts";
export {
  CmsSign,
  type Document,
  FeedEntry,
  FeedPiece,
  Issue,
  PageKind,
  Reading,
  Skim,
  TypedDate,
} from "./reading.ts";
export {
  FieldRule,
  Fingerprint,
  Fingerprints,
  Recipe,
  RecipeField,
  RecipeTransform,
  recipeFields,
  VersionedRecipe,
} from "./recipe.ts";
export type { KnownEffort, KnownMention, Lookalike, OwnAddress, Review } from "./review.ts";
export { HttpUrl, RenderUse, Source, SourceFile, SourceKind } from "./source.ts";
export { ObservedOutcome, VisitOutcome } from "./visit.ts";
