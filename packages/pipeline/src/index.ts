/**
 * Joins the rooms: the journey of a page as jobs, and the decision as a function. Rows say what is due,
 * the queue only rings. This door is for whoever starts work, waits for it or decides; what carries the
 * work out (crawler, readers, queue workers) is behind the door `./worker`. No rule lives here: those are
 * in extract, normalize, match and review.
 */

export { crawlEnv } from "@waymark/crawl";
/** Any tables matched, for a terminal that has only files. */
export { alignColumns, type MatchedTables, matchTables, type Table } from "@waymark/match";
export { acceptDrift } from "./accept-drift.ts";
export { type Bell, openBell } from "./bell.ts";
export { type Clock, createClock } from "./clock.ts";
export { type DecisionRequest, decideChange } from "./decide-change.ts";
/** What happened to an entry, in a few words for desk, terminal and files. */
export { describeEvent } from "./describe-event.ts";
export { type PipelineEnv, pipelineEnv } from "./env.ts";
/** What two efforts are to each other and why, for the terminal. */
export { type EffortSide, type ExplainedPair, explainPair } from "./explain-pair.ts";
export { type ExportedChange, exportChange, exportSuppression } from "./export.ts";
/** Events and grants as rows of files. */
export { eventRows, grantRows } from "./export-history.ts";
/** The entry that somebody means by an id or a name. */
export { type FoundEntry, findEntry } from "./find-entry.ts";
/** Pairs of entries that may be one effort, compared where something was touched. */
export { findPairs, type SweptPairs } from "./find-pairs.ts";
export { type CatalogRow, importCatalog } from "./import-catalog.ts";
/** A file of a curator's matched with the catalog: first what it would do, then doing it. */
export { importMatched, planMatchedImport } from "./import-matched.ts";
export { importSources } from "./import-sources.ts";
export { importVocabularies, type VocabularyCounts } from "./import-vocabularies.ts";
export { type JobName, jobNames, type WorkerPart, workerParts } from "./jobs.ts";
export {
  type JudgementOutcome,
  type JudgementRequest,
  judgeMentions,
  judgePair,
} from "./judge-pair.ts";
export { activateModel, expertAlone, whyNotActivate } from "./learn/activate-model.ts";
export {
  loadMatchSettings,
  type MatchSettings,
  saveMatchSettings,
} from "./learn/match-settings.ts";
export { loadModelReport, type ModelReport } from "./learn/model-report.ts";
/** What judgements taught: trained now, or told of what there is. */
export {
  judgementsMin,
  type TrainingOutcome,
  trainFromJudgements,
} from "./learn/train-and-measure.ts";
/** What a mention is to the catalog, and which entries it was held against. */
export { listCandidates } from "./list-candidates.ts";
export { type ListedJudgement, listJudgements } from "./list-judgements.ts";
export { loadTimeline, loadTimelines } from "./load-timeline.ts";
/** Merging, un-merging and splitting by hand, as decisions. */
export {
  type ForeseenUnmerge,
  foreseeUnmerge,
  mergeEntries,
  type SplitRequest,
  splitEntry,
  unmergeEntry,
} from "./merge-by-hand.ts";
export type { ImportChoices, MatchedRow, PlannedRow, PlannedValue } from "./plan-import.ts";
export { withoutPassword } from "./queue.ts";
/** What entries some values may be, for whoever asks from outside. */
export { type ReconciledEntry, reconcile } from "./reconcile.ts";
export { refreshKnowledge } from "./refresh-knowledge.ts";
export { findStandingEntry, resolveEntry } from "./resolve-entry.ts";
export { listSavedParts, type SavedPart, sizeText } from "./saved-work.ts";
export { nextRunAt } from "./schedules.ts";
export { type RunRequest, startRuns } from "./start-runs.ts";
export { type Matched, matchMentions } from "./steps/match-mentions.ts";
export { type UndoRequest, undoDecision } from "./undo-decision.ts";
export { type RunProgress, waitForRuns } from "./wait-for-runs.ts";
