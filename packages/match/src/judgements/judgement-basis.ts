import { createHash } from "node:crypto";
import {
  fields,
  type InitiativeValues,
  type JudgementBasis,
  type Match,
  type Mention,
} from "@waymark/domain";

/**
 * What a pair looks like now, to be kept with a judgement of it. Only what the two say counts, not which
 * comes first, nor where on a page it stands.
 */
export function basisOf(
  a: InitiativeValues | Mention,
  b: InitiativeValues | Mention,
  match: Pick<Match, "verdict" | "score">,
): JudgementBasis {
  const said = [wordsOf(a), wordsOf(b)].sort().join("\n");
  const fingerprint = createHash("sha256").update(said).digest("hex").slice(0, 24);
  return { fingerprint, verdict: match.verdict, score: match.score };
}

/** How far the score must have moved, for a person who was unsure to be asked once more. */
const scoreMoveMin = 0.1;

/**
 * Whether a person who was unsure of a pair is asked again: one side says something else, and it made a
 * difference to the matcher. What was judged on nothing that we know of is not asked again. (The view
 * `waiting_pair` tells the same in SQL; a test of the sweep holds the two together.)
 */
export function mayAskAgain(then: JudgementBasis | undefined, now: JudgementBasis): boolean {
  if (!then || then.fingerprint === now.fingerprint) return false;
  return then.verdict !== now.verdict || Math.abs(then.score - now.score) >= scoreMoveMin;
}

const wordsOf = (values: InitiativeValues | Mention): string =>
  JSON.stringify(fields.map((field) => values[field] ?? null));
