import type { Model } from "@waymark/domain";
import {
  compareRecords,
  createDraw,
  defaultCosts,
  type JudgedPair,
  matchRecord,
  measureModel,
  type ScoredPair,
  scorePair,
  thresholdsOf,
  trainModel,
} from "@waymark/match";
import type { Figure } from "./figure.ts";
import { type JudgingTask, readJudgingTask } from "./learn-pairs.ts";
import { meanOf, ratesOf } from "./rates.ts";

const sizes = [25, 50, 100, 200, Number.POSITIVE_INFINITY];
const parts = 5;
const draws = 5;

/**
 * What judgements are worth: own pairs are judged as a curator would, efforts that the model has not seen
 * are matched with and without what it learned. By effort in five parts; judgements drawn five times.
 */
export function benchLearn(folder: string, say: (text: string) => void): Figure[] {
  const task = readJudgingTask(folder);
  const data = "initiatives";
  const dayZero = measure(task, () => undefined);
  const figures = figuresOf("no judgements", dayZero);
  for (const size of sizes) {
    const runs = Array.from({ length: draws }, (_none, draw) => {
      say(".");
      return measure(task, (part) => train(task, { part, size, draw }));
    });
    say("\n");
    const told = Number.isFinite(size) ? `${size} judgements` : "all judgements";
    figures.push(...figuresOf(told, meanResult(runs)));
  }
  return figures.map((figure) => ({ bench: "learn", data, ...figure }));
}

type Result = {
  f1: number;
  precision: number;
  recall: number;
  calibrationError: number;
  logLoss: number;
  lookalikesCalledSame: number;
  rounds: number;
};

/** Matches the efforts of each part with the model that the others taught, and adds it all up. */
function measure(task: JudgingTask, modelFor: (part: number) => Model | undefined): Result {
  const partOf = partsOf(task);
  const resolved: { isSame: boolean; isRight: boolean }[] = [];
  const scored: ScoredPair[] = [];
  const rounds: number[] = [];
  let lookalikesCalledSame = 0;
  for (let part = 0; part < parts; part++) {
    const model = modelFor(part);
    const knowledge = model ? { ...task.knowledge, model } : task.knowledge;
    const isHere = ({ effortId }: { effortId: string }) => partOf(effortId) === part;
    rounds.push(model?.trees.trees.length ?? 0);
    for (const { effortId, record, candidates } of task.namings.filter(isHere)) {
      const match = matchRecord(record, candidates, knowledge);
      const isSame = match.verdict === "same";
      resolved.push({ isSame, isRight: isSame && match.initiativeId === effortId });
    }
    for (const { pair } of task.judged.filter(isHere)) {
      scored.push({ pair, logOdds: scorePair(pair, model) });
    }
    lookalikesCalledSame += task.lookalikes
      .filter(isHere)
      .filter(({ a, b }) => compareRecords(a, b, knowledge).verdict === "same").length;
  }
  const { calibrationError, logLoss } = measureModel(scored, thresholdsOf(defaultCosts));
  const rates = ratesOf({
    right: resolved.filter(({ isRight }) => isRight).length,
    reported: resolved.filter(({ isSame }) => isSame).length,
    wanted: resolved.length,
  });
  return { ...rates, calibrationError, logLoss, lookalikesCalledSame, rounds: meanOf(rounds) };
}

/** Efforts are dealt out in turn; a look-alike of none of them stands by its name. */
function partsOf({ effortIds }: JudgingTask): (effortId: string) => number {
  const placeOf = new Map(effortIds.map((id, index) => [id, index]));
  return (effortId) => (placeOf.get(effortId) ?? effortId.length) % parts;
}

/** A model from so many judgements on other efforts than those of a part. */
function train(
  task: JudgingTask,
  { part, size, draw }: { part: number; size: number; draw: number },
): Model {
  const partOf = partsOf(task);
  const others = task.judged.filter(({ effortId }) => partOf(effortId) !== part);
  const pairs = shuffled(
    others.map(({ pair }) => pair),
    createDraw(draw * parts + part + 1),
  );
  return trainModel(pairs.slice(0, size), { anchors: pairs.slice(size, size + anchorsMax) }).model;
}

const anchorsMax = 300;

/** Pairs in an order drawn by chance. */
export function shuffled(pairs: JudgedPair[], draw: () => number): JudgedPair[] {
  const keyed = pairs.map((pair) => ({ pair, key: draw() }));
  return keyed.sort((one, other) => one.key - other.key).map(({ pair }) => pair);
}

function meanResult(runs: Result[]): Result {
  const mean = (name: keyof Result) => meanOf(runs.map((run) => run[name]));
  return {
    f1: mean("f1"),
    precision: mean("precision"),
    recall: mean("recall"),
    calibrationError: mean("calibrationError"),
    logLoss: mean("logLoss"),
    lookalikesCalledSame: mean("lookalikesCalledSame"),
    rounds: mean("rounds"),
  };
}

function figuresOf(told: string, result: Result): Omit<Figure, "bench" | "data">[] {
  const share = "share of names";
  return [
    { figure: `${told}: f1`, value: result.f1, unit: share },
    { figure: `${told}: precision`, value: result.precision, unit: share },
    { figure: `${told}: recall`, value: result.recall, unit: share },
    {
      figure: `${told}: calibration error`,
      value: result.calibrationError,
      unit: "share of pairs",
    },
    { figure: `${told}: log loss`, value: result.logLoss, unit: "nats a pair" },
    {
      figure: `${told}: look-alikes called same`,
      value: result.lookalikesCalledSame,
      unit: "mean of pairs",
    },
    { figure: `${told}: trees`, value: result.rounds, unit: "mean of models" },
  ];
}
