import {
  type FellegiSunter,
  fitFellegiSunter,
  type LevelledPairs,
  rivalsTake,
  scoreLevels,
} from "../models/fellegi-sunter.ts";
import type { ComparedTables } from "./compare-tables.ts";
import { levelPairs } from "./pair-levels.ts";

/** Pairs scored without labels; what adds up to the log-odds of each can be told. */
export type UnlabelledMatch = {
  model: FellegiSunter;
  levelled: LevelledPairs;
  /** The log-odds of each pair by its two rows alone. */
  alone: Float64Array;
  /** What its rivals take from them where a row has one match at most. */
  rivals: Float64Array;
};

/**
 * Matches tables without any label, always by the same configuration: agreement in levels, weighed by
 * expectation and maximization in which the candidates of a row compete.
 */
export function matchUnlabelled(compared: ComparedTables): UnlabelledMatch {
  const { pairs } = compared;
  const levelled = levelPairs(compared);
  const model = fitFellegiSunter(levelled);
  const width = levelled.features.length;
  const alone = Float64Array.from(
    pairs.left,
    (_, pair) => scoreLevels(model, levelled.levels, pair * width).logOdds,
  );
  return { model, levelled, alone, rivals: rivalsTake(pairs, alone) };
}
