import type { Evidence, Issue, Mention } from "@waymark/domain";
import { getDocumentProxy } from "unpdf";
import type { PdfItem } from "./pdf-lines.ts";
import { type PdfPlace, PdfTextWriter, type PlacedLine, type TextTable } from "./pdf-text.ts";

/** The text of a PDF, pages divided by form feeds; offsets of its evidence count in it. */
export type PdfText = {
  text: string;
  title: string | undefined;
  pageCount: number;
  lines: readonly PlacedLine[];
  tables: readonly TextTable[];
  issues: Issue[];
};

/** What a PDF may cost its reader; its memory and time are watched from outside. */
const pdfLimits = { pagesMax: 300, itemsMax: 200_000, textMax: 2_000_000 };

/** Reads a PDF's text page by page, at most three hundred pages; every page is forgotten before the next. */
export async function readPdfText(bytes: Uint8Array): Promise<PdfText> {
  try {
    // The reader takes its bytes away from us and wants no Buffer, so it gets a plain copy.
    const pdf = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    try {
      return await readPages(pdf);
    } finally {
      await pdf.loadingTask.destroy();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      ...nothing,
      issues: [{ code: "unreadable-pdf", message: `The PDF could not be read: ${why}` }],
    };
  }
}

const nothing = { text: "", title: undefined, pageCount: 0, lines: [], tables: [] };

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
type PdfPage = Awaited<ReturnType<Pdf["getPage"]>>;

async function readPages(pdf: Pdf): Promise<PdfText> {
  const writer = new PdfTextWriter();
  const issues: Issue[] = [];
  const wanted = Math.min(pdf.numPages, pdfLimits.pagesMax);
  let read = 0;
  let items = 0;
  while (read < wanted && writer.length < pdfLimits.textMax && items < pdfLimits.itemsMax) {
    read += 1;
    const page = await pdf.getPage(read).catch((error: Error) => error);
    if (page instanceof Error) {
      issues.push({
        code: "unreadable-page",
        message: `Page ${read} could not be read: ${page.message}`,
      });
      // A page that is not there: those behind it are promised by the same word.
      break;
    }
    const found = await readItems(page, pdfLimits.itemsMax - items);
    items += found.length;
    writer.add(found);
    page.cleanup();
  }
  if (issues.length === 0 && (read < pdf.numPages || items >= pdfLimits.itemsMax))
    issues.push({
      code: "document-cut",
      message: `Only ${items} pieces of text on the first ${read} of ${pdf.numPages} pages were read.`,
    });
  const characters = writer.lines.reduce((sum, { from, to }) => sum + to - from, 0);
  if (issues.length === 0 && characters < read * charactersOfPage)
    issues.push({
      code: "needs-ocr",
      message: `${characters} characters on ${read} ${read === 1 ? "page" : "pages"}: this looks like scanned paper.`,
    });
  return {
    text: writer.text,
    title: await titleOf(pdf),
    pageCount: pdf.numPages,
    lines: writer.lines,
    tables: writer.tables,
    issues,
  };
}

/** A page that holds fewer characters was probably scanned. */
const charactersOfPage = 100;

/** The pieces of text of a page as they stream in; what follows the last we want is never made. */
async function readItems(page: PdfPage, itemsMax: number): Promise<PdfItem[]> {
  const items: PdfItem[] = [];
  const stream = page.streamTextContent() as ReadableStream<{ items: PdfPiece[] }>;
  const reader = stream.getReader();
  while (items.length < itemsMax) {
    const { done, value } = await reader.read();
    if (done) return items;
    for (const piece of value.items) if ("str" in piece) items.push(itemOf(piece));
  }
  await reader.cancel(new Error("enough"));
  return items;
}

type PdfPiece = { str: string; transform: number[]; width: number; height: number };

function itemOf({ str, transform, width, height }: PdfPiece): PdfItem {
  const [a = 0, b = 0, , , x = 0, y = 0] = transform;
  return { text: str, x, y, width, size: height || Math.hypot(a, b) || 1 };
}

async function titleOf(pdf: Pdf): Promise<string | undefined> {
  const { info } = await pdf.getMetadata().catch(() => ({ info: undefined }));
  const title = (info as { Title?: unknown } | undefined)?.Title;
  return typeof title === "string" && title.trim() !== "" ? title.trim() : undefined;
}

/** Mentions whose every proof says on which page of the PDF it stands. */
export function onPages(pdf: PdfText, mentions: readonly Mention[]): Mention[] {
  const paged = <Proven extends { evidence: Evidence[] }>(proven: Proven): Proven => ({
    ...proven,
    evidence: proven.evidence.map((one) => {
      const page = placeInPdf(pdf, one.start)?.page;
      return { ...one, ...(page && { page }) };
    }),
  });
  return mentions.map((mention) => ({
    ...paged(mention),
    ...(mention.events && { events: mention.events.map(paged) }),
    ...(mention.grants && { grants: mention.grants.map(paged) }),
  }));
}

/** Where on the paper a piece of a PDF's text begins: its page, and the line it stands in. */
export function placeInPdf({ lines }: PdfText, start: number): PdfPlace | undefined {
  const line = lines.findLast(({ from }) => from <= start);
  if (!line) return undefined;
  const { page, x, y, width, height } = line;
  return { page, x, y, width, height };
}
