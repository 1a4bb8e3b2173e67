/** Numbers from 0 to 1 that look like chance and repeat with the seed (mulberry32). */
export function createDraw(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The numbers 0 to n-1 in an order drawn by chance (Fisher and Yates). */
export function shuffledIndexes(n: number, draw: () => number): Int32Array {
  const indexes = Int32Array.from({ length: n }, (_, index) => index);
  for (let last = n - 1; last > 0; last--) {
    const other = Math.floor(draw() * (last + 1));
    const kept = indexes[last]!;
    indexes[last] = indexes[other]!;
    indexes[other] = kept;
  }
  return indexes;
}
