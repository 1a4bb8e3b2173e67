import { loadModelReport, type ModelReport } from "@waymark/pipeline";
import type { StoredModel } from "@waymark/store";
import type { Command } from "commander";
import { printCalibration, printFigures, printShadow, printWeights } from "../print-model.ts";
import { withDatabase } from "../session.ts";
import { count, print, printJson, printTable, strong, when } from "../terminal.ts";

/** The command that shows who scores, how well, and what waits, in the group `match`. */
export function addMatchReport(match: Command): void {
  match
    .command("report")
    .summary("what scores pairs, how well, and what waits for people")
    .description(
      "Shows the model that scores pairs, or that the weights score alone: its figures with 95 % intervals, whether its " +
        "probabilities can be believed, what moves the score, how much waits for people, and every model there was.",
    )
    .option("--json", "print JSON")
    .addHelpText("after", "\nExample:\n  waymark match report")
    .action(report);
}

const report = ({ json }: { json?: true }): Promise<void> =>
  withDatabase(async (db) => {
    const told = await loadModelReport(db);
    if (json) printJson(told);
    else printReport(told);
  });

function printReport(told: ModelReport): void {
  const { active, candidate, models, workload } = told;
  printScorer(told);
  print(
    `${strong("To review")}: ${workload.unsure} of ${count(workload.mentions, "mention")}, ${workload.reviewsPer1000.toFixed(0)} of 1,000`,
  );
  printJudgements(told);
  const shown = active ?? candidate;
  if (shown) {
    if (shown !== active) print(strong(`The candidate ${shown.model.version}`));
    printFigures(shown.metrics);
    printCalibration(shown.metrics.crossValidated.model);
    printWeights(shown.metrics.features);
  }
  if (candidate) {
    print(
      `${candidate.model.version} waits: waymark match train --activate ${candidate.model.version}`,
    );
    printShadow(candidate.metrics.shadow);
  }
  if (models.length > 0) printHistory(models);
}

function printScorer({ scoring, expert, active, settings }: ModelReport): void {
  print(`${strong("Scored by")}: ${scoring}`);
  if (!active) print("  The weights score alone: no model is active.");
  else if (scoring === expert) {
    print(
      `  ${active.model.version} is active, but corrects other weights than those of today: train anew.`,
    );
  } else print(`  activated ${when(active.activatedAt)} by ${active.activatedBy}`);
  const { thresholds, costs } = settings;
  print(
    `  same from ${thresholds.sameAtLeast.toFixed(3)}, a person is asked from ${thresholds.unsureAtLeast.toFixed(3)} (costs: false same ${costs.falseSame}, missed same ${costs.missedSame}, asking ${costs.asking})`,
  );
  print(
    settings.activatesByPolicy
      ? `  a new model is activated by itself where it is no worse: switched on by ${settings.activatesByPolicy}`
      : "  a new model waits for a person",
  );
}

function printJudgements({ models, fresh, due }: ModelReport): void {
  const [last] = models;
  if (!last) {
    print(
      `${strong("Judgements")}: ${fresh}; training needs ${due}, and keeps one in five for measuring: waymark match judge`,
    );
    return;
  }
  const { same, different, unsure } = last.metrics.judged;
  print(
    `${strong("Judgements")}: ${same} same, ${different} different, ${unsure} unsure when last trained; ${fresh} since, ${due} make the next night train`,
  );
}

function printHistory(models: StoredModel[]): void {
  print(strong("Models"));
  printTable(
    ["version", "state", "trained", "judgements", "trees", "F1 on frozen", "activated"],
    models.map(({ model, state, trainedAt, judgements, metrics, activatedAt, activatedBy }) => [
      model.version,
      state,
      when(trainedAt),
      String(judgements),
      String(metrics.rounds),
      metrics.frozen.model.f1.value.toFixed(3),
      activatedAt ? `${when(activatedAt)} by ${activatedBy}` : "–",
    ]),
  );
}
