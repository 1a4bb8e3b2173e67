import { emptyKnowledge } from "@waymark/domain";
import { describe, expect, test } from "vitest";
import { readDocument } from "../index.ts";

const efforts = [
  {
    name: "Tidewater Apprenticeship Compact",
    says: "A compact of nine yards that train welders with pay from the first day.",
    url: "https://tidewater.example/",
  },
  {
    name: "Second Harvest of Skills",
    says: "Farm workers learn to run and repair machines over two winters.",
    url: "https://harvest.example/skills",
  },
  {
    name: "Lantern Credential Registry",
    says: "An open registry in which colleges publish what their certificates stand for.",
    url: "https://lantern.example/",
  },
  {
    name: "Bridge Year for Builders",
    says: "Young adults build houses while they finish school.",
    url: "https://bridgeyear.example/",
  },
];

type Effort = (typeof efforts)[number];

const each = (write: (effort: Effort, index: number) => string, among = efforts): string =>
  among.map(write).join("\n");

const read = async (path: string, main: string) => {
  const html = `<!doctype html><html lang="en"><head><title>Rowan Foundation</title></head><body>
<header><nav><a href="/">Home</a> <a href="/about">About</a> <a href="/news">News</a></nav></header>
<main>${main}</main><footer><p>&copy; 2026 Rowan Foundation</p></footer></body></html>`;
  const url = `https://www.rowanfoundation.example/${path}`;
  return readDocument({ url, bytes: Buffer.from(html), contentType: "text/html" }, emptyKnowledge);
};

const [coast, inland] = [efforts.slice(0, 2), efforts.slice(2)];
const head = "<h1>Our initiatives</h1><p>What we support at the moment, in alphabetical order.</p>";

describe("a list of efforts is read, whatever it is built of:", () => {
  const structures: { [structure: string]: string } = {
    "cards under headings": `<div>${each(
      ({ name, says, url }) =>
        `<div class="card"><span class="tag">Skills</span><a href="${url}"><h3>${name}</h3></a><p>${says}</p><a href="${url}">Learn more</a></div>`,
    )}</div>`,
    "cards of nothing but boxes": `<div>${each(
      ({ name, says, url }) =>
        `<div class="c1"><div class="c2">${name}</div><div class="c3">${says}</div><a href="${url}">Visit site</a></div>`,
    )}</div>`,
    "entries that are one link": `<ul>${each(
      ({ name, says, url }) =>
        `<li><a href="${url}"><span>${name}</span><br><span>${says}</span></a></li>`,
    )}</ul>`,
    "a table with a header row": `<table><tr><th>Initiative</th><th>What it does</th><th>Since</th></tr>${each(
      ({ name, says, url }) =>
        `<tr><td><a href="${url}">${name}</a></td><td>${says}</td><td>2021</td></tr>`,
    )}</table>`,
    "a table whose header is bold": `<table><tr><td><b>Name</b></td><td><b>Description</b></td></tr>${each(
      ({ name, says }) => `<tr><td>${name}</td><td>${says}</td></tr>`,
    )}</table>`,
    "a table without a header": `<table>${each(
      ({ name, says, url }) => `<tr><td><a href="${url}">${name}</a></td><td>${says}</td></tr>`,
    )}</table>`,
    "a list of definitions": `<dl>${each(({ name, says }) => `<dt>${name}</dt><dd>${says}</dd>`)}</dl>`,
    details: each(
      ({ name, says }) => `<details><summary>${name}</summary><p>${says}</p></details>`,
    ),
    "an accordion of boxes": each(
      ({ name, says }) =>
        `<div><div role="button" aria-expanded="false">${name}</div><div class="panel" aria-hidden="true"><p>${says}</p></div></div>`,
    ),
    "an accordion that buttons open": each(
      ({ name, says }, index) =>
        `<h3><button aria-expanded="false" aria-controls="p${index}">${name}</button></h3><div id="p${index}" style="display:none"><p>${says}</p></div>`,
    ),
    "an accordion whose buttons name what they open": each(
      ({ name, says }, index) =>
        `<div><button data-bs-toggle="collapse" data-bs-target="#p${index}">${name}</button><div id="p${index}" hidden><p>${says}</p></div></div>`,
    ),
    "cards in tabs": `<ul class="nav nav-tabs"><li><a href="#t0" data-toggle="tab">Coast</a></li><li><a href="#t1" data-toggle="tab">Inland</a></li></ul>${[
      coast,
      inland,
    ]
      .map(
        (some, index) =>
          `<div id="t${index}" ${index > 0 ? "hidden" : ""}>${each(({ name, says }) => `<div><h3>${name}</h3><p>${says}</p></div>`, some)}</div>`,
      )
      .join("")}`,
    "letters from A to Z": each(
      ({ name, says, url }) =>
        `<h2>${name[0]}</h2><ul><li><a href="${url}">${name}</a> \u2013 ${says}</li></ul>`,
    ),
    "lists in a list": `<ul>${[coast, inland]
      .map(
        (some) =>
          `<li>Region<ul>${each(({ name, says, url }) => `<li><a href="${url}">${name}</a>: ${says}</li>`, some)}</ul></li>`,
      )
      .join("")}</ul>`,
    "links with a line of text": `<ul>${each(
      ({ name, says, url }) => `<li><a href="${url}">${name}</a><p>${says}</p></li>`,
    )}</ul>`,
    "bold lines": each(({ name, says }) => `<p><strong>${name}</strong></p><p>${says}</p>`),
    "bold names between line breaks": `<p>${each(({ name, says }) => `<b>${name}</b><br>${says}<br><br>`)}</p>`,
    "headings under headings that divide": [
      ["On the coast", coast],
      ["Inland", inland],
    ]
      .map(
        ([division, some]) =>
          `<h3>${division}</h3>${each(({ name, says }) => `<h4>${name}</h4><p>${says}</p>`, some as Effort[])}`,
      )
      .join(""),
  };
  test.each(Object.entries(structures))("%s", async (_structure, main) => {
    const { page, mentions } = await read("initiatives", head + main);
    expect(page.kind).toBe("listing");
    expect(mentions.map(({ name }) => name).toSorted()).toEqual(
      efforts.map(({ name }) => name).toSorted(),
    );
    for (const { name, says } of efforts) {
      const description = mentions.find((one) => one.name === name)?.description;
      expect(description).toContain(says);
    }
  });
});

describe("a list of something else holds no effort:", () => {
  const card = (name: string, says: string) => `<div><h3>${name}</h3><p>${says}</p></div>`;
  const pages: { [what: string]: [path: string, main: string] } = {
    news: [
      "news",
      `<h1>News</h1>${["Tidewater Compact welcomes two yards", "Registry passes one thousand entries"].map((title) => `<article><h3><a href="/news/1">${title}</a></h3><time>March 1, 2026</time><p>Read what happened this month.</p></article>`).join("")}`,
    ],
    staff: [
      "people",
      `<h1>Our team</h1>${card("Maria Delgado", "Program Director. Leads the Tidewater Apprenticeship Compact.")}${card("Tom Reyes", "Grants Manager. Came from a college.")}${card("Ann Wu", "Network Coordinator. Looks after partners.")}`,
    ],
    events: [
      "events",
      `<h1>Upcoming events</h1>${card("Skills Summit 2026", "May 4, 2026, Columbus. Two days with employers.")}${card("Apprenticeship Network Webinar", "June 1, 2026, online.")}${card("Credential Workshop", "June 9, 2026.")}`,
    ],
    jobs: [
      "careers",
      `<h1>Open positions</h1>${card("Program Officer, Apprenticeship Fund", "Full time, Columbus. You will manage grants.")}${card("Network Manager", "Part time. You will run the network.")}${card("Fellowship Coordinator", "Full time, with some travel.")}`,
    ],
    documents: [
      "publications",
      `<h1>Reports and publications</h1><ul><li><a href="/a.pdf">Apprenticeship Program Handbook</a><p>How to run one, step by step.</p></li><li><a href="/b.pdf">State of the Registry 2025</a><p>Figures and charts on the network.</p></li><li><a href="/c.pdf">Credential Framework Guide</a><p>For registrars and their staff.</p></li></ul>`,
    ],
    sponsors: [
      "sponsors",
      `<h1>Our sponsors</h1><ul>${["Harbor Bank", "Northern Fund", "Pine Energy"].map((name) => `<li><a href="https://sponsor.example/"><img alt="${name} logo"></a><p>${name} has supported us since 2019 with gifts and time.</p></li>`).join("")}</ul>`,
    ],
    courses: [
      "catalog",
      `<h1>Courses this term</h1>${card("Welding Fundamentals", "Three credits, in the evening.")}${card("Introduction to Network Design", "Four credits, online.")}${card("Project Accounting", "Three credits, at the weekend.")}`,
    ],
    products: [
      "shop",
      `<h1>Shop</h1>${card("Skills Compass Workbook", "$19.99. A workbook for teachers.")}${card("Career Pathways Poster", "$9.00. For classrooms.")}${card("Badge Starter Kit", "$30. Twenty badges.")}`,
    ],
    links: [
      "contact",
      `<h1>Contact</h1><p>Call or write on weekdays.</p><ul>${each(({ name, url }) => `<li><a href="${url}">${name}</a></li>`)}</ul>`,
    ],
    benefits: [
      "why",
      `<h1>Why employers join</h1>${card("Lower Costs", "You pay less for each hire than with an agency.")}${card("Skilled Workers", "People who know your machines.")}${card("Shared Training Network", "Nine yards share one school.")}`,
    ],
    questions: [
      "faq",
      `<h1>Frequently asked questions</h1><details><summary>Who may apply to the Apprenticeship Fund?</summary><p>Anyone over eighteen.</p></details><details><summary>Grant Reporting Program</summary><p>You report twice, in spring and in autumn.</p></details>`,
    ],
    comparisons: [
      "resources/best",
      `<h1>The 10 Best Platforms for Tutors, Compared</h1>${["Quayside", "Tutorly Network", "Lessonbase"].map((name) => `<h2><a href="https://shop.example/">${name}</a></h2><p>${name} is a learning platform that matches tutors with learners for a fee.</p>`).join("")}`,
    ],
    "court cases": [
      "opinions",
      `<h1>Opinions</h1><ul>${["Reyes v. Harbor County Workforce Program - 05/03/2024", "Wu v. Wu - 05/03/2024", "Delgado v. Pine Energy - 05/10/2024"].map((name) => `<li><a href="https://court.example/x.htm">${name}</a><p>${name}: affirmed.</p></li>`).join("")}</ul>`,
    ],
  };
  test.each(Object.entries(pages))("%s", async (_what, [path, main]) => {
    const { mentions } = await read(path, main);
    expect(mentions.map(({ name }) => name)).toEqual([]);
  });
});

describe("services are", () => {
  const services = (url: string) =>
    `<h1>Health services</h1><h2>Services for adults</h2><ul>${[
      ["Adult Sleep Services", "The night unit serves adults who cannot sleep."],
      ["Harbor Walking Support", "Nurses help patients to walk again after a fall."],
    ]
      .map(([name, says]) => `<li><a href="${url}">${name}</a><ul><li>${says}</li></ul></li>`)
      .join("")}</ul>`;
  const readAt = async (host: string, main: string) => {
    const html = `<!doctype html><html><head><title>Health</title></head><body><main>${main}</main></body></html>`;
    const document = { url: `https://${host}/services/health`, bytes: Buffer.from(html) };
    const { mentions } = await readDocument(document, emptyKnowledge);
    return mentions.map(({ name }) => name);
  };
  test("programs of a public body, each with its page and the people it is for", async () => {
    expect(await readAt("www.harborhealth.org", services("/sleep"))).toEqual([
      "Adult Sleep Services",
      "Harbor Walking Support",
    ]);
  });
  test("what a company sells", async () => {
    expect(await readAt("www.harborhealth.com", services("/sleep"))).toEqual([]);
  });
});

test("a name on a line of its own is no description of itself", async () => {
  const { mentions } = await read(
    "initiatives",
    "<h1>Our initiatives</h1><ul><li><a href='/t'>Tidewater Apprenticeship Compact of the Nine Harbor Yards</a></li><li><a href='/l'>Lantern Credential Registry of the Colleges by the Sea</a></li></ul>",
  );
  expect(mentions.map(({ description }) => description)).toEqual([undefined, undefined]);
});

test("an entry that calls what it is headed with a project is one", async () => {
  const about = (says: string) =>
    read(
      "work",
      `<h1>Work of the year</h1><div><h3>Paper and the Coast</h3><p>${says}</p></div><div><h3>Weather and Tides</h3><p>It rained for most of the spring, and the harbor was closed twice.</p></div>`,
    );
  expect(
    (
      await about("This project is paid for by two funds, and asks who may copy what.")
    ).mentions.map(({ name }) => name),
  ).toEqual(["Paper and the Coast"]);
  expect(
    (await about("This law is paid for by two funds, and asks who may copy what.")).mentions,
  ).toEqual([]);
});

test("a name with its domain is told of without it", async () => {
  const { mentions } = await read(
    "help",
    '<h1>Get help</h1><h5><a href="https://harborfile.example/">HarborFile.com</a></h5><p>HarborFile is a service that prepares tax returns for people at no cost.</p>',
  );
  expect(mentions.map(({ name }) => name)).toEqual(["HarborFile.com"]);
});
