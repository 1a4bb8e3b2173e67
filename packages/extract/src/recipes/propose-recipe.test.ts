import { type Document, emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { readDocument } from "../read-document.ts";
import { proposeRecipe } from "./propose-recipe.ts";
import { checkRecipe } from "./recipe.ts";

const document = (body: string): Document => ({
  url: "https://moss.example/what-we-fund",
  bytes: Buffer.from(
    `<!doctype html><html><head><title>Programs | Moss Trust</title></head><body><header><a href="/">Moss Trust</a></header><main><h1>Programs</h1>${body}</main></body></html>`,
  ),
  contentType: "text/html",
});

const names = ["River", "Hill", "Lake", "Harbor", "Prairie"].map(
  (place) => `${place} Skills Initiative`,
);
const told = (name: string) =>
  `The ${name} helps adult learners in its county find training and better jobs.`;
const slug = (name: string) => name.split(" ")[0]!.toLowerCase();

const cards = names
  .map(
    (name, index) =>
      `<article class="card card-${index} css-1x8f2"><h3 class="card-title"><a href="/p/${slug(name)}">${name}</a></h3><div class="card-body"><p>${told(name)}</p><p>Lead organization: ${name.split(" ")[0]} College</p></div></article>`,
  )
  .join("\n");

const flat = names.map((name) => `<h2>${name}</h2><p>${told(name)}</p>`).join("\n");

const rows = `<table><tr><th>Initiative</th><th>Description</th></tr>${names
  .map((name) => `<tr><td><a href="/p/${slug(name)}">${name}</a></td><td>${told(name)}</td></tr>`)
  .join("\n")}</table>`;

test("cards: the entry, its name, address and text by classes that will last, the label cut off", () => {
  const recipe = proposeRecipe(document(`<div class="grid">${cards}</div>`), emptyKnowledge)!;
  expect(recipe).toMatchObject({
    match: ["/what-we-fund", "/what-we-fund?*"],
    item: "article.card",
    fields: {
      name: { selectors: expect.arrayContaining(["h3.card-title > a"]), required: true },
      url: { selectors: expect.arrayContaining(["h3.card-title > a"]) },
      description: { required: true },
      leadOrganization: { transforms: [{ after: "Lead organization" }] },
    },
  });
  expect(checkRecipe(recipe, "proposal")).toEqual(recipe);
});

test.each([
  ["cards", `<div class="grid">${cards}</div>`],
  ["headings that stand flat among their texts", flat],
  ["rows of a table, its head left out", rows],
])("%s are read by the proposal as the general readers read them", async (_title, body) => {
  const page = document(body);
  const recipe = proposeRecipe(page, emptyKnowledge)!;
  const general = await readDocument(page, emptyKnowledge);
  const own = await readDocument(page, emptyKnowledge, { version: 1, recipe });
  expect(own.issues).toEqual([]);
  expect(own.mentions.map(({ name }) => name)).toEqual(names);
  for (const [index, mention] of own.mentions.entries()) {
    const { name, url, description, leadOrganization } = general.mentions[index]!;
    expect(mention).toMatchObject({ name, ...(url && { url }), description });
    expect(mention.leadOrganization).toBe(leadOrganization);
  }
});

test("paragraphs that open with a bold name are entries, and those without one are none", async () => {
  const prose = "<p>What we fund is chosen once a year by our trustees.</p>".repeat(12);
  const page = document(
    `<div>${prose}${names.map((name) => `<p><strong>${name}</strong>: helps adult learners in its county find training and better jobs.</p>`).join("")}</div>`,
  );
  const recipe = proposeRecipe(page, emptyKnowledge)!;
  const { mentions } = await readDocument(page, emptyKnowledge, { version: 1, recipe });
  expect(mentions.map(({ name }) => name)).toEqual(names);
});

test("a page without a list gets none", () => {
  expect(
    proposeRecipe(document("<p>We are a foundation in the woods.</p>"), emptyKnowledge),
  ).toBeUndefined();
});
