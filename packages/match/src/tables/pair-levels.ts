import { type LevelledPairs, untold } from "../models/fellegi-sunter.ts";
import type { ColumnKind } from "./column-kinds.ts";
import type { ComparedTables } from "./compare-tables.ts";
import { createStandings, plainScores } from "./context-features.ts";

/** A figure cut into levels; a higher level need not be better, each is weighed by itself. */
type Levelling = {
  name: string;
  /** Values from which the next level begins. */
  cuts: number[];
  figureOf: (pair: number) => number;
};

/** The levels of agreement of every pair: what the model without labels is told, for tables of any columns. */
export function levelPairs(compared: ComparedTables): LevelledPairs {
  const { pairs } = compared;
  const levellings = levellingsOf(compared);
  const levels = new Uint8Array(levellings.length * pairs.left.length);
  for (const [place, { cuts, figureOf }] of levellings.entries()) {
    for (let pair = 0; pair < pairs.left.length; pair++) {
      levels[pair * levellings.length + place] = levelOf(figureOf(pair), cuts);
    }
  }
  return {
    features: levellings.map(({ name, cuts }) => ({ name, levelCount: cuts.length + 1 })),
    levels,
    left: pairs.left,
    right: pairs.right,
  };
}

function levelOf(value: number, cuts: number[]): number {
  if (Number.isNaN(value)) return untold;
  let level = 0;
  while (level < cuts.length && value >= cuts[level]!) level += 1;
  return level;
}

function levellingsOf(compared: ComparedTables): Levelling[] {
  const figure = figuresOf(compared);
  const { kinds, columns } = compared.tables;
  const cut = (name: string, cuts: number[], figureOf: Levelling["figureOf"]): Levelling => ({
    ...{ name, cuts, figureOf },
  });
  return [
    cut("name", [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.999], figure("name mean")),
    cut("whole row", [0.3, 0.45, 0.6, 0.75, 0.9, 0.999], figure("name in whole least")),
    cut("spelling", [0.1, 0.2, 0.3, 0.4, 0.5, 0.65, 0.8], figure("whole letters cosine")),
    cut("words left over", [0.001, 2, 4, 7, 10, 15, 25], leftOver(figure)),
    cut("codes", [1, 2, 3], codeAgreement(figure)),
    cut("numbers", [1, 2], numberAgreement(figure)),
    ...(kinds.includes("prose")
      ? [cut("description", [0.1, 0.2, 0.35, 0.5, 0.7], figure("prose cosine"))]
      : []),
    ...columns.flatMap((name, column) => {
      const levelling = cellLevels[kinds[column]!];
      return levelling ? [cut(name, levelling.cuts, figure(`${name}: ${levelling.figure}`))] : [];
    }),
    ...(compared.tables.areTwo ? [cut("rivals", [0.5, 1.5, 2.5, 3.5], standing(compared))] : []),
  ];
}

/** What of a column is cut into levels, by its kind. */
const cellLevels: { [kind in ColumnKind]?: { figure: string; cuts: number[] } } = {
  number: { figure: "distance", cuts: [0.05, 0.15, 0.3, 0.6, 1.2] },
  year: { figure: "distance", cuts: [0.5, 1.5] },
  group: { figure: "likeness", cuts: [0.5, 0.8, 0.999] },
  text: { figure: "likeness", cuts: [0.5, 0.8, 0.999] },
  code: { figure: "likeness", cuts: [0.45, 0.8, 0.999] },
  list: { figure: "overlap", cuts: [0.01, 0.34, 0.6, 0.999] },
};

type Figure = (name: string) => (pair: number) => number;

function figuresOf({ measured: { features, values } }: ComparedTables): Figure {
  return (name) => {
    const place = features.indexOf(name);
    if (place < 0) throw new Error(`no figure is called "${name}"`);
    return (pair) => values[pair * features.length + place]!;
  };
}

/** The side with less left over says more: the other may just be told at greater length. */
function leftOver(figure: Figure): Levelling["figureOf"] {
  const [left, right] = [figure("parting weight left"), figure("parting weight right")];
  return (pair) => {
    const [one, other] = [left(pair), right(pair)];
    return Math.min(one, other) + Math.max(one, other) / 2;
  };
}

/** 0 for other codes, 1 for codes that begin alike, 2 for a common short one, 3 for a common long one. */
function codeAgreement(figure: Figure): Levelling["figureOf"] {
  const [inRight, inLeft] = [figure("code left in right"), figure("code right in left")];
  const [left, right] = [figure("codes left"), figure("codes right")];
  const beginning = figure("code beginning");
  return (pair) => {
    const longest = Math.max(inRight(pair), inLeft(pair));
    if (longest > 0) return longest >= 6 ? 3 : 2;
    if (left(pair) === 0 || right(pair) === 0) return Number.NaN;
    return beginning(pair) > 0.6 ? 1 : 0;
  };
}

/** 0 where both names have numbers of their own, 1 where one has, 2 where they share some. */
function numberAgreement(figure: Figure): Levelling["figureOf"] {
  const [left, right] = [figure("numbers only left"), figure("numbers only right")];
  const shared = figure("numbers shared");
  return (pair) => {
    if (left(pair) > 0 && right(pair) > 0) return 0;
    if (shared(pair) > 0) return 2;
    return left(pair) > 0 || right(pair) > 0 ? 1 : Number.NaN;
  };
}

/** A lead over all rivals that is more than chance. */
const clearLead = 0.4;

/** 4 and 3 where both rows are each other's best, 2 where one is, 1 where the pair is near, else 0. */
function standing({ pairs, measured }: ComparedTables): Levelling["figureOf"] {
  const standings = createStandings(pairs, plainScores(measured));
  return (pair) => {
    const [left, right] = [standings.of(pair, "left").rank, standings.of(pair, "right").rank];
    const lead = Math.min(standings.lead(pair, "left"), standings.lead(pair, "right"));
    if (left === 0 && right === 0) return lead > clearLead ? 4 : 3;
    if (left === 0 || right === 0) return 2;
    return left + right < 6 ? 1 : 0;
  };
}
