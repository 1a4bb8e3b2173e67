import { type Document, emptyKnowledge, type Recipe } from "@waymark/domain";
import { expect, test } from "vitest";
import { quoteOf } from "../page/quote.ts";
import { decodeSource } from "../page/source.ts";
import { readDocument } from "../read-document.ts";

const document = (html: string, url = "https://funder.example/programs"): Document => ({
  url,
  bytes: Buffer.from(html),
  contentType: "text/html",
});

const cards = `<!doctype html><html><head><title>Our programs</title></head><body><main><h1>Our programs</h1>
<div class="grid">
<div class="tile"><a class="go" href="/p/river?a=1&amp;b=2"><span class="t">River Valley Skills &amp; Jobs Initiative</span></a>
<p class="s">Connects adult learners with paid training in four counties.</p><p class="by">Run by: River Workforce Board</p>
<ul><li>Fern Foundation; Moss Trust</li></ul><em>Ohio, Kentucky</em><i>May 2019 to June 2026</i></div>
<div class="tile"><a class="go" href="/p/hill"><span class="t">Hill Country Credential Network</span></a>
<p class="s">Helps colleges recognise what people learnt at work.</p><p class="by">Run by: Hill College</p><em>Texas</em></div>
</div></main></body></html>`;

const recipe: Recipe = {
  match: ["/programs*"],
  item: ".tile",
  fields: {
    name: { selectors: ["h3", ".t"], required: true },
    url: { selectors: ["a.go"] },
    description: { selectors: [".s"], required: true },
    leadOrganization: { selectors: [".by"], transforms: [{ after: "Run by" }] },
    funders: { selectors: ["li"], transforms: [{ split: ";" }] },
    states: { selectors: ["em"] },
    start: { selectors: ["i"] },
    end: { selectors: ["i"] },
  },
};
const versioned = (changed: Partial<Recipe> = {}) => ({
  version: 3,
  recipe: { ...recipe, ...changed },
});

test("each entry that the recipe selects is a mention, with proof that stands where it says", async () => {
  const page = document(cards);
  const { mentions, issues } = await readDocument(page, emptyKnowledge, versioned());
  expect(issues).toEqual([]);
  expect(mentions).toHaveLength(2);
  expect(mentions[0]).toMatchObject({
    name: "River Valley Skills & Jobs Initiative",
    url: "https://funder.example/p/river?a=1&b=2",
    description: "Connects adult learners with paid training in four counties.",
    leadOrganization: "River Workforce Board",
    funders: ["Fern Foundation", "Moss Trust"],
    states: ["KY", "OH"],
    start: "2019-05",
    end: "2026-06",
  });
  const source = decodeSource(page);
  for (const { evidence } of mentions) {
    const byRecipe = evidence.filter(({ method }) => method === "recipe");
    expect(byRecipe.map(({ field }) => field)).toEqual(
      expect.arrayContaining(["name", "url", "description", "leadOrganization", "states"]),
    );
    for (const { start, end, quote } of evidence)
      expect(quoteOf(source.slice(start, end))).toBe(quote);
  }
});

test("general readers fill in the fields that the recipe does not name", async () => {
  const { name, description } = recipe.fields;
  const { mentions } = await readDocument(
    document(cards.replaceAll("Run by", "Lead organization")),
    emptyKnowledge,
    versioned({ fields: { name: name!, description: description! } }),
  );
  expect(mentions[1]).toMatchObject({
    name: "Hill Country Credential Network",
    leadOrganization: "Hill College",
  });
  const lead = mentions[1]!.evidence.find(({ field }) => field === "leadOrganization");
  expect(lead!.method).toBe("label");
});

test("a page that the recipe is not meant for is read as without one", async () => {
  const elsewhere = document(cards, "https://funder.example/news/1");
  expect(await readDocument(elsewhere, emptyKnowledge, versioned())).toEqual(
    await readDocument(elsewhere, emptyKnowledge),
  );
});

test("where it finds no entry the general readers read the page, and an issue says so", async () => {
  const page = document(cards);
  const { mentions, issues } = await readDocument(
    page,
    emptyKnowledge,
    versioned({ item: ".gone" }),
  );
  expect(mentions).toEqual((await readDocument(page, emptyKnowledge)).mentions);
  expect(issues[0]).toMatchObject({
    code: "recipe-finds-nothing",
    message: 'Recipe 3 finds no entry ".gone" on this page, so the general readers read it.',
  });
});

test("a required field that is not there is told", async () => {
  const { issues } = await readDocument(
    document(cards.replace('<p class="s">Helps', '<p class="x">Helps')),
    emptyKnowledge,
    versioned(),
  );
  expect(issues).toContainEqual(
    expect.objectContaining({
      code: "recipe-misses",
      message: "Recipe 3 requires description and does not find it in 1 of 2 entries.",
    }),
  );
});

test("without entries to select, the page itself is the record", async () => {
  const page = document(
    `<!doctype html><title>Lantern Pathways | Fern</title><main><h1>Lantern Pathways Program</h1>
     <p>Lantern Pathways is a program that helps working adults finish degrees they began.</p>
     <div class="facts"><b>Money</b> <span>Fern Foundation</span></div></main>`,
    "https://fern.example/lantern",
  );
  const { mentions } = await readDocument(page, emptyKnowledge, {
    version: 1,
    recipe: { fields: { funders: { selectors: [".facts span"] } } },
  });
  expect(mentions).toHaveLength(1);
  expect(mentions[0]).toMatchObject({
    name: "Lantern Pathways Program",
    funders: ["Fern Foundation"],
  });
});

test("an entry may go on up to the next heading", async () => {
  const flat = `<!doctype html><title>Programs</title><main><h1>Programs</h1>
<h2>Elm Reach Initiative</h2><p>First.</p><p class="d">Trains people for work in hospitals.</p>
<h2>Ash Bridge Initiative</h2><p class="d">Brings colleges and employers to one table.</p></main>`;
  const { mentions } = await readDocument(document(flat), emptyKnowledge, {
    version: 1,
    recipe: {
      item: "h2",
      itemExtent: "until-next",
      fields: { name: { selectors: ["h2"] }, description: { selectors: [".d"] } },
    },
  });
  expect(mentions.map(({ name, description }) => [name, description])).toEqual([
    ["Elm Reach Initiative", "Trains people for work in hospitals."],
    ["Ash Bridge Initiative", "Brings colleges and employers to one table."],
  ]);
});
