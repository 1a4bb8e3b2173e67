import type { ComparedTables } from "./compare-tables.ts";
import { createStandings, plainScores } from "./context-features.ts";
import type { PreparedRow, PreparedTables } from "./prepare-rows.ts";
import { leftOverWords } from "./word-set.ts";

type Told = {
  tables: PreparedTables;
  left: PreparedRow;
  right: PreparedRow;
  figure: (name: string) => number;
  standing: () => string;
};

/** What two rows say of each other under one topic, in words for people. */
export function tellTopic(topic: string, compared: ComparedTables, pair: number): string {
  const { tables, pairs, measured } = compared;
  const [left, right] = [tables.rows[pairs.left[pair]!]!, tables.rows[pairs.right[pair]!]!];
  const column = tables.columns.indexOf(topic);
  if (column >= 0) return tellCells(left.cells[column]!.text, right.cells[column]!.text);
  const figure = (name: string): number =>
    measured.values[pair * measured.features.length + measured.features.indexOf(name)]!;
  const told = { tables, left, right, figure, standing: () => tellStanding(compared, pair) };
  return sentences[topic]?.(told) ?? "how often such candidates are the same";
}

const sentences: { [topic: string]: (told: Told) => string } = {
  name: ({ figure }) => `the names share ${percent(figure("name mean"))} of what their words weigh`,
  "whole row": ({ figure }) =>
    `the rows tell ${percent(figure("name in whole left"))} and ${percent(figure("name in whole right"))} of each other's name`,
  spelling: ({ figure }) => `the rows are spelled ${percent(figure("whole letters cosine"))} alike`,
  "words left over": tellLeftOver,
  codes: ({ left, right }) => tellSets("code", left.name.codes, right.name.codes),
  numbers: ({ left, right }) => tellSets("number", numbersIn(left), numbersIn(right)),
  description: ({ figure }) => tellDescriptions(figure("prose cosine")),
  rivals: ({ standing }) => standing(),
  "other candidates": () => "what else the two rows could be",
  "manner of writing": () => "how the names are written",
};

const percent = (share: number): string => `${Math.round((share || 0) * 100)} %`;

function tellCells(left: string, right: string): string {
  if (left === "" && right === "") return "neither row tells it";
  if (left === "" || right === "") return "one row does not tell it";
  return left === right ? `both “${left}”` : `“${left}” beside “${right}”`;
}

function tellLeftOver({ tables, left, right }: Told): string {
  const over = leftOverWords(left, right, tables.vocabulary);
  const wordsIn = (ids: number[]) => ids.map((id) => tables.vocabulary.words[id]!).join(" ");
  const told = [
    ...(over.left.length > 0 ? [`only the left says “${wordsIn(over.left)}”`] : []),
    ...(over.right.length > 0 ? [`only the right says “${wordsIn(over.right)}”`] : []),
  ];
  return told.join("; ") || "no word of either name is left over";
}

function tellSets(what: string, left: string[], right: string[]): string {
  if (left.length === 0 && right.length === 0) return `neither name has a ${what}`;
  if (left.length === 0 || right.length === 0) return `one name has no ${what}`;
  const common = left.filter((one) => right.includes(one));
  if (common.length > 0) return `both names say ${common.join(", ")}`;
  return `${left.join(", ")} beside ${right.join(", ")}`;
}

const numbersIn = ({ name }: PreparedRow): string[] => [
  ...new Set(name.numbers.map(({ number }) => String(number))),
];

const tellDescriptions = (likeness: number): string =>
  Number.isNaN(likeness)
    ? "one row has no description"
    : `the descriptions are ${percent(likeness)} alike`;

function tellStanding({ pairs, measured }: ComparedTables, pair: number): string {
  const standings = createStandings(pairs, plainScores(measured));
  const ranks = [standings.of(pair, "left").rank, standings.of(pair, "right").rank];
  if (ranks[0] === 0 && ranks[1] === 0) return "each row is the other's best candidate";
  if (ranks[0] === 0) return "the left row has no better candidate, the right one has";
  if (ranks[1] === 0) return "the right row has no better candidate, the left one has";
  return "both rows have better candidates";
}
