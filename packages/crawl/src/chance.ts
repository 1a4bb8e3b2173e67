/**
 * A number from 0 to 1 that follows from a text alone (FNV-1a), so that every worker draws the same lot: for
 * spreading pages over days and taking samples of them.
 */
export function chanceOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  // The last bits are the best mixed; a multiplication more spreads them over all.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 12)) >>> 0) / 2 ** 32;
}
