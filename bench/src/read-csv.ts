/**
 * The rows of a CSV file (RFC 4180: quoted cells, doubled quotes, line breaks inside quotes) as records
 * under the names of its first line. Throws for a file that breaks off inside quotes.
 */
export function readCsv(text: string): { [column: string]: string }[] {
  const [head, ...rows] = readRows(text.replace(/^\uFEFF/, ""));
  if (!head) return [];
  return rows.map((cells) =>
    Object.fromEntries(head.map((column, index) => [column, cells[index] ?? ""])),
  );
}

function readRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { cell, next } = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at);
    row.push(cell);
    at = next;
    if (text[at] === ",") {
      at += 1;
      if (at < text.length) continue;
      row.push("");
    }
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
  return rows;
}

function readPlain(text: string, from: number): { cell: string; next: number } {
  let next = from;
  while (next < text.length && !",\r\n".includes(text[next]!)) next += 1;
  return { cell: text.slice(from, next), next };
}

function readQuoted(text: string, from: number): { cell: string; next: number } {
  let cell = "";
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) throw new Error(`the quoted cell that begins at character ${from} has no end`);
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const { cell: rest, next } = readPlain(text, quote + 1);
      return { cell: cell + rest, next };
    }
    cell += '"';
    at = quote + 2;
  }
}
