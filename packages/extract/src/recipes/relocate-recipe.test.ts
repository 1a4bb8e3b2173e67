import { type Document, emptyKnowledge, type Recipe } from "@waymark/domain";
import { expect, test } from "vitest";
import { readDocument } from "../read-document.ts";
import { checkRecipe } from "./recipe.ts";
import { fingerprintRecipe, relocateRecipe } from "./relocate-recipe.ts";

const document = (body: string): Document => ({
  url: "https://moss.example/programs",
  bytes: Buffer.from(
    `<!doctype html><title>Programs</title><body><nav class="menu"><a href="/">Home</a></nav><main><h1>Programs</h1>${body}</main>`,
  ),
  contentType: "text/html",
});

const names = ["River", "Hill", "Lake", "Harbor"].map((place) => `${place} Skills Initiative`);
const lead = (name: string) => `${name.split(" ")[0]} College`;
const told = (name: string) =>
  `Helps adult learners of ${name.split(" ")[0]} County into training and jobs.`;

const before = document(
  `<ul class="grid">${names.map((name) => `<li class="card"><h3 class="t">${name}</h3><p class="s">${told(name)}</p><p class="by">${lead(name)}</p></li>`).join("")}</ul>`,
);
const recipe: Recipe = {
  item: "li.card",
  fields: {
    name: { selectors: [".t"], required: true },
    description: { selectors: [".s"] },
    leadOrganization: { selectors: [".by"] },
  },
};
const prints = fingerprintRecipe(before, recipe)!;

const read = async (page: Document, way: Recipe) =>
  (await readDocument(page, emptyKnowledge, { version: 2, recipe: way })).mentions.map(
    (mention) => [mention.name, mention.description, mention.leadOrganization],
  );

test.each([
  [
    "classes that were renamed",
    `<ul class="g1">${names.map((name) => `<li class="k7"><h3 class="x1">${name}</h3><p class="x2">${told(name)}</p><p class="x3">${lead(name)}</p></li>`).join("")}</ul>`,
  ],
  [
    "another template, with labels where there were none",
    names
      .map(
        (name) =>
          `<section><h2>${name}</h2><div>${told(name)}</div><div>Lead organization: ${lead(name)}</div></section>`,
      )
      .join(""),
  ],
  [
    "entries in another order, one of them new",
    `<div>${[...names.toReversed(), "Canyon Skills Initiative"].map((name) => `<div class="row"><h3>${name}</h3><p>${told(name)}</p><p>${lead(name)}</p></div>`).join("")}</div>`,
  ],
])("finds what stood under lost selectors again: %s", async (_title, body) => {
  const after = document(body);
  const { recipe: moved, relocations } = relocateRecipe(after, recipe, prints);
  expect(relocations.map(({ place }) => place)).toEqual([
    "item",
    "name",
    "description",
    "leadOrganization",
  ]);
  for (const { likeness } of relocations) expect(likeness).toBeGreaterThanOrEqual(0.6);
  const found = await read(after, moved);
  for (const name of names) expect(found).toContainEqual([name, told(name), lead(name)]);
});

test("a single field that was lost is found without touching the others", async () => {
  const after = document(
    Buffer.from(before.bytes)
      .toString()
      .replaceAll('class="by"', 'class="org"')
      .split("<h1>Programs</h1>")[1]!,
  );
  const { recipe: moved, relocations } = relocateRecipe(after, recipe, prints);
  expect(relocations).toHaveLength(1);
  expect(relocations[0]).toMatchObject({ place: "leadOrganization", from: ".by" });
  expect(moved.item).toBe(recipe.item);
  expect((await read(after, moved))[0]).toEqual([names[0], told(names[0]!), lead(names[0]!)]);
});

test("a recipe of a whole page gets only selectors that may stand in one", () => {
  const facts = (name: string) =>
    document(`<dl class="${name}"><dd>2021</dd><dd class="${name}-by">Fern Foundation</dd></dl>`);
  const whole: Recipe = { fields: { funders: { selectors: [".facts-by"] } } };
  const seen = fingerprintRecipe(facts("facts"), whole)!;
  const { recipe: moved, relocations } = relocateRecipe(facts("x1"), whole, seen);
  expect(relocations).toHaveLength(1);
  expect(checkRecipe(moved, "moved")).toEqual(moved);
});

test.each([
  ["nothing is lost", before],
  [
    "a wall stands there",
    document("<h2>Before you go on</h2><p>We keep cookies.</p><ul><li>Yes</li><li>No</li></ul>"),
  ],
])("proposes nothing where %s", (_title, after) => {
  expect(relocateRecipe(after, recipe, prints)).toEqual({ recipe, relocations: [] });
});

test("a page that the recipe is not for leaves no fingerprints", () => {
  expect(fingerprintRecipe(before, { ...recipe, match: ["/other"] })).toBeUndefined();
  expect(fingerprintRecipe(document("<p>Nothing.</p>"), recipe)).toBeUndefined();
});
