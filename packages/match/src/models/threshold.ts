/**
 * The probability from which on a pair should be called same so that F1 is highest: half of the best F1
 * that calibrated probabilities reach on labelled pairs (Lipton, Elkan and Naryanaswamy 2014). That is
 * steadier than the cut that happens to be best on the labels.
 */
export function thresholdForF1(
  probabilities: ArrayLike<number>,
  labels: ArrayLike<number>,
): number {
  const order = Array.from(probabilities, (_, row) => row).sort(
    (a, b) => probabilities[b]! - probabilities[a]!,
  );
  const wanted = order.reduce((sum, row) => sum + labels[row]!, 0);
  let [right, best] = [0, 0];
  for (const [index, row] of order.entries()) {
    right += labels[row]!;
    best = Math.max(best, (2 * right) / (index + 1 + wanted));
  }
  return best / 2;
}
