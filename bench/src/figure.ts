/** One thing a bench measured; with `--json` each is a line for programs. */
export type Figure = {
  bench: string;
  figure: string;
  value: number;
  unit: string;
  /** The set or world it was measured on. */
  data: string;
  rival?: string;
  rivalValue?: number;
};

/** Figures as lines of JSON, or as a table for people. */
export function formatFigures(figures: Figure[], style: "json" | "table"): string {
  if (style === "json") return figures.map((figure) => `${JSON.stringify(figure)}\n`).join("");
  return formatTable(
    figures.map(({ figure, value, unit, data, rival, rivalValue }) => [
      data,
      figure,
      formatValue(value, unit),
      unit,
      rival && rivalValue !== undefined ? `${rival} ${formatValue(rivalValue, unit)}` : "",
    ]),
    ["left", "left", "right", "left", "left"],
  );
}

/** Rows as aligned columns; what is right of the last word of a line is left out. */
export function formatTable(rows: string[][], sides: ("left" | "right")[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows
    .map((row) => {
      const cells = row.map((cell, column) =>
        sides[column] === "right" ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!),
      );
      return `${cells.join("  ").trimEnd()}\n`;
    })
    .join("");
}

/** A count as it is, a share or a measure with three digits after the point. */
const formatValue = (value: number, unit: string): string =>
  Number.isInteger(value) && !/^share|^mean/.test(unit) ? String(value) : value.toFixed(3);

/** Counts of equal words under a title, the most frequent first. */
export function tally(title: string, words: string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const rows = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const table = rows.map(([word, n]) => [`  ${n}`, word]);
  return `\n${title}\n${table.length ? formatTable(table, ["right"]) : "  none\n"}`;
}
