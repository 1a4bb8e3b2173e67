import { isApplicable } from "@waymark/match";
import { countJudgedAfter, findPolicy, listModels, saveModel } from "@waymark/store";
import type { Context } from "../context.ts";
import { activateModel, whyNotActivate } from "../learn/activate-model.ts";
import { activationPolicy } from "../learn/match-settings.ts";
import { judgementsMin, trainFromJudgements } from "../learn/train-and-measure.ts";

/**
 * Trains a model when enough was judged since the last one, or when the last one corrects other weights than
 * those of today, and keeps it as a candidate. It is activated here only by a policy that somebody switched on.
 */
export async function trainNightly(ctx: Context): Promise<void> {
  const { db, log } = ctx;
  const now = ctx.now();
  const [last] = await listModels(db);
  const isCurrent = last !== undefined && isApplicable(last.model);
  const fresh = await countJudgedAfter(db, isCurrent ? last.newestJudgement : 0);
  if (fresh < judgementsMin) {
    log.debug({ fresh, needed: judgementsMin }, "too few new judgements to train on");
    return;
  }
  const outcome = await trainFromJudgements(db, { now });
  if (outcome.kind === "too-few") {
    log.info({ why: outcome.why }, "no model was trained");
    return;
  }
  const { model, judgements, metrics } = outcome.trained;
  await saveModel(db, outcome.trained);
  const { changed } = metrics.shadow;
  log.info({ version: model.version, judgements, changed }, "model trained");
  if (!(await findPolicy(db, activationPolicy))) return;
  const why = whyNotActivate(model.version, metrics.frozen);
  if (why) {
    log.info({ version: model.version, why }, "model stays a candidate");
    return;
  }
  await activateModel(db, model.version, { who: `policy ${activationPolicy}`, now });
  log.info({ version: model.version }, "model activated");
}
