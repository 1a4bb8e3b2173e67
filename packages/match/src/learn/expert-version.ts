import { createHash } from "node:crypto";
import { weights } from "../weights.ts";

/**
 * The version of the weights that score where no model is active. It follows from the weights, so that
 * it cannot be forgotten when one of them changes.
 */
export const expertVersion = `expert-${createHash("sha256")
  .update(JSON.stringify(weights))
  .digest("hex")
  .slice(0, 8)}`;
