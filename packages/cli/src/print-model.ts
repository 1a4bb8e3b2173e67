import type { Estimate, ModelFigures, ModelMetrics } from "@waymark/domain";
import { count, cut, faint, print, printTable, strong } from "./terminal.ts";

/** What was measured of a model, beside what scored when it was trained and the weights alone. */
export function printFigures({ frozen, crossValidated }: ModelMetrics): void {
  if (frozen.model.pairs > 0) {
    print(strong(`On ${count(frozen.model.pairs, "pair")} that no model is trained on`));
    printTable(heads, [
      rowOf("this model", frozen.model),
      rowOf("active then", frozen.active),
      rowOf("weights alone", frozen.expert),
    ]);
  }
  const { model, expert } = crossValidated;
  print(strong(`On the ${count(model.pairs, "pair")} it was trained on, each left out in turn`));
  printTable(heads, [rowOf("this model", model), rowOf("weights alone", expert)]);
}

const heads = [
  ...["", "F1", "precision", "recall", "same wrongly"],
  ...["log loss", "calibration error", "to review of 1,000"],
];

const rowOf = (name: string, figures: ModelFigures): string[] => [
  name,
  estimateText(figures.f1),
  estimateText(figures.precision),
  estimateText(figures.recall),
  String(figures.falseSames),
  figures.logLoss.toFixed(3),
  figures.calibrationError.toFixed(3),
  figures.reviewsPer1000.toFixed(0),
];

const estimateText = ({ value, low, high }: Estimate): string =>
  `${value.toFixed(3)} (${low.toFixed(2)}–${high.toFixed(2)})`;

/** What a model would decide otherwise than the active one. */
export function printShadow(
  { compared, changed, examples }: ModelMetrics["shadow"],
  most = 10,
): void {
  print(
    strong(
      changed === 0
        ? `None of ${compared} pairs compared would be called otherwise`
        : `${changed} of ${count(compared, "pair")} compared would be called otherwise`,
    ),
  );
  for (const { a, b, names, from, to, judged } of examples.slice(0, most)) {
    const said = judged ? faint(`, judged ${judged}`) : "";
    const [one, other] = [nameText(names[0], a), nameText(names[1], b)];
    print(`  ${one} / ${other}: ${from} → ${to}${said}`);
  }
  if (changed > most)
    print(faint(`  … and ${changed - most} more: --json lists ${examples.length}`));
}

/** A name with the id of its entry or mention. */
const nameText = (name: string, side: string): string =>
  `${cut(name, 50)} ${faint(side.split(" ").at(-1)!)}`;

const barWidth = 30;

/** Pairs by their probability: a bar for the share that is the same, and where it ought to end. */
export function printCalibration(figures: ModelFigures): void {
  if (figures.pairs === 0) return;
  print(
    strong(
      "Of pairs of a probability, the share that was judged same (█), and what it should be (│)",
    ),
  );
  for (const { pairs, probability, same } of figures.bins) {
    const told = Math.round((same / pairs) * barWidth);
    const due = Math.min(barWidth - 1, Math.round(probability * barWidth));
    const cells = Array.from({ length: barWidth }, (_none, at) =>
      at === due ? "│" : at < told ? "█" : "·",
    );
    print(`  ${probability.toFixed(2)}  ${cells.join("")}  ${same} of ${pairs}`);
  }
}

/** What moves the score, on average, and how much of it was learned. */
export function printWeights(features: ModelMetrics["features"]): void {
  const most = Math.max(...features.map(({ weight }) => weight), 0);
  if (most === 0) return;
  print(strong("What moves the score, on average over the pairs trained on (log-odds)"));
  printTable(
    ["feature", "moves", "learned", ""],
    features
      .filter(({ weight }) => weight >= 0.005)
      .map(({ feature, weight, learned }) => [
        feature,
        weight.toFixed(2),
        learned.toFixed(2),
        "█".repeat(Math.round((weight / most) * barWidth)),
      ]),
  );
}
