/**
 * Postgres, the truth: migrations, and one file of queries a table. Rows come in and go out as the words
 * of `domain`. Every function takes a pool or a transaction's client, because only the caller knows what
 * belongs together. Nothing here decides anything, and nothing here knows the web or the queue.
 */

export {
  addAccount,
  addSignIn,
  addToken,
  findAccount,
  findSignIn,
  listAccounts,
  removeAccessTokens,
  removeToken,
  saveAccount,
  useSignIn,
  useToken,
} from "./account.ts";
export {
  type ArchivedVisit,
  countArchivedVisits,
  listArchivedPages,
  listArchivedRobots,
  listArchivedVisits,
} from "./archive.ts";
export { countBlockKeys, listKeyHolders, saveBlockKeys } from "./block-key.ts";
export {
  addChange,
  bringChangesBack,
  countChanges,
  countOpenChanges,
  countProposedSince,
  findChange,
  listChanges,
  listChangesOf,
  listConfirming,
  listQueue,
  lockChange,
  markConfirmed,
  type StoredChange,
  saveChangeState,
  saveProposal,
  withdrawChangesOf,
} from "./change.ts";
export {
  ensureClusters,
  listDueClusters,
  listEmptiedClusters,
  listMentionIdsOfCluster,
  listSettledClusters,
  lockCluster,
  markClustersDue,
  resolveCluster,
  saveClusterInitiative,
  saveClusterRedirects,
  saveClusterReviewed,
} from "./cluster.ts";
export { addCutOffs, type CutOff, listCutOffs } from "./cut-off.ts";
export {
  type Db,
  isTransient,
  listQueries,
  openPool,
  type Pool,
  sql,
  toJson,
  transaction,
} from "./db.ts";
export {
  addDecision,
  type Decision,
  findDecision,
  findStandingDecision,
  listDecisions,
  listDecisionsOf,
  listDecisionsOfChange,
  listLaterTakings,
  saveDecisionOutcome,
  saveDecisionUndone,
  saveInverse,
} from "./decision.ts";
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
  stopAbandonedPostgres,
} from "./embedded-postgres.ts";
export { type StoreEnv, storeEnv } from "./env.ts";
export {
  addEvent,
  listAllEvents,
  listEvents,
  removeEventsOf,
  saveToldEvents,
} from "./event.ts";
export {
  addPages,
  countOpenWork,
  dropRunPages,
  dropTemplatePages,
  dropWantedPages,
  type FoundPage,
  hasOpenWork,
  leavePagesToBrowser,
  listAddresses,
  listWantedPages,
  listYields,
  putOffPage,
  saveListed,
  sparePages,
  wantAllPages,
  wantDuePages,
  wantPages,
} from "./frontier.ts";
export { listAllGrants, listGrants, saveToldGrants } from "./grant.ts";
export { type Health, type HostHealth, loadHealth, type OutcomeHealth } from "./health.ts";
export {
  listSourceHealth,
  listTroubledHosts,
  type SourceHealth,
  type TroubledHost,
} from "./health-overview.ts";
export {
  claimHost,
  ensureHosts,
  keepPace,
  type LeasedHost,
  listHostsToVisit,
  listWaitingHosts,
  releaseHost,
  releaseLeases,
  renewLease,
  reserveTurn,
  saveHostBackoff,
  saveHostFailures,
  saveRobots,
  saveTrust,
  type Trust,
} from "./host.ts";
export {
  addInitiative,
  countFreshness,
  findInitiative,
  listDueInitiatives,
  listFormerIds,
  listInitiatives,
  listMergedIntoDeeply,
  listStatesInUse,
  lockInitiative,
  markAllInitiativesDue,
  markInitiativesDue,
  removeInitiative,
  resolveInitiative,
  type StoredInitiative,
  saveInitiativeReviewed,
  saveMergedInto,
  searchInitiatives,
  suggestInitiatives,
} from "./initiative.ts";
/** The values of entries, each with where it came from and what replaced it. */
export {
  listLaterWrites,
  listValues,
  listValuesOf,
  restoreValues,
  type StoredValue,
  saveValues,
} from "./initiative-value.ts";
export {
  closeHealedIncidents,
  closeIncident,
  listIncidents,
  listIssues,
  openIncident,
  saveIssues,
} from "./issue.ts";
export {
  countJudgedAfter,
  countUnsureMentions,
  type JudgedValues,
  listJudgedValues,
  listNearMentions,
  type SaidBySide,
} from "./judged-pair.ts";
export {
  addJudgement,
  listJudgedMentions,
  listJudgementsAround,
  listStandingJudgements,
  listTiesAround,
  lockJudgements,
} from "./judgement.ts";
export {
  findKnowledge,
  findKnowledgeVersion,
  listOrganizations,
  saveKnowledge,
} from "./knowledge.ts";
export { findMatchCosts, saveMatchCosts } from "./match-cost.ts";
export {
  countMentions,
  countMentionsAmong,
  countNamedBy,
  listMentionedUrls,
  listMentions,
  listMentionsOfCluster,
  listMentionsOfInitiative,
  listMentionsOfPage,
  listToldNames,
  markMentionsMissing,
  markMentionsPresent,
  moveClusterMentions,
  moveMentions,
  placeMentionsWith,
  pruneMentions,
  releaseMentions,
  returnMentionsToCluster,
  type StoredMention,
  saveBaselines,
  saveMentionMatches,
  saveMentions,
  settleMentions,
} from "./mention.ts";
export {
  addMerge,
  findMerge,
  findMergeFrom,
  listLaterMerges,
  type Merge,
  saveMergeUndone,
} from "./merge.ts";
export { migrate } from "./migrate.ts";
export {
  findActiveModel,
  listModels,
  lockModels,
  type StoredModel,
  saveActiveModel,
  saveModel,
} from "./model.ts";
export { type PackedPage, packPage } from "./pack-page.ts";
export {
  countPages,
  findPage,
  findPageByUrl,
  listMovedAddresses,
  listPages,
  listPagesUnder,
  type Page,
  saveVisitedPages,
  setPageAside,
  type VisitedPage,
  type WantedBecause,
} from "./page.ts";
export {
  listUnreadPages,
  markSamePages,
  partSamePages,
  saveReadFailure,
  saveReadPage,
} from "./page-reading.ts";
export {
  countPairs,
  countUncompared,
  type FoundPair,
  findPairMatch,
  listPairedMentions,
  listPairs,
  listPartners,
  listUncompared,
  markAllUncompared,
  type PairSide,
  type PairVerdict,
  pairVerdicts,
  type StoredPair,
  savePairsOfEntries,
  savePairsOfMentions,
} from "./pair.ts";
export { findPolicy, savePolicyOff, savePolicyOn } from "./policy.ts";
export {
  keepReadingBefore,
  listPagesReadAnew,
  putReadingsBack,
  takeReadings,
} from "./reading-before.ts";
export {
  acceptHeldReadings,
  countHeldPages,
  countSourceFigures,
  findReadingStat,
  listReadingStats,
  listRunsToJudge,
  type ReadingStat,
  saveReadingStat,
} from "./reading-stat.ts";
export { activateRecipe, addRecipe, findRecipe, listRecipes, type StoredRecipe } from "./recipe.ts";
export { listRelations, saveToldRelations } from "./relation.ts";
export { removeEmbeddedPostgres } from "./remove-embedded-postgres.ts";
export {
  listRenderVerdicts,
  type RenderVerdict,
  retestRendered,
  saveRenderVerdict,
} from "./render-verdict.ts";
export {
  countTowardsRuns,
  cutOverdueRuns,
  findRun,
  finishRuns,
  finishStuckRuns,
  listLastRuns,
  listOpenRuns,
  listRuns,
  lockRuns,
  moveRunsTo,
  openRun,
  type Run,
  type RunState,
  type SavedWork,
  saveRunPlanned,
  setRunAside,
  takeOverRun,
} from "./run.ts";
export { listProgress } from "./run-progress.ts";
export { describeSchema } from "./schema.ts";
export {
  findSnapshot,
  listSnapshotDates,
  type PackedSnapshot,
  pruneSnapshots,
  saveSnapshot,
} from "./snapshot.ts";
export {
  findSource,
  listDueSources,
  listSources,
  removeSource,
  type StoredSource,
  saveNextRun,
  saveSource,
  setSourcePaused,
} from "./source.ts";
export {
  countSuppressions,
  listNewestSuppressions,
  listSuppressions,
  type StoredSuppression,
  saveSuppressions,
} from "./suppression.ts";
export {
  allowLongThought,
  leaveComponents,
  listUngathered,
  listUnmatchedMentions,
  saveClusterPlaces,
  saveGathered,
  touchMentions,
  type UnmatchedMention,
} from "./unmatched-mention.ts";
export {
  claimFreshnessCheck,
  claimMatcher,
  claimPruning,
  saveSwept,
  secondsSinceSweep,
} from "./upkeep.ts";
export { addVisits, leadsTo, listOutcomes, listVisits, pruneVisits, type Visit } from "./visit.ts";
export {
  listVocabularyTerms,
  lockVocabularies,
  removeVocabularyTerms,
  saveVocabularyTerms,
} from "./vocabulary.ts";
