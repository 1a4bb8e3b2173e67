import type { Knowledge, Match } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { comparePair, probabilityOf, sumOf } from "./compare-pair.ts";
import { defaultCosts, thresholdsOf } from "./learn/thresholds.ts";

/** A record and what it was found to be, among others of the same page. */
export type MatchedRecord = { record: Record; match: Match };

/**
 * Looks back from the entries to the records of one page: of several records that claim an entry and cannot be
 * one effort, it belongs to one at most. The one that fits it best keeps it; the others, and those that fit it
 * alike, compete with whoever fits it better as candidates compete for a record, so that their order does not matter.
 */
export function settleRivals(matched: MatchedRecord[], knowledge: Knowledge): Match[] {
  const claims = Map.groupBy(
    matched.filter(({ match }) => match.verdict === "same"),
    ({ match }) => match.initiativeId,
  );
  const { sameAtLeast } = thresholdsOf(knowledge.costs ?? defaultCosts);
  return matched.map((own) => {
    if (own.match.verdict !== "same") return own.match;
    const fit = sumOf(own.match.reasons);
    const rivals = claims
      .get(own.match.initiativeId)!
      .filter((other) => other !== own && sumOf(other.match.reasons) >= fit)
      .filter((other) => areTwo(own.record, other.record, knowledge));
    return rivals.length === 0 ? own.match : withRivals(own.match, rivals, sameAtLeast);
  });
}

/** What they are called says nothing here, since an entry may have many names; what else is told of them must conflict. */
function areTwo(a: Record, b: Record, knowledge: Knowledge): boolean {
  const { parts, reasons } = comparePair(a, b, knowledge, 0);
  const beside = reasons.filter(({ feature }) => !/^(?:prior|name|acronym)$/.test(feature));
  return parts || sumOf(beside) <= conflictAtMost;
}

/** From this log-odds down, facts speak of two efforts: other leads do. */
const conflictAtMost = -2;

function withRivals(match: Match, rivals: MatchedRecord[], sameAtLeast: number): Match {
  const own = sumOf(match.reasons);
  const odds = rivals
    .map((rival) => Math.exp(sumOf(rival.match.reasons)))
    .toSorted((a, b) => a - b);
  const weight = -Math.log1p(odds.reduce((sum, each) => sum + each, 0));
  const nearest = rivals.reduce((best, rival) => (isNearer(rival, best) ? rival : best)).record
    .names[0]!.written;
  const text = `but “${nearest}” on the same page claims that entry too`;
  const score = probabilityOf(own + weight);
  return {
    ...match,
    verdict: score >= sameAtLeast ? "same" : "unsure",
    score,
    reasons: [...match.reasons, { feature: "page-rival", weight, text }],
  };
}

function isNearer(one: MatchedRecord, other: MatchedRecord): boolean {
  const [mine, theirs] = [one, other].map(({ match }) => sumOf(match.reasons));
  if (mine !== theirs) return mine! > theirs!;
  return one.record.names[0]!.written < other.record.names[0]!.written;
}
