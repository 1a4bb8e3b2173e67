import type { InitiativeId, Knowledge, Match, MatchVerdict } from "@waymark/domain";
import type { Record } from "@waymark/normalize";
import { type Comparison, comparePair, judge, probabilityOf } from "./compare-pair.ts";
import { versionOf } from "./learn/apply-model.ts";
import { weights } from "./weights.ts";

/** An entry of the catalog that shares rare keys with a record. */
export type Candidate = { id: InitiativeId; record: Record };

/**
 * Holds a record against the candidates of the catalog and says what it is to the best of them. All
 * candidates compete for it: a rival that fits as well makes either answer doubtful. Where none comes
 * near, the match is `different` and names no entry.
 */
export function matchRecord(record: Record, candidates: Candidate[], knowledge: Knowledge): Match {
  const compared = candidates.map((candidate): Compared => {
    const prior = weights.priorOfCandidate;
    const comparison = comparePair(record, candidate.record, knowledge, prior);
    return { candidate, comparison, verdict: judge(comparison) };
  });
  compared.sort(byNearness);
  const [best, ...rivals] = compared;
  if (!best) {
    const prior = {
      feature: "prior",
      weight: weights.priorOfCandidate,
      text: "no entry comes near",
    };
    return toMatch({ verdict: "different", logOdds: prior.weight, reasons: [prior] }, knowledge);
  }
  const comparison = withCompetition(best, rivals, knowledge);
  // Rivals make it doubtful which entry it is; they never make it an effort that the catalog lacks.
  const isContested = best.verdict === "same" && judge(comparison) !== "same";
  const verdict = isContested ? "unsure" : best.verdict;
  return toMatch({ ...comparison, verdict, id: best.candidate.id }, knowledge);
}

/** What the duplicate sweep says of two entries of the catalog; more careful than for a mention. */
export function compareRecords(a: Record, b: Record, knowledge: Knowledge): Match {
  const comparison = comparePair(a, b, knowledge, weights.priorOfEntries);
  return toMatch({ ...comparison, verdict: judge(comparison) }, knowledge);
}

type Compared = { candidate: Candidate; comparison: Comparison; verdict: MatchVerdict };

const rankOf = { same: 0, unsure: 1, related: 1, different: 2 } as const;

/** The id decides between equals, so that the order of candidates does not. */
const byNearness = (one: Compared, other: Compared): number =>
  rankOf[one.verdict] - rankOf[other.verdict] ||
  other.comparison.logOdds - one.comparison.logOdds ||
  (one.candidate.id < other.candidate.id ? -1 : 1);

/**
 * With "it is none of them" at even odds and each candidate at its own, the best one's share of all is
 * its log-odds less the logarithm of one plus the rivals' odds.
 */
function withCompetition(best: Compared, rivals: Compared[], knowledge: Knowledge): Comparison {
  const counting = rivals.filter(
    (rival) => !rival.comparison.parts && !isDouble(rival, best, knowledge),
  );
  if (counting.length === 0) return best.comparison;
  // A model has seen pairs one at a time: what it makes of a rival would count the rivals' rivals twice.
  const odds = counting.reduce((sum, rival) => sum + Math.exp(rival.comparison.expertLogOdds), 0);
  const weight = -Math.log1p(odds);
  const name = counting[0]!.candidate.record.names[0]!.written;
  const text = weight > -0.1 ? "no other entry comes near" : `but “${name}” comes near too`;
  const { logOdds, reasons } = best.comparison;
  return {
    ...best.comparison,
    logOdds: logOdds + weight,
    reasons: [...reasons, { feature: "context", weight, text }],
  };
}

/** Two entries that may be one effort do not compete: which of them stays is for the duplicate sweep. */
function isDouble(rival: Compared, best: Compared, knowledge: Knowledge): boolean {
  if (rival.comparison.logOdds < -2) return false;
  const { record } = best.candidate;
  const pair = comparePair(record, rival.candidate.record, knowledge, weights.priorOfEntries);
  return judge(pair) === "same";
}

type Judged = Pick<Comparison, "logOdds" | "reasons"> &
  Partial<Pick<Comparison, "related">> & { verdict: MatchVerdict; id?: InitiativeId };

function toMatch(
  { verdict, id, logOdds, reasons, related: told }: Judged,
  { model }: Knowledge,
): Match {
  const related = verdict === "related" ? told : undefined;
  return {
    verdict,
    ...(id && verdict !== "different" ? { initiativeId: id } : {}),
    ...(related?.kind ? { relation: related.kind } : {}),
    ...(related?.isOfSecond ? { relationFrom: "candidate" } : {}),
    score: probabilityOf(logOdds),
    reasons,
    modelVersion: versionOf(model),
  };
}
