import { emptyKnowledge } from "@waymark/domain";
import { describe, expect, test } from "vitest";
import { readDocument } from "../index.ts";

const facts = [
  ["Lead organization", "Harbor Technical College"],
  ["Funders", "Rowan Foundation; Northern Trust for Learning"],
  ["Partners", "Pine County Workforce Board, Office of Adult Study"],
  ["States", "Ohio, Oregon"],
  ["Start date", "September 2021"],
  ["End date", "August 2027"],
  ["Status", "Active"],
] as const;

const each = (write: (label: string, value: string) => string): string =>
  facts.map(([label, value]) => write(label, value)).join("\n");

const about =
  "<h1>Tidewater Apprenticeship Compact</h1><p>The Tidewater Apprenticeship Compact trains welders in nine yards along the coast.</p>";

const read = async (main: string, beside = "") => {
  const html = `<!doctype html><html lang="en"><head><title>Tidewater Apprenticeship Compact | Harbor Directory</title></head>
<body><header><nav><a href="/">Home</a><a href="/p">Programs</a></nav></header><div><main>${main}</main>${beside}</div>
<footer><p>Funded by readers like you. &copy; 2020\u20132026 Harbor Directory</p></footer></body></html>`;
  const url = "https://www.harbordirectory.example/programs/tidewater";
  const reading = await readDocument(
    { url, bytes: Buffer.from(html), contentType: "text/html" },
    emptyKnowledge,
  );
  expect(reading.mentions.map(({ name }) => name)).toEqual(["Tidewater Apprenticeship Compact"]);
  return reading.mentions[0]!;
};

const all = {
  leadOrganization: "Harbor Technical College",
  funders: ["Rowan Foundation", "Northern Trust for Learning"],
  partners: ["Pine County Workforce Board", "Office of Adult Study"],
  states: ["OH", "OR"],
  start: "2021-09",
  end: "2027-08",
};

describe("facts are read from", () => {
  const layouts: { [layout: string]: [main: string, beside?: string] } = {
    "a list of definitions": [
      `<dl>${each((label, value) => `<dt>${label}</dt><dd>${value}</dd>`)}</dl>`,
    ],
    "a table with heads": [
      `<table>${each((label, value) => `<tr><th>${label}</th><td>${value}</td></tr>`)}</table>`,
    ],
    "a table of cells": [
      `<table>${each((label, value) => `<tr><td>${label}:</td><td>${value}</td></tr>`)}</table>`,
    ],
    "bold words": [each((label, value) => `<p><strong>${label}:</strong> ${value}</p>`)],
    "lines of one paragraph": [`<p>${each((label, value) => `<b>${label}</b>: ${value}<br>`)}</p>`],
    "pairs of boxes": [
      each((label, value) => `<div class="row"><div>${label}</div><div>${value}</div></div>`),
    ],
    headings: [each((label, value) => `<h3>${label}</h3><p>${value}</p>`)],
    "a box beside the text": [
      "",
      `<aside><h3>At a glance</h3><dl>${each((label, value) => `<dt>${label}</dt><dd>${value}</dd>`)}</dl></aside>`,
    ],
    "a sidebar of bold words": [
      "",
      `<div class="sidebar"><h3>Quick facts</h3>${each((label, value) => `<p><strong>${label}:</strong> ${value}</p>`)}</div>`,
    ],
  };
  test.each(Object.entries(layouts))("%s", async (_layout, [main, beside]) => {
    expect(await read(about + main, beside)).toMatchObject({ ...all, status: "active" });
  });
});

test("what stands beside the text and is no fact of it is left alone", async () => {
  const beside = `<aside><h3>Contact</h3><p>Partners: write to the office.</p><h3>Related</h3><p>Second Harvest of Skills</p></aside>`;
  expect((await read(about, beside)).partners).toBeUndefined();
});

describe("sentences tell", () => {
  test("of the subject before they name it", async () => {
    expect(
      await read(
        `${about}<p>Launched in September 2021 and led by Harbor Technical College, the compact works in Ohio and Oregon. It is funded by the Rowan Foundation and the Northern Trust for Learning through August 2027. Partners include the Pine County Workforce Board and the Office of Adult Study.</p>`,
      ),
    ).toMatchObject(all);
  });

  test("who does what for it", async () => {
    expect(
      await read(
        `${about}<p>Harbor Technical College leads the effort. The Rowan Foundation and the Northern Trust for Learning provide funding. Since September 2021 the Pine County Workforce Board and the Office of Adult Study have been partners. Learners from Ohio and Oregon may apply.</p>`,
      ),
    ).toMatchObject({
      leadOrganization: all.leadOrganization,
      funders: all.funders,
      partners: all.partners,
      states: all.states,
    });
  });

  test("who works along, up to the clause that goes on", async () => {
    expect(
      await read(
        `${about}<p>In partnership with the Pine County Workforce Board and the Office of Adult Study, it serves Ohio and Oregon.</p>`,
      ),
    ).toMatchObject({ partners: all.partners, states: all.states });
  });

  test("whose initiative it is", async () => {
    expect(
      await read(
        `${about}<p>An initiative of Harbor Technical College, the compact was founded in September 2021 with a grant from the Rowan Foundation.</p>`,
      ),
    ).toMatchObject({
      leadOrganization: all.leadOrganization,
      funders: ["Rowan Foundation"],
      start: all.start,
    });
  });

  test("nothing of it where they tell of something else", async () => {
    const mention = await read(
      `${about}<p>Harbor Technical College leads the Bridge Year for Builders. The Rowan Foundation funds Second Harvest of Skills. Founded in 1950, the college is older than the yards.</p>`,
    );
    expect(mention).toMatchObject({ name: "Tidewater Apprenticeship Compact" });
    expect(mention.leadOrganization).toBeUndefined();
    expect(mention.funders).toBeUndefined();
    expect(mention.start).toBeUndefined();
  });
});

describe("a page whose heading might head anything", () => {
  const nameOf = async (heading: string, main: string) => {
    const html = `<!doctype html><html><head><title>${heading} - Harbor Fund</title></head><body><main><h1>${heading}</h1>${main}</main></body></html>`;
    const url = "https://www.harborfund.example/what-we-do/one";
    const { mentions } = await readDocument({ url, bytes: Buffer.from(html) }, emptyKnowledge);
    return mentions.map(({ name, url }) => [name, url]);
  };
  const fact = (label: string, value: string) => `<li><b>${label}:</b> ${value}</li>`;
  const lead = fact("Lead organization", "Harbor Technical College");
  const funders = fact("Funders", "Rowan Foundation");
  const told = (name: string) =>
    `<p>Through ${name}, welders and the yards that need them find one another along the coast.</p>`;
  const here = "https://www.harborfund.example/what-we-do/one";
  test("is about its heading where labels and text say so", async () => {
    expect(await nameOf("Question the Tide", told("Question the Tide") + lead + funders)).toEqual([
      ["Question the Tide", here],
    ]);
    expect(
      await nameOf("Open Skills Network", told("Open Skills Network") + lead + funders),
    ).toEqual([["Open Skills Network", here]]);
  });
  test("is not where the text does not say it again, or several are led", async () => {
    expect(await nameOf("Open Skills Network", told("all of it") + lead + funders)).toEqual([]);
    const two = lead + funders + lead + funders;
    expect(await nameOf("Open Skills Network", told("Open Skills Network") + two)).toEqual([]);
  });
  test("leads to what its label calls the project's page", async () => {
    const page = '<p>Project page: <a href="https://lantern.example/">Lantern Path</a></p>';
    const main = told("Lantern Path Initiative") + lead + funders + page;
    expect(await nameOf("Lantern Path Initiative", main)).toEqual([
      ["Lantern Path Initiative", "https://lantern.example/"],
    ]);
  });
});
