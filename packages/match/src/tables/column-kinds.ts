import { foldText, wordsOf } from "./fold-text.ts";
import type { Table } from "./table.ts";

/**
 * What the cells of a column hold. The name is what rows are called by, one column of a table; a group is
 * what many rows share (a maker, a venue, a city); prose describes; a list names several.
 */
export type ColumnKind =
  | "name"
  | "text"
  | "group"
  | "prose"
  | "list"
  | "code"
  | "number"
  | "year"
  | "empty";

/** The kind of each column that some tables have in common, told by their cells alone. */
export function columnKinds(tables: Table[]): ColumnKind[] {
  const columns = tables[0]!.columns.map((_, column) =>
    measureCells(tables.flatMap(({ rows }) => rows.map(({ cells }) => cells[column]!))),
  );
  const kinds = columns.map(kindOfCells);
  const likeness = (column: number) => nameLikeness(columns[column]!);
  const [name] = [...kinds.keys()]
    .filter((column) => /text|prose|group|code|list/.test(kinds[column]!))
    .sort((a, b) => likeness(b) - likeness(a) || a - b);
  return kinds.map((kind, column) => (column === name ? "name" : kind));
}

type Measures = {
  filledShare: number;
  /** Different cells among those that are filled. */
  distinctShare: number;
  wordsMean: number;
  numberShare: number;
  yearShare: number;
  codeShare: number;
  listShare: number;
};

function measureCells(cells: string[]): Measures {
  const filled = cells.filter((cell) => cell !== "").map(foldText);
  const count = Math.max(1, filled.length);
  const share = (is: (cell: string) => boolean) => filled.filter(is).length / count;
  return {
    filledShare: filled.length / Math.max(1, cells.length),
    distinctShare: new Set(filled).size / count,
    wordsMean: filled.reduce((sum, cell) => sum + wordsOf(cell).length, 0) / count,
    numberShare: share((cell) => !Number.isNaN(amountIn(cell))),
    yearShare: share((cell) => /^(1[5-9]|20)\d\d$/.test(cell)),
    codeShare: share((cell) => /\d/.test(cell) && /^\S+$/.test(cell)),
    listShare: share((cell) => membersIn(cell).length > 1),
  };
}

function kindOfCells(measures: Measures): ColumnKind {
  const { filledShare, distinctShare, wordsMean } = measures;
  if (filledShare === 0) return "empty";
  if (measures.yearShare > 0.9) return "year";
  if (measures.numberShare > 0.9) return "number";
  if (measures.codeShare > 0.8) return "code";
  if (measures.listShare > 0.4) return "list";
  if (wordsMean > 12) return "prose";
  if (distinctShare < 0.35) return "group";
  return wordsMean > 5 && filledShare < 0.9 ? "prose" : "text";
}

/** Rows are called by what nearly all of them tell, each something else, in few words. */
const nameLikeness = ({ filledShare, distinctShare, wordsMean, listShare }: Measures): number =>
  filledShare * distinctShare * (1 - listShare / 2) -
  Math.max(0, wordsMean - 10) / 50 -
  Math.max(0, 3 - wordsMean) / 10;

/** The amount that a cell is, whatever its currency or unit; NaN where it is none. */
export function amountIn(cell: string): number {
  const match = /^[^\p{L}\d-]{0,2}\s*(-?\d[\d,]*(?:\.\d+)?)\s*(?:%|\p{L}{1,3}|\p{Sc})?$/u.exec(
    cell,
  );
  return match ? Number(match[1]!.replaceAll(",", "")) : Number.NaN;
}

/** The members of a cell that lists several short names; any other cell is its only member. */
export function membersIn(cell: string): string[] {
  const members = cell.split(/\s*(?:[,;|]|\s(?:and|und|et|y|&)\s)\s*/).filter(Boolean);
  const areNames = members.every(
    (member) => wordsOf(member).length <= 5 && /^[\p{L}\p{M}\s.'’-]+$/u.test(member),
  );
  return areNames ? members : [cell];
}
