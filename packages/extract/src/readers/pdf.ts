import type { Issue } from "@waymark/domain";
import { extractText, getDocumentProxy } from "unpdf";

/** The text of a PDF, pages divided by form feeds; offsets of its evidence count in it. */
export type PdfText = {
  text: string;
  title: string | undefined;
  pageCount: number;
  issues: Issue[];
};

const pagesMax = 300;

/** Reads a PDF's text page by page, at most three hundred pages. */
export async function readPdfText(bytes: Uint8Array): Promise<PdfText> {
  try {
    // The reader takes its bytes away from us and wants no Buffer, so it gets a plain copy.
    const pdf = await getDocumentProxy(new Uint8Array(bytes));
    const { text } = await extractText(pdf, { mergePages: false });
    const info = await pdf.getMetadata().catch(() => undefined);
    const title = (info?.info as { Title?: unknown } | undefined)?.Title;
    const pages = text.slice(0, pagesMax);
    const characters = pages.reduce((sum, page) => sum + page.length, 0);
    const issues: Issue[] = [];
    if (text.length > pagesMax)
      issues.push({
        code: "document-cut",
        message: `Only the first ${pagesMax} of ${text.length} pages were read.`,
      });
    if (characters < pages.length * 100)
      issues.push({
        code: "needs-ocr",
        message: `${characters} characters on ${pages.length} pages: this looks like scanned paper.`,
      });
    return {
      text: pages.join("\n\f\n"),
      title: typeof title === "string" && title.trim() !== "" ? title.trim() : undefined,
      pageCount: text.length,
      issues,
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      text: "",
      title: undefined,
      pageCount: 0,
      issues: [{ code: "unreadable-pdf", message: `The PDF could not be read: ${why}` }],
    };
  }
}
