import { emptyKnowledge, type Knowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { readDocument } from "../index.ts";

const read = async (headline: string, main: string, knowledge: Knowledge = emptyKnowledge) => {
  const html = `<!doctype html><html lang="en"><head><title>${headline}</title></head><body><main><article><h1>${headline}</h1><p>March 3, 2026</p>${main}</article></main></body></html>`;
  const url = "https://www.rowan.example/news/what-we-write-of";
  const document = { url, bytes: Buffer.from(html), contentType: "text/html" };
  const { page, mentions } = await readDocument(document, knowledge);
  expect(page.kind).toBe("article");
  return mentions.map(({ name }) => name);
};

const round = "Rowan Foundation awards 3 grants for learning and work";

test("a round's grants are efforts, whatever they are called", async () => {
  const grants = `<p><strong>Second Harvest</strong> – $2.1 million over 12 months to Pine College. To train farm workers on machines over two winters.</p>
<p><strong>BRIDGES Inland</strong> – $900,000 over 18 months to Meadow University. To open classes in towns that have none.</p>
<p><strong>Tidewater Apprenticeship Compact</strong> – $1 million over two years to Tidewater College. To pay welders from the first day.</p>`;
  expect(await read(round, grants)).toEqual([
    "Second Harvest",
    "BRIDGES Inland",
    "Tidewater Apprenticeship Compact",
  ]);
});

/** Sections of an article on something else, each with a sum of money in it. */
const sections = (...named: [heading: string, text: string][]): string =>
  named.map(([heading, text]) => `<h2>${heading}</h2><p>${text}</p>`).join("");
const costs: [string, string][] = [
  ["Financial Security", "A breach costs a small firm $120,000 on average, and more each year."],
  ["Premium Plans", "Most firms pay $12,000 a year, and some pay twice as much for less."],
  ["Cloud Costs", "Storage comes to $4,000 a month, which few had thought of before."],
];

test("sections of an article are no efforts for the sums that they name", async () => {
  expect(await read("What Firms Pay for Safety Today", sections(...costs))).toEqual([]);
});

test("nor are they below an announcement of money, unless they tell what it is given for", async () => {
  expect(await read(round, sections(...costs))).toEqual([]);
});

test("a section is one where it says so itself", async () => {
  const more: [string, string][] = [
    ["Harbor Skills Fund", "It has spent $40,000 on tools for those who learn at night."],
    ["Lantern", "Lantern is a network of colleges that spent $250,000 on classes at night."],
    ["Bright Lane", "Lead: Pine College. It came to $80,000 in its first year of work."],
  ];
  const names = await read("What Firms Pay for Safety Today", sections(...costs, ...more));
  expect(names).toEqual(["Harbor Skills Fund", "Lantern", "Bright Lane"]);
});

test("what a page compares is none, but for what the catalog knows", async () => {
  const offers: [string, string][] = [
    ["Quayside Academy Program", "The course costs $4,200 and takes nine weeks in the evening."],
    ["Harbor Bootcamp Academy", "The course costs $9,900 and takes twelve weeks of whole days."],
  ];
  const headline = "The 10 Best Bootcamps, Compared";
  expect(await read(headline, sections(...offers))).toEqual([]);
  const knowledge: Knowledge = {
    ...emptyKnowledge,
    names: [{ id: "quay", names: ["Quayside Academy Program"] }],
  };
  expect(await read(headline, sections(...offers), knowledge)).toEqual([
    "Quayside Academy Program",
  ]);
});
