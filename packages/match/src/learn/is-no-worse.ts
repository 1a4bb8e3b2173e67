import type { ModelFigures } from "@waymark/domain";

/** Losses this near are equal: a few pairs more or less would turn them round. */
const lossTolerance = 1.01;

/**
 * Whether a model may take another one's place, by what both make of the same pairs that neither was trained
 * on: it calls no more pairs same that are not, its F1 is not lower, and its probabilities fit as well.
 */
export const isNoWorse = (model: ModelFigures, active: ModelFigures): boolean =>
  model.falseSames <= active.falseSames &&
  model.f1.value >= active.f1.value &&
  model.logLoss <= active.logLoss * lossTolerance;
