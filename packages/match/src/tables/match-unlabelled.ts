import {
  type FellegiSunter,
  fitFellegiSunter,
  type LevelledPairs,
  scoreLevels,
} from "../models/fellegi-sunter.ts";
import type { ComparedTables } from "./compare-tables.ts";
import { levelPairs } from "./pair-levels.ts";

/** Pairs scored without labels, by their two rows alone; `rivalsTake` tells what the others leave of it. */
export type UnlabelledMatch = {
  model: FellegiSunter;
  levelled: LevelledPairs;
  logOdds: Float64Array;
};

/**
 * Matches tables without any label, always by the same configuration: agreement in levels, weighed by
 * expectation and maximization in which the candidates of a row compete. Between two tables all of them do; in
 * a single one a row may have many duplicates, so only far better ones count.
 */
export function matchUnlabelled(compared: ComparedTables): UnlabelledMatch {
  const { pairs, tables } = compared;
  const levelled = levelPairs(compared);
  const model = fitFellegiSunter(levelled, { competition: tables.areTwo ? "all" : "better" });
  const width = levelled.features.length;
  const logOdds = Float64Array.from(
    pairs.left,
    (_, pair) => scoreLevels(model, levelled.levels, pair * width).logOdds,
  );
  return { model, levelled, logOdds };
}
