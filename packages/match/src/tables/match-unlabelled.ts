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
  /** Beside their rivals, where rows have one match at most. */
  logOdds: Float64Array;
  /** What rivals took from each. */
  rivals: Float64Array;
};

/**
 * Matches tables without any label, always by the same configuration: agreement in levels, weighed by
 * expectation and maximization in which the candidates of a row compete. Between two tables each row has one
 * match at most, so rivals lower a score; in a single table a row may have many duplicates, and they do not.
 */
export function matchUnlabelled(compared: ComparedTables): UnlabelledMatch {
  const { tables, pairs } = compared;
  const isSingle = tables.firstLength === tables.rows.length;
  const levelled = levelPairs(compared);
  const model = fitFellegiSunter(levelled);
  const width = levelled.features.length;
  const alone = Float64Array.from(
    pairs.left,
    (_, pair) => scoreLevels(model, levelled.levels, pair * width).logOdds,
  );
  const rivals = isSingle ? new Float64Array(alone.length) : rivalsTake(pairs, alone);
  return { model, levelled, logOdds: alone.map((one, pair) => one + rivals[pair]!), rivals };
}
