import type { Figure } from "./figure.ts";

/** Makes figures of one workload, such as `20 hosts × 100 pages`. */
export const figuresOn =
  (data: string) =>
  (figure: string, value: number, unit: string, rivalValue?: number): Figure => ({
    ...{ bench: "crawl", figure, value, unit, data },
    ...(rivalValue !== undefined && { rival: "Crawlee", rivalValue }),
  });

/** The value in the middle; of an even count the mean of the two there. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}

/** Bytes as the megabytes of a figure. */
export const megabytes = (bytes: number): number => bytes / 1_000_000;

/** Throws where a sum of the bench is not what it must be: a speed without its work is worth nothing. */
export function assertSum(what: string, found: number, expected: number): void {
  if (found !== expected) throw new Error(`${what}: ${found} instead of ${expected}`);
}
