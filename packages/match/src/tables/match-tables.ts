import type { MatchReason } from "@waymark/domain";
import { sigmoid } from "../models/calibrate.ts";
import { clusterPairs } from "./cluster-pairs.ts";
import type { ColumnKind } from "./column-kinds.ts";
import { type ComparedTables, compareTables, type PlacePair, type Tell } from "./compare-tables.ts";
import { mapUniquely } from "./map-uniquely.ts";
import { type PairScorer, scoreByLabels, scoreUnlabelled } from "./pair-scorer.ts";
import type { Table } from "./table.ts";

export type MatchRequest = {
  /** One table, whose duplicates are wanted, or two under the same columns (`alignColumns`). */
  tables: [Table] | [Table, Table];
  /** What a person said of some pairs, by the places of rows counted through both tables. */
  labelled?: (PlacePair & { isSame: boolean })[] | undefined;
  /** The probability from which a pair is called same; by default what suits the tables. */
  sameFrom?: number | undefined;
  /** Whether a row has one match at most, so that the best takes both rows. */
  isOneToOne?: boolean | undefined;
  /** Whether to tell what each feature added. */
  explains?: boolean | undefined;
  tell?: Tell | undefined;
};

export type TablePair = PlacePair & {
  probability: number;
  verdict: "same" | "unsure";
  /** The place of its cluster in `clusters`, where it is called same. */
  cluster: number | undefined;
  /** What adds up to the log-odds of the probability; empty unless asked for. */
  reasons: MatchReason[];
};

export type MatchedTables = {
  /** The likeliest first. */
  pairs: TablePair[];
  /** Rows that are one, by their places counted through both tables. */
  clusters: number[][];
  comparedCount: number;
  columns: { name: string; kind: ColumnKind }[];
  sameFrom: number;
};

/** How much less likely than "same" a pair may be to be worth a person's look. */
const unsureShare = 1 / 5;

/**
 * Finds the rows that are the same in one table or across two, whatever the columns: trained on labelled
 * pairs where there are any, else by weights learned from the tables alone. The same input gives the
 * same answer.
 */
export function matchTables(request: MatchRequest): MatchedTables {
  const { labelled = [], isOneToOne = false, explains = false } = request;
  const compared = compareTables(request.tables, { also: labelled, tell: request.tell });
  const scorer =
    labelled.length > 0 ? scoreByLabels(compared, labelled) : scoreUnlabelled(compared);
  const sameFrom = request.sameFrom ?? scorer.sameFrom;
  const { joined, clusters } = isOneToOne
    ? asCouples(compared, mapUniquely(compared.pairs, scorer.logOdds, logOddsOf(sameFrom)))
    : clusterPairs(compared, scorer.logOdds.map(sigmoid), sameFrom);
  const { tables, pairs } = compared;
  return {
    pairs: inOrder(scorer, sameFrom * unsureShare).map((pair) => ({
      left: pairs.left[pair]!,
      right: pairs.right[pair]!,
      probability: sigmoid(scorer.logOdds[pair]!),
      verdict: joined.has(pair) ? "same" : "unsure",
      cluster: joined.get(pair),
      reasons: explains ? scorer.reasonsOf(pair) : [],
    })),
    clusters,
    comparedCount: pairs.left.length,
    columns: tables.columns.map((name, at) => ({ name, kind: tables.kinds[at]! })),
    sameFrom,
  };
}

/** The pairs that may be told, the likeliest first. */
const inOrder = ({ logOdds }: PairScorer, least: number): number[] =>
  Array.from(logOdds.keys())
    .filter((pair) => sigmoid(logOdds[pair]!) >= least)
    .sort((a, b) => logOdds[b]! - logOdds[a]! || a - b);

const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability));

function asCouples({ pairs }: ComparedTables, chosen: number[]) {
  return {
    joined: new Map(chosen.map((pair, cluster) => [pair, cluster])),
    clusters: chosen.map((pair) => [pairs.left[pair]!, pairs.right[pair]!]),
  };
}
