/** Rows as a file has them: cells by the places of the columns, trimmed; "" is what is not told. */
export type Table = { columns: string[]; rows: TableRow[] };

export type TableRow = { id: string; cells: string[] };
