import { deflateSync } from "node:zlib";

/** Objects of a PDF, numbered from one, with a table of where each begins. */
function pdfOf(objects: readonly (string | Buffer)[], trailer = ""): Buffer {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n")];
  const offsets: number[] = [];
  let at = parts[0]!.length;
  const put = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const [index, object] of objects.entries()) {
    offsets.push(at);
    put(
      Buffer.concat([
        Buffer.from(`${index + 1} 0 obj\n`),
        Buffer.from(object),
        Buffer.from("\nendobj\n"),
      ]),
    );
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  const start = at;
  put(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF`,
    ),
  );
  return Buffer.concat(parts);
}

const streamOf = (data: Buffer, keys = ""): Buffer =>
  Buffer.concat([
    Buffer.from(`<< /Length ${data.length} ${keys}>>\nstream\n`),
    data,
    Buffer.from("\nendstream"),
  ]);

const catalog = "<< /Type /Catalog /Pages 2 0 R >>";
const font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
const page = (content: number, more = "") =>
  `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> ${more}>> /Contents ${content} 0 R >>`;

/** A PDF of one page with the given content stream; further objects begin at number six. */
const onePage = (content: Buffer, further: readonly (string | Buffer)[] = [], more = ""): Buffer =>
  pdfOf([
    catalog,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    page(4, more),
    content,
    font,
    ...further,
  ]);

const textStream = (text: string) => streamOf(Buffer.from(`BT /F1 12 Tf 72 720 Td ${text} ET`));

/** A plain PDF that says one line. */
export const plainPdf = (line = "A plain page of a plain document."): Buffer =>
  onePage(textStream(`(${line}) Tj`));

const deflatedZeros = (bytes: number): Buffer =>
  deflateSync(Buffer.alloc(bytes, " "), { level: 9 });
const formOf = (content: string, names: string): Buffer =>
  streamOf(
    Buffer.from(content),
    `/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << ${names} >> >> `,
  );

/** PDFs made to break their reader. */
export const hostilePdfs: Record<string, () => Buffer> = {
  truncated: () => plainPdf().subarray(0, 300),
  garbage: () => Buffer.concat([Buffer.from("%PDF-1.7\n"), Buffer.alloc(1e6, 0xa7)]),
  "no table of objects": () =>
    Buffer.from(
      plainPdf()
        .toString("latin1")
        .replace(/xref[\s\S]*/, ""),
      "latin1",
    ),
  "pages in a circle": () =>
    pdfOf([
      catalog,
      "<< /Type /Pages /Kids [3 0 R] /Count 9 >>",
      "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 9 >>",
    ]),
  "a thousand million pages": () =>
    pdfOf([
      catalog,
      "<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>",
      page(4),
      textStream("(x) Tj"),
      font,
    ]),
  "a form that holds itself": () =>
    onePage(
      streamOf(Buffer.from("/X Do")),
      [formOf("/X Do", "/X 6 0 R")],
      "/XObject << /X 6 0 R >> ",
    ),
  "forms that fan out": () =>
    onePage(
      streamOf(Buffer.from("/X Do")),
      Array.from({ length: 20 }, (_, index) =>
        formOf("/X Do /X Do", `/X ${Math.min(index + 7, 25)} 0 R`),
      ),
      "/XObject << /X 6 0 R >> ",
    ),
  "arrays in arrays": () => onePage(textStream(`${"[".repeat(2e5)} TJ`)),
  "dictionaries in dictionaries": () =>
    onePage(textStream("(x) Tj"), [`${"<</A ".repeat(1e5)}1${">>".repeat(1e5)}`]),
  encrypted: () =>
    pdfOf(
      [
        catalog,
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page(4),
        textStream("(x) Tj"),
        font,
        `<< /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >>`,
      ],
      "/Encrypt 6 0 R /ID [<01> <02>] ",
    ),
  "512 MB in half a megabyte": () =>
    onePage(streamOf(deflatedZeros(2 ** 29), "/Filter /FlateDecode ")),
  "512 MB packed twice": () =>
    onePage(
      streamOf(
        deflateSync(deflatedZeros(2 ** 29), { level: 9 }),
        "/Filter [/FlateDecode /FlateDecode] ",
      ),
    ),
  "600,000 pieces of text": () => onePage(textStream("(word) Tj 1 0 Td ".repeat(6e5))),
  "20,000 pages": () => {
    const kids = Array.from({ length: 20_000 }, (_, index) => `${index + 6} 0 R`).join(" ");
    const pages = Array.from({ length: 20_000 }, () => page(4));
    return pdfOf([
      catalog,
      `<< /Type /Pages /Kids [${kids}] /Count 20000 >>`,
      "<< >>",
      textStream("(A line of text) Tj"),
      font,
      ...pages,
    ]);
  },
  "numbers without end": () => onePage(textStream(`${"9".repeat(1e6)} 0 Td (x) Tj`)),
  "a name of a megabyte": () => onePage(textStream(`/${"A".repeat(1e6)} 12 Tf (x) Tj`)),
};
