import { emptyKnowledge } from "@waymark/domain";
import {
  costOf,
  createDraw,
  defaultCosts,
  type JudgedPair,
  measureModel,
  observePair,
  scorePair,
  thresholdsOf,
  trainModel,
} from "@waymark/match";
import { toRecord } from "@waymark/normalize";
import type { Figure } from "./figure.ts";
import { shuffled } from "./learn-bench.ts";
import { knowledgeOf, type PairSet, readPairSet, toValues } from "./match-tables.ts";
import { meanOf } from "./rates.ts";

const sizes = [0, 25, 100, 400, 1600];

/**
 * What judgements are worth where the expert weights are not at home: a public set is read as if its rows were
 * efforts, its training split is judged, its validation split is held against what was learned. Pairs are
 * scored one at a time, without their rivals.
 */
export function benchLearnTables(folder: string, say: (text: string) => void): Figure[] {
  const set = readPairSet(folder);
  const observe = observerOf(set);
  const judged = shuffled((set.splits.train ?? []).map(observe), createDraw(1));
  const unseen = (set.splits.valid ?? []).map(observe);
  return sizes.flatMap((size) => {
    say(".");
    const model = size > 0 ? trainModel(judged.slice(0, size)).model : undefined;
    const scored = unseen.map((pair) => ({ pair, logOdds: scorePair(pair, model) }));
    const { f1, precision, recall, logLoss, calibrationError } = measureModel(
      scored,
      thresholdsOf(defaultCosts),
    );
    const cost = meanOf(scored.map((one) => costOf(one, defaultCosts)));
    const figure = (name: string, value: number, unit: string): Figure => ({
      ...{ bench: "learn", data: set.name, unit },
      figure: `${size === 0 ? "no" : size} judgements: ${name}`,
      value,
    });
    const share = `share of ${unseen.length} pairs`;
    return [
      figure("f1", f1.value, share),
      figure("precision", precision.value, share),
      figure("recall", recall.value, share),
      figure("calibration error", calibrationError, share),
      figure("log loss", logLoss, "nats a pair"),
      figure("cost of verdicts", cost, "mean questions a pair"),
    ];
  });
}

/** Reads both tables' rows as efforts; a labelled pair is then what the expert weights see of it. */
function observerOf({ left, right }: PairSet): (pair: Labelled) => JudgedPair {
  const values = [left, right].flatMap(({ columns, rows }) =>
    rows.map(({ id, cells }) =>
      toValues({ id, ...Object.fromEntries(columns.map((column, at) => [column, cells[at]!])) }),
    ),
  );
  const knowledge = knowledgeOf(values.map((one) => toRecord(one, emptyKnowledge)));
  const records = values.map((one) => toRecord(one, knowledge));
  return ({ left: one, right: other, isSame }) => {
    const pair = { a: records[one]!, b: records[other]!, between: "mention and entry" as const };
    return { ...observePair(`${one} ${other}`, pair, knowledge), isSame };
  };
}

type Labelled = PairSet["splits"][string][number];
