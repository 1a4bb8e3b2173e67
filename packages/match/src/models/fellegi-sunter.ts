/** Compared pairs of rows: how far each feature agrees, in levels from 0 (least) up. */
export type LevelledPairs = {
  features: LevelledFeature[];
  /** The levels of pair after pair; `untold` where a side tells nothing. */
  levels: Uint8Array;
  /** The rows of each pair, numbered over both tables: pairs that share a row compete. */
  left: Int32Array;
  right: Int32Array;
};

export type LevelledFeature = { name: string; levelCount: number };

/** A level that says nothing, for or against. */
export const untold = 255;

/** What each level of each feature adds to the log-odds; plain JSON. */
export type FellegiSunter = {
  features: string[];
  /** Log-odds of a candidate before it is looked at. */
  prior: number;
  /** For each feature the weight of every level: log(m / u). */
  weights: number[][];
};

export type EmOptions = {
  iterations: number;
  /**
   * How much of each weight counts, 0 to 1. Features that tell the same twice would make the sum too
   * sure; a share brings it back.
   */
  weightShare: number;
  competition: Competition;
  /** Imagined pairs of both kinds in every level, so that no weight is infinite. */
  imaginedPairs: number;
};

const emDefaults: EmOptions = {
  iterations: 40,
  weightShare: 1,
  competition: "all",
  imaginedPairs: 2,
};

/**
 * Learns weights without labels, by expectation and maximization (Fellegi and Sunter 1969; Winkler 1988)
 * with one difference: in the E-step the candidates of a row compete with each other and with "none",
 * so that a row with ten fair candidates does not count as ten half matches. Invariant: the order of the
 * pairs does not matter, to the byte.
 */
export function fitFellegiSunter(
  pairs: LevelledPairs,
  options: Partial<EmOptions> = {},
): FellegiSunter {
  const settings = { ...emDefaults, ...options };
  const seen = levelCounts(pairs, () => 1);
  let model = firstModel(pairs.features);
  for (let iteration = 0; iteration < settings.iterations; iteration++) {
    const shares = competingShares(pairs, scoreAll(model, pairs), settings.competition);
    const same = levelCounts(pairs, (pair) => shares[pair]!);
    model = weigh(pairs, { seen, same, shares, settings });
  }
  return model;
}

/** The log-odds of one pair with what each feature adds to them: `prior` + the sum of the contributions. */
export function scoreLevels(
  { prior, weights }: FellegiSunter,
  levels: ArrayLike<number>,
  start = 0,
): { logOdds: number; contributions: Float64Array } {
  const contributions = Float64Array.from(weights, (own, feature) => {
    const level = levels[start + feature]!;
    return level === untold ? 0 : own[level]!;
  });
  return { logOdds: contributions.reduce((sum, one) => sum + one, prior), contributions };
}

/** Which candidates of a row take from a pair: all others, or those that are far better than it. */
export type Competition = "all" | "better";

/** How far a rival's log-odds must lie above a pair's for it to be far better. */
const betterBy = 2;

/**
 * What the rivals of each pair take from its log-odds, given those of all pairs. Where a row has one match
 * or none, a pair stands against everything else that either row could be. Where it may have several, as
 * in a table with duplicates, only far better ones count: about equal ones are matches together. Rows of
 * both tables have numbers of their own.
 */
export function rivalsTake(
  { left, right }: Pick<LevelledPairs, "left" | "right">,
  logOdds: Float64Array,
  competition: Competition = "all",
): Float64Array {
  const odds = logOdds.map((one) => Math.exp(Math.min(logOddsMax, one)));
  const ofRow = oddsOfRows(left, right, odds);
  return odds.map((own, pair) => {
    const rows = [ofRow.get(left[pair]!)!, ofRow.get(right[pair]!)!];
    const rivals = rows.map(({ sorted, sums }) =>
      competition === "all" ? sums[0]! - own : sums[firstAbove(sorted, own * Math.exp(betterBy))]!,
    );
    return -Math.log1p(Math.max(0, rivals[0]! + rivals[1]!));
  });
}

type RowOdds = { sorted: Float64Array; sums: Float64Array };

/** The odds of each row's pairs from the least up, and the sum from each place to the end. */
function oddsOfRows(left: Int32Array, right: Int32Array, odds: Float64Array): Map<number, RowOdds> {
  const held = new Map<number, number[]>();
  for (const [pair, own] of odds.entries()) {
    for (const row of [left[pair]!, right[pair]!]) {
      const others = held.get(row);
      if (others) others.push(own);
      else held.set(row, [own]);
    }
  }
  return new Map(
    held.entries().map(([row, own]) => {
      // Sorted, so that a sum does not depend on the order of the pairs.
      const sorted = Float64Array.from(own).sort();
      const sums = new Float64Array(sorted.length + 1);
      for (let at = sorted.length - 1; at >= 0; at--) sums[at] = sums[at + 1]! + sorted[at]!;
      return [row, { sorted, sums }];
    }),
  );
}

function firstAbove(sorted: Float64Array, value: number): number {
  let at = 0;
  while (at < sorted.length && sorted[at]! <= value) at += 1;
  return at;
}

/** Larger odds would leave nothing of smaller ones in a sum. */
const logOddsMax = 30;

/** To begin with, agreement is for a match and disagreement against it, all features alike. */
function firstModel(features: LevelledFeature[]): FellegiSunter {
  return {
    features: features.map(({ name }) => name),
    prior: -3,
    weights: features.map(({ levelCount }) =>
      Array.from(
        { length: levelCount },
        (_, level) => (4 * level) / Math.max(1, levelCount - 1) - 2,
      ),
    ),
  };
}

const scoreAll = (model: FellegiSunter, { levels, left, features }: LevelledPairs): Float64Array =>
  Float64Array.from(left, (_, pair) => scoreLevels(model, levels, pair * features.length).logOdds);

/** The probability of each pair beside its rivals. */
function competingShares(
  pairs: LevelledPairs,
  logOdds: Float64Array,
  competition: Competition,
): Float64Array {
  const taken = rivalsTake(pairs, logOdds, competition);
  return logOdds.map((one, pair) => 1 / (1 + Math.exp(-one - taken[pair]!)));
}

/** Sums are kept in whole parts of this, so that they come out the same in any order. */
const partsOfOne = 2 ** 30;

/** For each feature how many pairs have each level, a pair counting as much as `countOf` says. */
function levelCounts(
  { features, levels, left }: LevelledPairs,
  countOf: (pair: number) => number,
): number[][] {
  const counts = features.map(({ levelCount }) => new Array<number>(levelCount).fill(0));
  for (let pair = 0; pair < left.length; pair++) {
    const parts = Math.round(countOf(pair) * partsOfOne);
    for (let feature = 0; feature < features.length; feature++) {
      const level = levels[pair * features.length + feature]!;
      if (level !== untold) counts[feature]![level] = counts[feature]![level]! + parts;
    }
  }
  return counts.map((own) => own.map((parts) => parts / partsOfOne));
}

function weigh(
  { features, left }: LevelledPairs,
  {
    seen,
    same,
    shares,
    settings,
  }: { seen: number[][]; same: number[][]; shares: Float64Array; settings: EmOptions },
): FellegiSunter {
  const { imaginedPairs, weightShare } = settings;
  const matches =
    shares.reduce((sum, share) => sum + Math.round(share * partsOfOne), 0) / partsOfOne;
  const sumOf = (counts: number[]) => counts.reduce((sum, count) => sum + count, 0);
  return {
    features: features.map(({ name }) => name),
    prior: Math.log((matches + 0.5) / (left.length - matches + 0.5)),
    weights: seen.map((all, feature) => {
      const own = same[feature]!;
      const ownSum = sumOf(own) + imaginedPairs;
      const otherSum = sumOf(all) - sumOf(own) + imaginedPairs;
      return all.map((count, level) => {
        // Imagined pairs of both kinds fall on the levels as all pairs do.
        const imagined = (imaginedPairs * (count + 1)) / (sumOf(all) + all.length);
        const m = (own[level]! + imagined) / ownSum;
        const u = (count - own[level]! + imagined) / otherSum;
        return weightShare * Math.log(m / u);
      });
    }),
  };
}
