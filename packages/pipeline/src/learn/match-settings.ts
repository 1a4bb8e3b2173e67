import type { MatchCosts } from "@waymark/domain";
import { defaultCosts, type Thresholds, thresholdsOf } from "@waymark/match";
import {
  type Db,
  findMatchCosts,
  findPolicy,
  markAllUncompared,
  type Pool,
  saveMatchCosts,
  savePolicyOff,
  savePolicyOn,
  transaction,
} from "@waymark/store";
import { refreshKnowledge } from "../refresh-knowledge.ts";

/** The policy that activates a trained model without asking, where it is no worse. Off until somebody switches it on. */
export const activationPolicy = "activate-model";

/** What an installation has set for matching. */
export type MatchSettings = {
  costs: MatchCosts;
  /** What follows from them. */
  thresholds: Thresholds;
  /** Who switched on that models are activated without asking; undefined while it is off. */
  activatesByPolicy: string | undefined;
};

/** What is set, or what counts where nobody set anything. */
export async function loadMatchSettings(db: Db): Promise<MatchSettings> {
  const costs = (await findMatchCosts(db)) ?? defaultCosts;
  return {
    costs,
    thresholds: thresholdsOf(costs),
    activatesByPolicy: (await findPolicy(db, activationPolicy))?.switchedOnBy,
  };
}

/**
 * Sets what mistakes cost and whether models are activated without asking; what is not given stays. Knowledge is
 * built anew, so that every worker decides alike from the next reading on.
 */
export async function saveMatchSettings(
  pool: Pool,
  { costs, activatesByPolicy }: { costs?: Partial<MatchCosts>; activatesByPolicy?: boolean },
  { who, now }: { who: string; now: Date },
): Promise<MatchSettings> {
  return transaction(pool, async (db) => {
    if (costs && Object.keys(costs).length > 0) {
      const before = (await findMatchCosts(db)) ?? defaultCosts;
      await saveMatchCosts(db, { ...before, ...costs }, { who, now });
      await refreshKnowledge(db, now);
      await markAllUncompared(db);
    }
    if (activatesByPolicy === true) await savePolicyOn(db, activationPolicy, { who, now });
    if (activatesByPolicy === false) await savePolicyOff(db, activationPolicy, now);
    return loadMatchSettings(db);
  });
}
