import { type Html, html } from "./html.ts";

type Column = { name: string; align?: "right"; wide?: boolean };

/**
 * A table with its caption. On narrow screens each row becomes a small card whose cells carry their
 * column's name; the roles are written out because that layout would otherwise take them away.
 */
export function table(options: {
  caption: string;
  columns: (string | Column)[];
  rows: unknown[][];
  /** All columns but the first are equally wide. */
  isEven?: boolean;
  empty?: Html | string;
}): Html {
  const columns = options.columns.map((c): Column => (typeof c === "string" ? { name: c } : c));
  if (options.rows.length === 0)
    return html`<p class="empty">${options.empty ?? "There is nothing to show yet."}</p>`;
  const look = ({ align, wide }: Column, isBlank = false) =>
    [align, wide && "wide", isBlank && "blank"].filter(Boolean).join(" ");
  const isBlank = (cell: unknown) => cell === "" || cell === false || cell === undefined;
  const head = columns.map(
    (column) =>
      html`<th role="columnheader" scope="col" class="${look(column)}">${column.name || html`<span class="visually-hidden">What can be done</span>`}</th>`,
  );
  const row = (cells: unknown[]) =>
    cells.map((cell, index) => {
      const column = columns[index]!;
      return html`<td role="cell" class="${look(column, isBlank(cell))}" data-label="${column.name}"><div>${cell}</div></td>`;
    });
  return html`<table role="table"${options.isEven && html` class="even"`}>
<caption>${options.caption}</caption>
<thead role="rowgroup"><tr role="row">${head}</tr></thead>
<tbody role="rowgroup">${options.rows.map((cells) => html`<tr role="row">${row(cells)}</tr>`)}</tbody>
</table>`;
}
