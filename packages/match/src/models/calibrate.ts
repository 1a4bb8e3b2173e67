/** A logistic curve over log-odds. */
export type PlattScale = { kind: "platt"; slope: number; intercept: number };

/** Makes a probability of log-odds: a logistic curve, or a rising line through known points. */
export type Scale = PlattScale | { kind: "isotonic"; logOdds: number[]; probabilities: number[] };

/** The probability that a scale gives; beyond the known points it is that of the nearest. */
export function calibrate(scale: Scale, logOdds: number): number {
  if (scale.kind === "platt") return sigmoid(scale.slope * logOdds + scale.intercept);
  const { logOdds: points, probabilities } = scale;
  const next = points.findIndex((point) => point > logOdds);
  if (next === 0) return probabilities[0]!;
  if (next < 0) return probabilities.at(-1)!;
  const [from, to] = [points[next - 1]!, points[next]!];
  const [low, high] = [probabilities[next - 1]!, probabilities[next]!];
  return low + ((logOdds - from) / (to - from)) * (high - low);
}

/**
 * The rising steps nearest to the labels (pool adjacent violators), joined by lines. Each step takes half a
 * row of both kinds in, so that none says never or always. With fewer than some hundred labels `fitPlatt`
 * is steadier.
 */
export function fitIsotonic(logOdds: ArrayLike<number>, labels: ArrayLike<number>): Scale {
  checkLabels(logOdds, labels);
  const pools: Pool[] = [];
  for (const pool of equalScores(logOdds, labels)) {
    let last = pool;
    while (pools.length > 0 && shareIn(pools.at(-1)!) >= shareIn(last)) {
      last = joined(pools.pop()!, last);
    }
    pools.push(last);
  }
  return {
    kind: "isotonic",
    logOdds: pools.map(({ sum, count }) => sum / count),
    probabilities: rising(pools.map(({ same, count }) => (same + 0.5) / (count + 1))),
  };
}

/**
 * A logistic curve by Newton's method, with Platt's softened labels (Platt 1999; Lin, Lin and Weng 2007).
 */
export function fitPlatt(logOdds: ArrayLike<number>, labels: ArrayLike<number>): PlattScale {
  checkLabels(logOdds, labels);
  let same = 0;
  for (let row = 0; row < labels.length; row++) same += labels[row]!;
  const targets = [1 / (labels.length - same + 2), (same + 1) / (same + 2)];
  let [slope, intercept] = [1, 0];
  for (let step = 0; step < 100; step++) {
    const change = newtonStep(logOdds, labels, { slope, intercept, targets });
    slope += change.slope;
    intercept += change.intercept;
    if (Math.abs(change.slope) + Math.abs(change.intercept) < 1e-10) break;
  }
  return { kind: "platt", slope, intercept };
}

/**
 * The expected calibration error: how far the mean probability lies from the share of the kind, over
 * `binCount` bins of equally many rows, weighed by their size.
 */
export function calibrationError(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
  binCount = 10,
): number {
  checkLabels(probabilities, labels);
  const order = inOrder(probabilities);
  const size = order.length / binCount;
  let error = 0;
  for (let bin = 0; bin < binCount; bin++) {
    const rows = order.slice(Math.round(bin * size), Math.round((bin + 1) * size));
    const gap = rows.reduce((sum, row) => sum + probabilities[row]! - labels[row]!, 0);
    error += Math.abs(gap) / order.length;
  }
  return error;
}

export const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

type Pool = { sum: number; same: number; count: number };

const shareIn = ({ same, count }: Pool): number => same / count;

const joined = (a: Pool, b: Pool): Pool => ({
  sum: a.sum + b.sum,
  same: a.same + b.same,
  count: a.count + b.count,
});

/** Equal scores are one point, whatever their labels. */
function equalScores(logOdds: ArrayLike<number>, labels: ArrayLike<number>): Pool[] {
  const pools: Pool[] = [];
  let before = Number.NaN;
  for (const row of inOrder(logOdds)) {
    const own = { sum: logOdds[row]!, same: labels[row]!, count: 1 };
    if (logOdds[row] === before) pools.push(joined(pools.pop()!, own));
    else pools.push(own);
    before = logOdds[row]!;
  }
  return pools;
}

/** Small steps are pulled to the middle more than large ones, which may turn their order. */
function rising(probabilities: number[]): number[] {
  let highest = 0;
  return probabilities.map((probability) => {
    highest = Math.max(highest, probability);
    return highest;
  });
}

function newtonStep(
  logOdds: ArrayLike<number>,
  labels: ArrayLike<number>,
  { slope, intercept, targets }: { slope: number; intercept: number; targets: number[] },
): { slope: number; intercept: number } {
  let [gradientS, gradientI, ss, si, ii] = [0, 0, 1e-9, 0, 1e-9];
  for (let row = 0; row < labels.length; row++) {
    const x = logOdds[row]!;
    const share = sigmoid(slope * x + intercept);
    const gap = targets[labels[row]!]! - share;
    const curvature = share * (1 - share);
    gradientS += gap * x;
    gradientI += gap;
    ss += curvature * x * x;
    si += curvature * x;
    ii += curvature;
  }
  const determinant = ss * ii - si * si;
  if (determinant < 1e-12) return { slope: 0, intercept: gradientI / ii };
  // A full step may overshoot where the curve is flat.
  const limited = (change: number) => Math.max(-1, Math.min(1, change));
  return {
    slope: limited((ii * gradientS - si * gradientI) / determinant),
    intercept: limited((ss * gradientI - si * gradientS) / determinant),
  };
}

const inOrder = (scores: ArrayLike<number>): number[] =>
  Array.from(scores, (_, row) => row).sort((a, b) => scores[a]! - scores[b]!);

function checkLabels(scores: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (scores.length === 0 || scores.length !== labels.length) {
    throw new Error(`${scores.length} scores for ${labels.length} labels`);
  }
}
