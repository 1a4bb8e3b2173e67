import type { Knowledge, Match } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { comparePair, judge, probabilityOf, sumOf } from "./compare-pair.ts";
import { defaultCosts, thresholdsOf } from "./learn/thresholds.ts";
import { weights } from "./weights.ts";

/** A record and what it was found to be, among others of the same page. */
export type MatchedRecord = { record: Record; match: Match };

/**
 * Looks back from the entries to the records of one page: an entry that several records claim belongs to the
 * one that fits it best, unless they may be one effort told twice. Each rival counts by its odds, so that
 * the order of the records does not matter; whose share falls too low is unsure.
 */
export function settleRivals(matched: MatchedRecord[], knowledge: Knowledge): Match[] {
  const claims = Map.groupBy(
    matched.filter(({ match }) => match.verdict === "same"),
    ({ match }) => match.initiativeId,
  );
  return matched.map((own) => {
    if (own.match.verdict !== "same") return own.match;
    const others = claims.get(own.match.initiativeId)!.filter((other) => other !== own);
    const rivals = others.filter((other) => areTwo(own.record, other.record, knowledge));
    return rivals.length === 0 ? own.match : withRivals(own.match, rivals, knowledge);
  });
}

function areTwo(a: Record, b: Record, knowledge: Knowledge): boolean {
  const verdict = judge(comparePair(a, b, knowledge, weights.priorOfCandidate));
  return verdict === "different" || verdict === "related";
}

function withRivals(
  match: Match,
  rivals: MatchedRecord[],
  { costs = defaultCosts }: Knowledge,
): Match {
  const own = sumOf(match.reasons);
  const odds = rivals
    .map((rival) => Math.exp(sumOf(rival.match.reasons) - own))
    .toSorted((a, b) => a - b);
  const weight = -Math.log1p(odds.reduce((sum, each) => sum + each, 0));
  const nearest = rivals.reduce((best, rival) => (isNearer(rival, best) ? rival : best)).record
    .names[0]!.written;
  const text = `but “${nearest}” on the same page claims that entry too`;
  const score = probabilityOf(own + weight);
  return {
    ...match,
    verdict: score >= thresholdsOf(costs).sameAtLeast ? "same" : "unsure",
    score,
    reasons: [...match.reasons, { feature: "page-rival", weight, text }],
  };
}

function isNearer(one: MatchedRecord, other: MatchedRecord): boolean {
  const [mine, theirs] = [one, other].map(({ match }) => sumOf(match.reasons));
  if (mine !== theirs) return mine! > theirs!;
  return one.record.names[0]!.written < other.record.names[0]!.written;
}
