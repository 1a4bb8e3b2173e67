/** A run of letters as a PDF places it: `x` and `y` are where its baseline begins, counted from below. */
export type PdfItem = { text: string; x: number; y: number; width: number; size: number };

/** Letters on one baseline without a gap wide enough to part columns, and the pieces they were placed in. */
export type PdfLine = PdfItem & { pieces: PdfItem[] };

/** Joins what a PDF places piece by piece into lines, in the order of the PDF; wide gaps part cells. */
export function joinLines(items: readonly PdfItem[]): PdfLine[] {
  const lines: PdfLine[] = [];
  let open: PdfLine | undefined;
  for (const item of items) {
    if (item.text.trim() === "") {
      if (open && continues(open, item)) open.text += " ";
      continue;
    }
    if (open && continues(open, item)) {
      const gap = item.x - (open.x + open.width);
      const isApart = gap > open.size * 0.15 && !open.text.endsWith(" ") && !/^\s/.test(item.text);
      open.text += (isApart ? " " : "") + item.text;
      open.width = Math.max(open.width, item.x + item.width - open.x);
      open.size = Math.max(open.size, item.size);
      open.pieces.push(item);
    } else {
      open = { ...item, pieces: [item] };
      lines.push(open);
    }
  }
  return lines.map((line) => ({ ...line, text: line.text.replace(/\s+/g, " ").trim() }));
}

/** A line cut where one of its pieces begins at one of the given places: columns may stand close together. */
export function cutLine(line: PdfLine, places: readonly number[]): PdfLine[] {
  const parts: PdfItem[][] = [];
  for (const [index, piece] of line.pieces.entries()) {
    const isCut = places.some((place) => Math.abs(place - piece.x) < line.size / 4);
    if (index === 0 || isCut) parts.push([piece]);
    else parts.at(-1)!.push(piece);
  }
  return parts.length < 2 ? [line] : parts.flatMap((part) => joinLines(part));
}

/** No two words stand further apart, as multiples of the letters' size. */
const wordGapMax = 2;

function continues(line: PdfLine, item: PdfItem): boolean {
  const size = Math.max(line.size, item.size);
  const gap = item.x - (line.x + line.width);
  return isLevel(line, item) && gap > -size && gap < wordGapMax * size;
}

/** Whether two pieces stand on one baseline: raised letters and marks do. */
export const isLevel = (one: PdfItem, other: PdfItem): boolean =>
  Math.abs(one.y - other.y) < Math.max(one.size, other.size) * 0.4;
