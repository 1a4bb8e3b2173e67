import { type ColumnKind, columnKinds } from "./column-kinds.ts";
import { foldText, wordsOf } from "./fold-text.ts";
import type { Table } from "./table.ts";

/** Which columns of two tables stand for the same: by their headings, else by what they hold. */
export type ColumnPair = { left: string | undefined; right: string | undefined };

/** A share of common words from which on two columns with other headings are taken for the same. */
const commonShareMin = 0.1;

/**
 * Two tables brought under the columns of both: those that stand for the same become one, named as in the
 * first table; what only one table has stays, with empty cells in the other.
 */
export function alignColumns(
  left: Table,
  right: Table,
): { tables: [Table, Table]; pairs: ColumnPair[] } {
  const pairs = pairColumns(left, right);
  const columns = pairs.map((pair) => pair.left ?? pair.right!);
  const under = (table: Table, side: "left" | "right"): Table => {
    const places = pairs.map((pair) => table.columns.indexOf(pair[side] ?? ""));
    const cellsOf = (cells: string[]) => places.map((place) => cells[place] ?? "");
    return { columns, rows: table.rows.map(({ id, cells }) => ({ id, cells: cellsOf(cells) })) };
  };
  return { tables: [under(left, "left"), under(right, "right")], pairs };
}

function pairColumns(left: Table, right: Table): ColumnPair[] {
  const partners = new Map<string, string>();
  const free = new Set(right.columns);
  const join = (one: string, other: string) => {
    partners.set(one, other);
    free.delete(other);
  };
  for (const column of left.columns) {
    const same = right.columns.find((other) => foldText(other) === foldText(column));
    if (same && free.has(same)) join(column, same);
  }
  for (const { one, other } of alikeColumns(left, right)) {
    if (!partners.has(one) && free.has(other)) join(one, other);
  }
  return [
    ...left.columns.map((column) => ({ left: column, right: partners.get(column) })),
    ...[...free].map((column) => ({ left: undefined, right: column })),
  ];
}

/** Columns of one kind that share words, those that share most first. */
function alikeColumns(left: Table, right: Table): { one: string; other: string }[] {
  const [held, others] = [holdings(left), holdings(right)];
  return held
    .flatMap((one) =>
      others
        .filter(({ kind }) => isLikeKind(kind, one.kind))
        .map((other) => ({ one, other, share: commonShare(one.words, other.words) })),
    )
    .filter(({ share }) => share >= commonShareMin)
    .sort((a, b) => b.share - a.share)
    .map(({ one, other }) => ({ one: one.column, other: other.column }));
}

/** Texts are of one sort: what one table tells in a word another may describe. */
const isLikeKind = (one: ColumnKind, other: ColumnKind): boolean =>
  one === other || (isText(one) && isText(other));

const isText = (kind: ColumnKind): boolean => /^(name|text|group|prose|list)$/.test(kind);

function holdings(table: Table) {
  const kinds = columnKinds([table]);
  return table.columns.map((column, place) => ({
    column,
    kind: kinds[place]!,
    words: new Set(table.rows.flatMap(({ cells }) => wordsOf(foldText(cells[place]!)))),
  }));
}

/** The share of common words among those of the smaller set. */
function commonShare(one: Set<string>, other: Set<string>): number {
  const common = [...one].filter((word) => other.has(word)).length;
  return common / Math.max(1, Math.min(one.size, other.size));
}
