const units = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** "812 bytes", "4.1 kB", "41 MB": a number of bytes as people read it. */
export function sizeText(bytes: number): string {
  let n = bytes;
  let step = 0;
  // 999.6 kB rounds to what is written in the next unit.
  while (n >= 999.5 && step < units.length - 1) {
    n /= 1000;
    step += 1;
  }
  if (step === 0) return `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
  return `${n < 9.95 ? n.toFixed(1) : Math.round(n)} ${units[step]}`;
}
