import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { type PaperLine, paperOf } from "../../test/paper.ts";
import { quoteOf } from "../page/quote.ts";
import { readDocument } from "../read-document.ts";
import { placeInPdf, readPdfText } from "./pdf.ts";

const url = "http://a.example/report.pdf";

/** Lines of a paragraph, one below the other. */
const paragraph = (y: number, ...lines: string[]): PaperLine[] =>
  lines.map((text, index) => ({ text, x: 72, y: y - index * 14 }));

const grants: PaperLine[] = [
  { text: "Grants of the year", x: 72, y: 740, size: 18 },
  ...paragraph(
    710,
    "The Harbor Fund paid for work that helps adults learn. It supports col-",
    "leges, employers and unions that train people for better jobs together.",
  ),
  { text: "Program", x: 72, y: 640 },
  { text: "Grantee", x: 260, y: 640 },
  { text: "Amount", x: 440, y: 640 },
  { text: "Quiet River Apprenticeship Initiative", x: 72, y: 622 },
  { text: "Quiet River College", x: 260, y: 622 },
  { text: "$250,000", x: 440, y: 622 },
  { text: "Open Skills Network", x: 72, y: 604 },
  { text: "Meadow University", x: 260, y: 604 },
  { text: "$90,000", x: 440, y: 604 },
  { text: "1", x: 300, y: 40 },
];
const second: PaperLine[] = [
  { text: "Bright Lane Initiative", x: 72, y: 740, size: 18 },
  ...paragraph(
    710,
    "The Bright Lane Initiative is a program that helps nurses earn degrees at",
    "work. It was launched in 2021.",
  ),
  { text: "2", x: 300, y: 40 },
];

test("broken words are joined, columns become rows, numbers of pages are left out", async () => {
  const { text, tables, issues } = await readPdfText(paperOf(grants, second));
  expect(issues).toEqual([]);
  expect(text).toContain("It supports colleges, employers");
  expect(text).not.toMatch(/^\d$/m);
  expect(
    tables.map(({ rows }) => rows.map((row) => row.map(({ from, to }) => text.slice(from, to)))),
  ).toEqual([
    [
      ["Program", "Grantee", "Amount"],
      ["Quiet River Apprenticeship Initiative", "Quiet River College", "$250,000"],
      ["Open Skills Network", "Meadow University", "$90,000"],
    ],
  ]);
});

test("a table and a section of paper are efforts, and every quote is on its page", async () => {
  const bytes = paperOf(grants, second);
  const { mentions } = await readDocument({ url, bytes }, emptyKnowledge);
  expect(mentions.map(({ name }) => name)).toEqual([
    "Quiet River Apprenticeship Initiative",
    "Open Skills Network",
    "Bright Lane Initiative",
  ]);
  const pdf = await readPdfText(bytes);
  const pages = mentions.map(({ evidence, events = [] }) =>
    [...evidence, ...events.flatMap((event) => event.evidence)].map(
      ({ quote, start, end, page }) => {
        expect(quoteOf(pdf.text.slice(start, end))).toBe(quote);
        return page;
      },
    ),
  );
  expect(pages.map((each) => [...new Set(each)])).toEqual([[1], [1], [2]]);
  const name = mentions[1]!.evidence.find(({ field }) => field === "name")!;
  expect(placeInPdf(pdf, name.start)).toMatchObject({ page: 1, x: 72, y: 604 });
});

test("pages without letters are said to be scanned", async () => {
  const { issues } = await readPdfText(paperOf([{ text: "7", x: 72, y: 400 }], []));
  expect(issues.map(({ code }) => code)).toEqual(["needs-ocr"]);
});

test("rows whose cells break over lines are told apart by the gaps between them", async () => {
  const lines: PaperLine[] = [
    { text: "Program", x: 72, y: 700 },
    { text: "Partners", x: 300, y: 700 },
    { text: "Great Valley", x: 72, y: 670 },
    { text: "Old College and", x: 300, y: 670 },
    { text: "Initiative", x: 72, y: 656 },
    { text: "New College", x: 300, y: 656 },
    { text: "Open Skills Network", x: 72, y: 630 },
    { text: "Meadow University", x: 300, y: 630 },
  ];
  const { text, tables } = await readPdfText(paperOf(lines));
  expect(tables[0]?.rows.map((row) => row.map(({ from, to }) => text.slice(from, to)))).toEqual([
    ["Program", "Partners"],
    ["Great Valley Initiative", "Old College and New College"],
    ["Open Skills Network", "Meadow University"],
  ]);
});

test("two columns of running text are no table", async () => {
  const columns = [72, 320].flatMap((x) =>
    Array.from({ length: 8 }, (_, index) => ({
      text: `Partners of the work meet here ${index}`,
      x,
      y: 700 - index * 14,
    })),
  );
  const { tables, text } = await readPdfText(paperOf(columns));
  expect(tables).toEqual([]);
  expect(text.indexOf("here 7")).toBeLessThan(text.lastIndexOf("here 0"));
});
