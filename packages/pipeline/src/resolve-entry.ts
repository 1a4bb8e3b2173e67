import { InitiativeId, type InitiativeValues } from "@waymark/domain";
import { type Db, findInitiative, resolveCluster, resolveInitiative } from "@waymark/store";

/**
 * The entry that an id leads to now: itself, the one it was merged into, or the one that an unseen effort
 * became. Undefined when it never was an id of ours, or of an effort that is unseen still.
 */
export async function resolveEntry(db: Db, id: string): Promise<InitiativeId | undefined> {
  const parsed = InitiativeId.safeParse(id);
  const survivor = parsed.success ? await resolveInitiative(db, parsed.data) : undefined;
  if (survivor) return survivor;
  const cluster = await resolveCluster(db, id);
  return cluster?.initiativeId && resolveInitiative(db, cluster.initiativeId);
}

/** The entry of an id as it stands: where it was merged, the one that it went into. */
export async function findStandingEntry(
  db: Db,
  id: InitiativeId,
): Promise<{ id: InitiativeId; values: InitiativeValues } | undefined> {
  const standing = await resolveInitiative(db, id);
  return standing && findInitiative(db, standing);
}
