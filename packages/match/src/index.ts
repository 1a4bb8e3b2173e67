/**
 * A record meets candidates. In come clean records, the knowledge of the catalog, and what people said of pairs;
 * out come matches with their reasons, search keys, clusters, and models that judgements taught. Any two tables
 * can be matched in the same way. Nothing here looks candidates up, keeps what a person said, or changes
 * anything: `store` finds and keeps, `review` proposes.
 */
/** The keys under which a record is found, as `store` keeps them. */
export { blockKeys } from "./block-keys.ts";
/** By which of them candidates are looked up. */
export { chooseKeys, type KeySearch } from "./choose-keys.ts";
/** What mentions without an entry belong together. */
export {
  type ClusterMember,
  type ClusterPlace,
  clusterRecords,
  type Elsewhere,
  redirectsOf,
} from "./cluster-records.ts";
/** The same in memory, for tables that are in no database. */
export { indexRecords } from "./index-records.ts";
/** What people said of pairs: what contradicts what, what follows from it, and when to ask again. */
export { type Conflict, findConflicts, findContradiction } from "./judgements/find-conflicts.ts";
export { groupJudged, type JudgedGroups } from "./judgements/group-judged.ts";
export { basisOf, mayAskAgain } from "./judgements/judgement-basis.ts";
export type { Told } from "./judgements/judgement-graph.ts";
/** How many entries hold each key, as knowledge keeps it. */
export { countKeys, uncountedMax } from "./key-counts.ts";
/** Who scores: the version of a model where it has a say, else that of the expert weights. */
export { isApplicable, scorePair, versionOf, weighReasons } from "./learn/apply-model.ts";
export { expertVersion } from "./learn/expert-version.ts";
export { isNoWorse } from "./learn/is-no-worse.ts";
/** Judged pairs: what there is to learn from, and what is kept for measuring. */
export { isFrozen, type JudgedPair, type ObservedPair } from "./learn/judged-pair.ts";
export { costOf, measureModel, type ScoredPair } from "./learn/measure-model.ts";
export { observePair } from "./learn/observe-pair.ts";
/** Verdicts that cost least. */
export { defaultCosts, type Thresholds, thresholdsOf } from "./learn/thresholds.ts";
export { type Training, trainModel } from "./learn/train-model.ts";
/** What a record is to the catalog's candidates, and what two entries are to each other. */
export { type Candidate, compareRecords, matchRecord } from "./match-record.ts";
/** Boosted trees: trained on labelled rows, scored fast or with the contribution of each feature. */
export {
  averageTrees,
  type BoostedTrees,
  logOddsOf,
  type TrainingRows,
  type TreeOptions,
  trainTrees,
} from "./models/boosted-trees.ts";
/** Log-odds made true probabilities, and how far they are from it. */
export {
  calibrate,
  calibrationError,
  fitIsotonic,
  fitPlatt,
  type Scale,
} from "./models/calibrate.ts";
/** Chance that repeats with its seed. */
export { createDraw } from "./models/draw.ts";
export { thresholdForF1 } from "./models/threshold.ts";
export { type ExplainedLogOdds, scoreTrees } from "./models/tree-reasons.ts";
/** What two records lack to be called same, for whoever asks why they are not. */
export { type Between, neededForSame } from "./needed-for-same.ts";
/** Which of those found are worth a full comparison. */
export { type KeyHolder, rankHolders } from "./rank-holders.ts";
/** What records of one page that claim the same entry leave each other. */
export { type MatchedRecord, settleRivals } from "./settle-rivals.ts";
/** Any tables: what their columns hold, which rows are worth comparing, and which are the same. */
export { alignColumns, type ColumnPair } from "./tables/align-columns.ts";
export {
  type ComparedTables,
  compareTables,
  createPairLookup,
  type PlacePair,
  type Tell,
} from "./tables/compare-tables.ts";
export { findCandidates } from "./tables/find-candidates.ts";
export {
  type LabelledPair,
  type Learned,
  learnFromLabels,
  scoreLearned,
} from "./tables/learn-from-labels.ts";
export { mapUniquely } from "./tables/map-uniquely.ts";
export {
  type MatchedTables,
  type MatchRequest,
  matchTables,
  type TablePair,
} from "./tables/match-tables.ts";
export { matchUnlabelled, type UnlabelledMatch } from "./tables/match-unlabelled.ts";
export type { Table, TableRow } from "./tables/table.ts";
/** Which mentions must be clustered anew after some were touched. */
export {
  findNeighbours,
  type KnownPlace,
  type Neighbourhood,
  touchedMembers,
} from "./touched-components.ts";
/** How many names hold each word, as knowledge keeps it, and whether two words differ in one letter. */
export { countWords, isOneEdit } from "./words.ts";
