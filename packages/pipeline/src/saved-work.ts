import type { SavedWork } from "@waymark/store";

/** One thing a run did not have to do: its name, how often, and what that means. */
export type SavedPart = { name: string; n: number; meaning: string };

/** What a run was spared, as words for desk and terminal; leaves out what there is none of. */
export function listSavedParts(saved: Partial<SavedWork>): SavedPart[] {
  return parts
    .map(([of, name, meaning]) => ({ name, n: saved[of] ?? 0, meaning }))
    .filter(({ n }) => n > 0);
}

const parts: [of: keyof SavedWork, name: string, meaning: string][] = [
  ["notModified", "Not modified", "answered with 304: nothing was sent"],
  ["sameBytes", "Same bytes", "sent again byte for byte: not read"],
  ["sameText", "Same words", "other bytes, the same words for people"],
  ["spared", "Unchanged by its lists", "due, but unchanged by the site's own lists: not asked"],
  ["notDue", "Not due", "known, and not due that night"],
  ["rendered", "Through a browser", "shown through a browser"],
];

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
