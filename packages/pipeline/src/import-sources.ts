import { BadInput, type SourceFile } from "@waymark/domain";
import { canonicalAddress } from "@waymark/normalize";
import { findSource, type Pool, saveSource, transaction } from "@waymark/store";
import { nextRunAt } from "./schedules.ts";

/**
 * Brings an operator's sources in, all or none. A source's scope is the sites of its seeds: whole hosts,
 * so that a list and its details are both inside.
 */
export async function importSources(
  pool: Pool,
  sources: SourceFile,
  now: Date,
): Promise<{ added: number; changed: number }> {
  const counts = { added: 0, changed: 0 };
  await transaction(pool, async (db) => {
    for (const source of sources) {
      const before = await findSource(db, source.id);
      const timeZone = source.timeZone ?? before?.timeZone ?? "America/New_York";
      const runAt = source.runAt ?? before?.runAt ?? "02:00";
      assertTimeZone(source.id, timeZone);
      assertBounds(source, before);
      await saveSource(db, {
        ...source,
        scope: scopeOf(source.seeds),
        origin: "operator",
        nextRunAt: nextRunAt({ runAt, timeZone }, now),
        now,
      });
      counts[before ? "changed" : "added"] += 1;
    }
  });
  return counts;
}

/** The whole sites that the seeds stand on, each once. */
export const scopeOf = (seeds: string[]): string[] => [
  ...new Set(seeds.map((seed) => `${new URL(canonicalAddress(seed) ?? seed).origin}/`)),
];

function assertTimeZone(id: string, timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en-US", { timeZone });
  } catch {
    throw new BadInput(
      `source "${id}": "${timeZone}" is not a time zone; write one such as America/New_York`,
    );
  }
}

/** Bounds that stand already count where a file names one of the two alone. */
function assertBounds(
  { id, intervalMinHours, intervalMaxHours }: SourceFile[number],
  before: { intervalMinHours: number; intervalMaxHours: number } | undefined,
): void {
  const min = intervalMinHours ?? before?.intervalMinHours ?? 20;
  if (intervalMaxHours === undefined || min <= intervalMaxHours) return;
  throw new BadInput(
    `source "${id}": its shortest interval, ${min} hours, is longer than its longest, ${intervalMaxHours}; give both`,
  );
}
