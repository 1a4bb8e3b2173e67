/** A text as weighed parts (words and runs of letters), of length 1. */
export type SparseVector = { ids: Int32Array; weights: Float64Array };

/** Texts of several tables as vectors over the same parts, weighed by TF-IDF. */
export function vectorsOf(texts: string[][]): SparseVector[] {
  const idOf = new Map<string, number>();
  const counts: number[] = [];
  const numbered = texts.map((parts) => {
    const times = new Map<number, number>();
    for (const part of parts) {
      let id = idOf.get(part);
      if (id === undefined) {
        id = idOf.size;
        idOf.set(part, id);
        counts.push(0);
      }
      if (!times.has(id)) counts[id] = counts[id]! + 1;
      times.set(id, (times.get(id) ?? 0) + 1);
    }
    return times;
  });
  return numbered.map((times) => {
    const ids = Int32Array.from(times.keys()).sort();
    const weights = Float64Array.from(
      ids,
      (id) => (1 + Math.log(times.get(id)!)) * Math.log((texts.length + 1) / (counts[id]! + 0.5)),
    );
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight * weight, 0)) || 1;
    return { ids, weights: weights.map((weight) => weight / length) };
  });
}

/** The cosine of two vectors. */
export function cosine(a: SparseVector, b: SparseVector): number {
  let [sum, i, j] = [0, 0, 0];
  while (i < a.ids.length && j < b.ids.length) {
    const [left, right] = [a.ids[i]!, b.ids[j]!];
    if (left === right) sum += a.weights[i++]! * b.weights[j++]!;
    else if (left < right) i++;
    else j++;
  }
  return sum;
}

export type Neighbour = { place: number; score: number };

/** How many holders of its parts a search looks at, from the rarest part on. */
const holdersSeenMax = 6_000;

/** Finds the vectors nearest to others, by the rarest parts they share. */
export class SparseIndex {
  readonly #holders = new Map<number, { places: number[]; weights: number[] }>();
  readonly #scores: Float64Array;

  constructor(vectors: SparseVector[]) {
    this.#scores = new Float64Array(vectors.length);
    for (const [place, { ids, weights }] of vectors.entries()) {
      for (let index = 0; index < ids.length; index++) {
        const holders = this.#holders.get(ids[index]!);
        if (holders) {
          holders.places.push(place);
          holders.weights.push(weights[index]!);
        } else this.#holders.set(ids[index]!, { places: [place], weights: [weights[index]!] });
      }
    }
  }

  /** The nearest `limit` at most, best first; of equal ones the first. */
  nearest({ ids, weights }: SparseVector, limit: number): Neighbour[] {
    const scores = this.#scores;
    const touched: number[] = [];
    const parts = Array.from(ids, (id, index) => ({
      weight: weights[index]!,
      holders: this.#holders.get(id),
    }))
      .filter(({ holders }) => holders !== undefined)
      .sort((a, b) => a.holders!.places.length - b.holders!.places.length);
    let seen = 0;
    for (const { weight, holders } of parts) {
      const { places, weights: held } = holders!;
      seen += places.length;
      if (seen > holdersSeenMax && touched.length >= limit) break;
      for (let at = 0; at < places.length; at++) {
        const place = places[at]!;
        if (scores[place] === 0) touched.push(place);
        scores[place] = scores[place]! + weight * held[at]!;
      }
    }
    const found = best(touched, scores, limit);
    for (const place of touched) scores[place] = 0;
    return found;
  }
}

/** Most places are far from the best: a sample tells how far, and only the rest is sorted. */
function best(touched: number[], scores: Float64Array, limit: number): Neighbour[] {
  let least = 0;
  if (touched.length > 8 * limit) {
    const sorted = Float64Array.from(touched, (place) => scores[place]!).sort();
    least = sorted[sorted.length - limit]!;
  }
  return touched
    .filter((place) => scores[place]! >= least)
    .map((place) => ({ place, score: scores[place]! }))
    .sort((a, b) => b.score - a.score || a.place - b.place)
    .slice(0, limit);
}
