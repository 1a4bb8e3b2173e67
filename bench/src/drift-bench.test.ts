import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { benchDrift } from "./drift-bench.ts";
import { chanceFrom, mutations } from "./drift-mutations.ts";

const folder = mkdtempSync(join(tmpdir(), "waymark-drift-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const places = [
  "River",
  "Hill",
  "Lake",
  "Harbor",
  "Prairie",
  "Canyon",
  "Island",
  "Forest",
  "Meadow",
  "Summit",
];
const html = `<!doctype html><html><head><title>Our programs</title></head><body><main><h1>Our programs</h1><ul class="grid">${places
  .map(
    (place) =>
      `<li class="card"><h3 class="t"><a href="/p/${place}">${place} Skills Initiative</a></h3><div class="s"><p>The ${place} Skills Initiative helps adult learners into training and better jobs.</p></div><p class="by">Lead organization: ${place} College</p></li>`,
  )
  .join("\n")}</ul></main></body></html>`;
const recipe = { item: "li.card", fields: { name: { selectors: ["h3.t"] } } };

const changed = (name: string, seed = 1): string =>
  mutations.find((one) => one.name === name)!.mutate({ html, recipe }, chanceFrom(seed))!;
const namesIn = (page: string) =>
  places.filter((place) => page.includes(`${place} Skills Initiative</a>`));

test.each(mutations)(
  "$name: keeps what it says it keeps, and is the same for the same seed",
  ({ name, keepsAll }) => {
    expect(changed(name)).not.toBe(html);
    expect(changed(name)).toBe(changed(name));
    if (keepsAll) expect(namesIn(changed(name)).toSorted()).toEqual(places.toSorted());
  },
);

test("a third of the entries is dropped, and the rest stands as it stood", () => {
  const left = namesIn(changed("30 % of entries dropped"));
  expect(left).toHaveLength(7);
  expect(places.filter((place) => left.includes(place))).toEqual(left);
});

test("reordering moves entries and nothing else", () => {
  const order = [...changed("entries reordered").matchAll(/\/p\/(\w+)/g)].map(([, place]) => place);
  expect(order).not.toEqual(places);
  expect(order.toSorted()).toEqual(places.toSorted());
});

test("every loss on a list of ten is noticed, nothing is removed, and lost selectors are found again", async () => {
  mkdirSync(join(folder, "pages"));
  writeFileSync(join(folder, "pages", "list.html"), html);
  const label = {
    file: "pages/list.html",
    url: "https://moss.example/programs",
    page_kind: "listing",
  };
  const labels = join(folder, "labels.jsonl");
  writeFileSync(labels, `${JSON.stringify({ ...label, records: [], dates: [], sure: true })}\n`);
  const { figures, details } = await benchDrift({ pages: folder, labels, worlds: [] });
  const of = (name: string) => figures.find(({ figure }) => figure === name)?.value;
  expect(of("listing pages"), details.join("\n")).toBe(1);
  for (const way of ["general readers", "recipe"]) {
    expect(of(`${way}: losses noticed`), details.join("\n")).toBe(1);
    expect(of(`${way}: false removals`)).toBe(0);
    expect(of(`${way}: held back with nothing lost`), details.join("\n")).toBe(0);
  }
  expect(of("selectors found again"), details.join("\n")).toBe(1);
});
