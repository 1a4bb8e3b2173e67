import type { ChangeKind, ChangeState } from "@waymark/domain";
import type { Pool } from "@waymark/store";
import { countMentions, listChanges, listSuppressions } from "@waymark/store";

/** What the queue and the catalog's pages hold at one moment; two moments tell what a night brought. */
export type Stock = {
  changes: Map<string, { kind: ChangeKind; state: ChangeState }>;
  suppressions: Set<string>;
  mentions: number;
  efforts: number;
};

const allStates: ChangeState[] = ["confirming", "open", "accepted", "rejected", "withdrawn"];

export async function takeStock(db: Pool): Promise<Stock> {
  const changes = await listChanges(db, { states: allStates });
  const suppressions = await listSuppressions(db);
  return {
    changes: new Map(changes.map(({ id, kind, state }) => [id, { kind, state }])),
    suppressions: new Set(
      suppressions.map((one) => `${one.effort} ${one.field ?? ""} ${one.rule} ${one.fingerprint}`),
    ),
    ...(await countMentions(db)),
  };
}

/** How many changes of each kind wait for a curator now and did not before. */
export function addedSince(before: Stock, after: Stock): Record<ChangeKind, number> {
  const added: Record<ChangeKind, number> = {
    new: 0,
    update: 0,
    duplicate: 0,
    stale: 0,
    ended: 0,
    split: 0,
  };
  for (const [id, { kind, state }] of after.changes) {
    if (state === "open" && before.changes.get(id)?.state !== "open") added[kind] += 1;
  }
  return added;
}

/** How many proposals were taken back meanwhile: the pages no longer say so. */
export function withdrawnSince(before: Stock, after: Stock): number {
  return [...after.changes].filter(
    ([id, { state }]) => state === "withdrawn" && before.changes.get(id)?.state === "open",
  ).length;
}

/** How many suppressions came in meanwhile. */
export const heldBackSince = (before: Stock, after: Stock): number =>
  [...after.suppressions].filter((key) => !before.suppressions.has(key)).length;

/** How many changes wait for a curator. */
export const openIn = (stock: Stock): number =>
  [...stock.changes.values()].filter(({ state }) => state === "open").length;
