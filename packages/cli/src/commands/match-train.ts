import { BadInput } from "@waymark/domain";
import { activateModel, expertAlone, judgementsMin, trainFromJudgements } from "@waymark/pipeline";
import { type Pool, type StoredModel, saveModel } from "@waymark/store";
import { type Command, InvalidArgumentError } from "commander";
import { printFigures, printShadow } from "../print-model.ts";
import { withDatabase } from "../session.ts";
import { clockOf } from "../setting.ts";
import { count, faint, note, print, printJson, strong } from "../terminal.ts";

/** The command that learns from judgements, in the group `match`. */
export function addMatchTrain(match: Command): void {
  match
    .command("train")
    .summary("learn from what people said of pairs; activate what was learned")
    .description(
      "Trains a model on the judgements that stand: small corrections to the weights that score pairs. One pair in five is " +
        "never trained on; on those the new model is measured beside the active one. It is kept as a candidate, and " +
        "decides nothing until it is activated, which is refused where it is worse. Each night trains by itself when " +
        `${judgementsMin} more pairs were judged. What was active before can be activated again; "${expertAlone}" is to score by the weights alone.`,
    )
    .option(
      "--activate [version]",
      "the model to score by from now on; the one trained now without it",
    )
    .option("--dry-run", "train and measure, and keep nothing")
    .option("--min <number>", "train on so many judgements or more", positive, judgementsMin)
    .option("--as <name>", "who activates it")
    .option("--json", "print JSON")
    .addHelpText(
      "after",
      `
Examples:
  waymark match train
  waymark match train --dry-run
  waymark match train --activate model-3f9c01ab42 --as rosa
  waymark match train --activate ${expertAlone}`,
    )
    .action(train);
}

type TrainOptions = {
  activate?: string | true;
  dryRun?: true;
  min: number;
  as?: string;
  json?: true;
};

const train = ({ activate, dryRun, min, as, json }: TrainOptions): Promise<void> => {
  if (activate && dryRun) {
    throw new BadInput("--dry-run keeps nothing, so there is nothing to --activate: leave one out");
  }
  return withDatabase(async (db, session) => {
    const by = { who: as ?? session.config.who, now: (await clockOf(session, db))() };
    if (typeof activate === "string") {
      await activateNamed(db, activate, { by, json });
      return;
    }
    const outcome = await trainFromJudgements(db, { now: by.now, least: min });
    if (outcome.kind === "too-few") throw new BadInput(outcome.why);
    const { trained } = outcome;
    if (!dryRun) await saveModel(db, trained);
    if (activate) await activateModel(db, trained.model.version, by);
    if (json) printJson({ ...trained, kept: !dryRun, activated: activate === true });
    else printTrained(trained, { isKept: !dryRun, isActive: activate === true });
  });
};

async function activateNamed(
  db: Pool,
  version: string,
  { by, json }: { by: { who: string; now: Date }; json: true | undefined },
): Promise<void> {
  await activateModel(db, version, by);
  if (json) printJson({ activated: version });
  else if (version.startsWith(expertAlone)) print("The weights score alone from now on.");
  else print(`${version} scores from now on. \`waymark match report\` shows how well.`);
}

function printTrained(
  {
    model,
    judgements,
    frozen,
    metrics,
  }: Pick<StoredModel, "model" | "judgements" | "frozen" | "metrics">,
  { isKept, isActive }: { isKept: boolean; isActive: boolean },
): void {
  const { version } = model;
  const pairs = `${count(judgements, "judgement")}, ${frozen.length} more kept for measuring`;
  print(`${strong(version)} was trained on ${pairs}`);
  if (metrics.rounds === 0) {
    print("  The judgements bear out the weights as they are: no correction pays.");
  }
  printFigures(metrics);
  printShadow(metrics.shadow);
  if (isActive) print(`It scores from now on.`);
  else if (isKept) print(`It decides nothing yet: waymark match train --activate ${version}`);
  else note(faint("Nothing was kept."));
}

function positive(text: string): number {
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new InvalidArgumentError("write a whole number, 1 or more");
  return Number(text);
}
