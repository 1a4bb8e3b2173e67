import { z } from "zod";

/** One tree as parallel lists, root first: what `match` grows and walks through. */
const Tree = z.object({
  feature: z.array(z.number().int()),
  threshold: z.array(z.number()),
  left: z.array(z.number().int()),
  right: z.array(z.number().int()),
  value: z.array(z.number()),
  cover: z.array(z.number()),
});

/**
 * What judgements taught the matcher, on top of the expert weights that it was trained on: small trees
 * that correct the log-odds of a pair, and a scale that makes their sum a probability.
 */
export const Model = z.object({
  /** A hash of all the rest. */
  version: z.string(),
  /** The version of the expert weights it corrects; on other weights it says nothing. */
  expert: z.string(),
  trees: z.object({ features: z.array(z.string()), base: z.number(), trees: z.array(Tree) }),
  scale: z.object({ slope: z.number().positive(), intercept: z.number() }),
  /** The most that the trees may add to a pair's log-odds, or take away. */
  learnedMost: z.number().nonnegative(),
});
export type Model = z.infer<typeof Model>;

export const ModelState = z.enum(["candidate", "active", "retired"]);
export type ModelState = z.infer<typeof ModelState>;

/** What mistakes and questions cost, in units of one another. */
export const MatchCosts = z.object({
  /** Calling two efforts one. */
  falseSame: z.number().positive(),
  /** Leaving one effort under two names. */
  missedSame: z.number().positive(),
  /** Asking a person. */
  asking: z.number().positive(),
});
export type MatchCosts = z.infer<typeof MatchCosts>;

/** A figure with the interval that 95 of 100 samples of the same size would fall into. */
const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Estimate = z.infer<typeof Estimate>;

/** How well verdicts and probabilities fit some judged pairs. */
export const ModelFigures = z.object({
  pairs: z.number().int(),
  same: z.number().int(),
  precision: Estimate,
  recall: Estimate,
  f1: Estimate,
  /** Pairs judged different that are called same. */
  falseSames: z.number().int(),
  logLoss: z.number(),
  /** The expected calibration error: how far probabilities lie from shares. */
  calibrationError: z.number(),
  /** Of 1,000 such pairs, those a person must look at so that 99 of 100 called same are. */
  reviewsPer1000: z.number(),
  /** Pairs by their probability: its mean, and how many of them are judged same. */
  bins: z.array(
    z.object({ pairs: z.number().int(), probability: z.number(), same: z.number().int() }),
  ),
});
export type ModelFigures = z.infer<typeof ModelFigures>;

/** A pair whose verdict another model would change. */
export const VerdictShift = z.object({
  a: z.string(),
  b: z.string(),
  names: z.tuple([z.string(), z.string()]),
  from: z.string(),
  to: z.string(),
  /** What a person said of the pair, if one did. */
  judged: z.enum(["same", "different", "unsure"]).optional(),
});
export type VerdictShift = z.infer<typeof VerdictShift>;

/** All that was measured when a model was trained. */
export const ModelMetrics = z.object({
  /** Judgements by verdict, the frozen ones too. */
  judged: z.object({
    same: z.number().int(),
    different: z.number().int(),
    unsure: z.number().int(),
  }),
  /** How many trees the judgements asked for; 0 leaves the expert weights as they are. */
  rounds: z.number().int(),
  /** On pairs that no model is ever trained on: the new model, the active one, and the expert weights alone. */
  frozen: z.object({ model: ModelFigures, active: ModelFigures, expert: ModelFigures }),
  /** On the pairs it was trained on, each held against a model that had not seen it. */
  crossValidated: z.object({ model: ModelFigures, expert: ModelFigures }),
  /** How much each feature moves the log-odds of the pairs trained on, on average; the largest first. */
  features: z.array(z.object({ feature: z.string(), weight: z.number(), learned: z.number() })),
  /** What it would decide otherwise than the active model. */
  shadow: z.object({
    compared: z.number().int(),
    changed: z.number().int(),
    examples: z.array(VerdictShift),
  }),
});
export type ModelMetrics = z.infer<typeof ModelMetrics>;
