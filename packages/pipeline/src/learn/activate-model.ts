import { BadInput, Conflict, type ModelFigures } from "@waymark/domain";
import { expertVersion, isApplicable, isNoWorse } from "@waymark/match";
import {
  type Db,
  findActiveModel,
  listModels,
  lockModels,
  markAllUncompared,
  type Pool,
  type StoredModel,
  saveActiveModel,
  transaction,
} from "@waymark/store";
import { refreshKnowledge } from "../refresh-knowledge.ts";
import { measureFrozen } from "./train-and-measure.ts";

/** The word for scoring by the expert weights alone. */
export const expertAlone = "expert";

/** With fewer frozen pairs nobody can say which of two models is worse. */
const frozenMin = 5;

/**
 * Makes a model the one that scores, or (`expert`) lets the expert weights score alone. A candidate must be no
 * worse than what is active on the pairs that are frozen by now; a model that was active before may come back
 * as it was. Knowledge is built anew, so that every worker decides alike, and the sweep compares all entries
 * again; mentions keep their places. Throws BadInput for what is not
 * there, Conflict when it may not be or is active already.
 */
export async function activateModel(
  pool: Pool,
  version: string,
  { who, now }: { who: string; now: Date },
): Promise<void> {
  await transaction(pool, async (db) => {
    await lockModels(db);
    if (version === expertAlone || version === expertVersion) {
      if (!(await findActiveModel(db))) {
        throw new Conflict("no model is active: the expert weights score alone already");
      }
      await saveActiveModel(db, undefined, { who, now });
    } else {
      const stored = await loadModel(db, version);
      await refuseWorse(db, stored);
      await saveActiveModel(db, stored.model.version, { who, now });
    }
    await refreshKnowledge(db, now);
    await markAllUncompared(db);
  });
}

async function loadModel(db: Db, version: string): Promise<StoredModel> {
  const models = await listModels(db);
  const stored = models.find(({ model }) => model.version === version);
  if (!stored) {
    const known = models.map(({ model }) => model.version).slice(0, 5);
    const others =
      known.length > 0
        ? `there are ${known.join(", ")}, and "${expertAlone}" to score by the weights alone`
        : "none was trained yet: `waymark match train`";
    throw new BadInput(`there is no model "${version}"; ${others}`);
  }
  if (stored.state === "active") throw new Conflict(`${version} is active already`);
  if (!isApplicable(stored.model)) {
    throw new Conflict(
      `${version} corrects the weights ${stored.model.expert}, and those of today are ${expertVersion}: train anew with \`waymark match train\``,
    );
  }
  return stored;
}

async function refuseWorse(db: Db, { model, state }: StoredModel): Promise<void> {
  if (state === "retired") return;
  const why = whyNotActivate(model.version, await measureFrozen(db, model));
  if (why) throw new Conflict(why);
}

/** Why a candidate may not be activated, by what it and the active model make of frozen pairs, if it may not. */
export function whyNotActivate(
  version: string,
  { model, active }: { model: ModelFigures; active: ModelFigures },
): string | undefined {
  if (model.pairs < frozenMin) {
    return `only ${model.pairs} judged pairs are kept for measuring, and ${frozenMin} must be for a model to be activated: judge more pairs`;
  }
  if (isNoWorse(model, active)) return undefined;
  return `${version} is worse than what is active on the ${model.pairs} pairs kept for measuring (${figuresText(model)}, against ${figuresText(active)}): judge more pairs and train anew`;
}

const figuresText = ({ f1, falseSames, logLoss }: ModelFigures): string =>
  `F1 ${f1.value.toFixed(3)}, ${falseSames} called same wrongly, log loss ${logLoss.toFixed(3)}`;
