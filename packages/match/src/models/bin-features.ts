/** Values of features by the places of their bins; bin 0 holds what is missing. */
export type BinnedFeatures = {
  /** For each feature the bin of every row. */
  bins: Uint8Array[];
  /** For each feature the value above which bin `i + 1` begins; the first is below all that is told. */
  edges: Float64Array[];
};

/** Sorts the values of every feature into at most `binsMax` (3 to 256) bins of about equally many rows. */
export function binFeatures(
  values: Float64Array,
  featureCount: number,
  binsMax: number,
): BinnedFeatures {
  const rowCount = values.length / featureCount;
  const bins: Uint8Array[] = [];
  const edges: Float64Array[] = [];
  for (let feature = 0; feature < featureCount; feature++) {
    const column = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++) column[row] = values[row * featureCount + feature]!;
    const borders = bordersOf(column, Math.min(256, Math.max(3, binsMax)) - 1);
    edges.push(borders);
    bins.push(Uint8Array.from(column, (value) => binOf(value, borders)));
  }
  return { bins, edges };
}

/** Borders lie halfway between neighbours, so that a value near a known one falls on its side. */
function bordersOf(column: Float64Array, bordersMax: number): Float64Array {
  const sorted = column.filter((value) => !Number.isNaN(value)).sort();
  const changes: number[] = [];
  for (let index = 1; index < sorted.length; index++) {
    if (sorted[index] !== sorted[index - 1]) changes.push(index);
  }
  const step = sorted.length / bordersMax;
  const borders = [-Number.MAX_VALUE];
  let due = 0;
  for (const index of changes) {
    if (changes.length >= bordersMax && index < due) continue;
    const [below, above] = [sorted[index - 1]!, sorted[index]!];
    borders.push(below + (above - below) / 2);
    due = Math.max(due + step, index + step / 2);
  }
  return Float64Array.from(borders.slice(0, bordersMax));
}

/** How many borders lie below a value; none for a missing one. */
function binOf(value: number, borders: Float64Array): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = borders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value > borders[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}
