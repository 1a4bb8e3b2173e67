export type Counts = { right: number; reported: number; wanted: number };

/** Precision, recall and F1 of counts; an empty answer to an empty question is right. */
export function ratesOf({ right, reported, wanted }: Counts): {
  precision: number;
  recall: number;
  f1: number;
} {
  const precision = reported ? right / reported : wanted ? 0 : 1;
  const recall = wanted ? right / wanted : 1;
  const f1 = precision + recall ? (2 * precision * recall) / (precision + recall) : 0;
  return { precision, recall, f1 };
}

export const sumCounts = (all: Counts[]): Counts =>
  all.reduce(
    (sum, one) => ({
      right: sum.right + one.right,
      reported: sum.reported + one.reported,
      wanted: sum.wanted + one.wanted,
    }),
    { right: 0, reported: 0, wanted: 0 },
  );

export const meanOf = (values: number[]): number =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;

/** How much two texts share as bags of words: the F1 that labelled descriptions are held to. */
export function wordF1(one: string, other: string): number {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const bag = new Map<string, number>();
  const wanted = words(other);
  for (const word of wanted) bag.set(word, (bag.get(word) ?? 0) + 1);
  const reported = words(one);
  const right = reported.filter((word) => {
    const left = bag.get(word) ?? 0;
    bag.set(word, left - 1);
    return left > 0;
  }).length;
  return ratesOf({ right, reported: reported.length, wanted: wanted.length }).f1;
}
