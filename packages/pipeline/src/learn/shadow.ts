import type { Knowledge, MatchVerdict, Model, ModelMetrics, VerdictShift } from "@waymark/domain";
import { compareRecords, matchRecord } from "@waymark/match";
import type { KnownPair } from "./judged-pairs.ts";

const examplesMax = 50;

/**
 * What a model would decide otherwise than the one that scores now, over judged pairs and those that come
 * near each other: judged ones first among the examples, then by their ids.
 */
export function shadowModel(
  pairs: KnownPair[],
  model: Model,
  knowledge: Knowledge,
): ModelMetrics["shadow"] {
  const candidate: Knowledge = { ...knowledge, model };
  const shifts = pairs.flatMap((pair): VerdictShift[] => {
    const [from, to] = [verdictOn(pair, knowledge), verdictOn(pair, candidate)];
    if (from === to) return [];
    const [a, b] = pair.sides;
    const judged = pair.judged ? { judged: pair.judged } : {};
    return [{ a, b, names: pair.names, from, to, ...judged }];
  });
  const [told, others] = [
    shifts.filter(({ judged }) => judged),
    shifts.filter(({ judged }) => !judged),
  ];
  return {
    compared: pairs.length,
    changed: shifts.length,
    examples: [...told, ...others].slice(0, examplesMax),
  };
}

/** As the sweep for duplicates judges two entries, and a reading a mention beside one entry. */
function verdictOn({ a, b, between }: KnownPair, knowledge: Knowledge): MatchVerdict {
  if (between === "entries") return compareRecords(a, b, knowledge).verdict;
  return matchRecord(a, [{ id: "b" as never, record: b }], knowledge).verdict;
}
