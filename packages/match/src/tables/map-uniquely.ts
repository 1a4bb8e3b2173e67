import type { CandidatePairs } from "./find-candidates.ts";

/**
 * The pairs in which every row stands once at most: from the best score down, each pair whose two rows are
 * still free. Pairs below `scoreMin` are left out; of equal scores the first pair wins.
 */
export function mapUniquely(
  { left, right }: CandidatePairs,
  scores: ArrayLike<number>,
  scoreMin: number,
): number[] {
  const taken = new Set<number>();
  return Array.from(scores, (_, pair) => pair)
    .filter((pair) => scores[pair]! >= scoreMin)
    .sort((a, b) => scores[b]! - scores[a]! || a - b)
    .filter((pair) => {
      if (taken.has(left[pair]!) || taken.has(right[pair]!)) return false;
      taken.add(left[pair]!).add(right[pair]!);
      return true;
    });
}
