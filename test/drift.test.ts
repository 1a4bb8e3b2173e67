import { acceptDrift, importCatalog } from "@waymark/pipeline";
import {
  activateVersion,
  listStoredDocuments,
  ReaderPool,
  relocateSource,
  setRecipe,
} from "@waymark/pipeline/worker";
import { listChanges, listReadingStats } from "@waymark/store";
import { afterEach, expect, test } from "vitest";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";
import { page } from "./setup/loopback-web.ts";

/*
 * A bad night of a source: what stands on its pages in place of what stood there must not reach a curator, and
 * what they used to say must not be lost.
 */

const fern = "fern" as never;
const host = "fern.example.org";
const listUrl = `http://${host}/programs`;
const names = ["River", "Hill", "Lake", "Harbor", "Prairie", "Canyon", "Island", "Forest"].map(
  (place) => `${place} Skills Initiative`,
);

const card = (name: string, { template = "card", lead = "Fern Foundation" } = {}) =>
  `<li class="${template}"><h3><a href="/programs/${name.split(" ")[0]!.toLowerCase()}">${name}</a></h3>
<p class="${template}-text">The ${name} helps adult learners in its county find training and better jobs.</p>
<p class="${template}-lead">Lead organization: ${lead}</p></li>`;

const list = (cards: string[], head = "") =>
  `<!doctype html><html lang="en"><head><title>Our programs | Fern Foundation</title>${head}</head><body><main>
<h1>Our programs</h1><p>Workforce training initiatives of the foundation for adult learners and employers.</p>
<ul>${cards.join("\n")}</ul></main></body></html>`;

const wall = (night: number) =>
  page("Before you go on", {
    words: `our partners and we keep cookies, night ${night}`,
    links: ["/accept", "/settings"],
  });

let crawl: TestCrawl;
afterEach(() => crawl?.close());

async function openFern(): Promise<void> {
  crawl = await openCrawl({
    sources: [{ id: "fern", kind: "foundation", seeds: [`http://${host}/`, listUrl] }],
  });
  crawl.web.play(host, {
    "/": page("Fern Foundation", { links: ["/programs"] }),
    "/programs": list(names.map((name) => card(name))),
  });
  const now = new Date("2026-03-01T06:00:00Z");
  await importCatalog(
    crawl.db,
    names.map((name, index) => ({
      id: `e${index}`,
      name,
      leadOrganization: "Fern Foundation",
      url: `http://${host}/programs/${name.split(" ")[0]!.toLowerCase()}`,
    })),
    now,
  );
}

const night = (n: number) => crawl.crawl("operator", { at: `2026-03-0${n}T07:00:00Z` });

const told = async (): Promise<string[]> =>
  (
    await crawl.db.query(
      "select mention ->> 'name' as name from mention join page on page.id = page_id where url = $1 and missing_count = 0 order by 1",
      [listUrl],
    )
  ).rows.map((row) => row.name);

const open = async () => (await listChanges(crawl.db)).map(({ kind, title }) => `${kind} ${title}`);

const message = async (): Promise<string> =>
  (await crawl.db.query("select message from incident where code = 'drift' and closed_at is null"))
    .rows[0]?.message ?? "none";

test("a wall over a page is held back, night after night, and what it said before stands", async () => {
  await openFern();
  await night(1);
  expect(await told()).toEqual(names.toSorted());
  const before = await open();
  expect(await crawl.incidentsOf("fern")).toEqual([]);

  for (const n of [2, 3]) {
    crawl.web.play(host, { "/programs": wall(n) });
    await night(n);
    expect(await told()).toEqual(names.toSorted());
    expect(await open()).toEqual(before);
    expect(await message()).toMatch(
      /programs told of 8 efforts and tells of 0 now.*waymark recipe accept fern/,
    );
    const shown = (await crawl.pagesOf("fern"))[listUrl]!;
    expect(shown.snapshotId).not.toBe(shown.readSnapshotId);
    expect(shown).toMatchObject({ unread: false, kind: "listing" });
  }

  crawl.web.play(host, {
    "/programs": list(
      names.map((name) => card(name)),
      "<!-- mended -->",
    ),
  });
  await night(4);
  expect(await told()).toEqual(names.toSorted());
  expect(await crawl.incidentsOf("fern")).toEqual([]);
  expect(await open()).toEqual(before);
  expect((await listReadingStats(crawl.db, fern)).map(({ drifts }) => drifts.length > 0)).toEqual([
    false,
    true,
    true,
    false,
  ]);
}, 120_000);

test("the very bytes of before end a quarantine, too", async () => {
  await openFern();
  await night(1);
  crawl.web.play(host, { "/programs": wall(2) });
  await night(2);
  expect(await crawl.incidentsOf("fern")).toEqual(["drift"]);
  crawl.web.play(host, { "/programs": list(names.map((name) => card(name))) });
  await night(3);
  expect(await crawl.incidentsOf("fern")).toEqual([]);
  expect(await told()).toEqual(names.toSorted());
}, 120_000);

test("a new shape that somebody accepts is read, and later nights are held against it", async () => {
  await openFern();
  await night(1);
  crawl.web.play(host, { "/programs": list(names.slice(0, 4).map((name) => card(name))) });
  await night(2);
  expect(await told()).toHaveLength(8);
  const pages = await acceptDrift(crawl.db, fern, {
    who: "ann",
    now: new Date("2026-03-02T09:00:00Z"),
  });
  expect(pages).toBe(1);
  crawl.web.play(host, {
    "/programs": list(
      names.slice(0, 4).map((name) => card(name)),
      "<!-- the next day -->",
    ),
  });
  await night(3);
  expect(await told()).toEqual(names.slice(0, 4).toSorted());
  expect(await crawl.incidentsOf("fern")).toEqual([]);
}, 120_000);

test("another template that says the same is no drift", async () => {
  await openFern();
  await night(1);
  const before = await open();
  crawl.web.play(host, { "/programs": list(names.map((name) => card(name, { template: "x91" }))) });
  await night(2);
  expect(await crawl.incidentsOf("fern")).toEqual([]);
  expect(await told()).toEqual(names.toSorted());
  expect(await open()).toEqual(before);
}, 120_000);

test("pages that all ask for a password are told of, and what they said before stands", async () => {
  await openFern();
  await night(1);
  const login =
    '<!doctype html><title>Sign in</title><h1>Sign in</h1><form><label>Password <input type="password"></label></form>';
  const walled = Object.fromEntries(["/", "/programs", "/a", "/b"].map((path) => [path, login]));
  crawl.web.play(host, { ...walled, "/": page("Fern Foundation", { links: ["/a", "/b"] }) });
  await night(2);
  expect(await crawl.incidentsOf("fern")).toEqual(["walled"]);
  expect(await told()).toEqual(names.toSorted());
  crawl.web.play(host, {
    "/programs": list(names.map((name) => card(name))),
    "/a": page("A"),
    "/b": page("B"),
  });
  await night(3);
  expect(await crawl.incidentsOf("fern")).toEqual([]);
}, 120_000);

const recipe = {
  match: ["/programs"],
  item: "li.card",
  fields: {
    name: { selectors: ["h3"], required: true },
    description: { selectors: [".card-text"], required: true },
    leadOrganization: { selectors: [".card-lead"], transforms: [{ after: "Lead organization" }] },
  },
};

test("a recipe is read by without the web, proposes nothing by itself, and its loss is drift", async () => {
  await openFern();
  await night(1);
  const before = await open();
  crawl.web.forget();
  const now = new Date("2026-03-01T09:00:00Z");
  const reader = new ReaderPool(1);
  try {
    const documents = await listStoredDocuments(crawl.db, fern, recipe);
    const by = { who: "ann", note: undefined, now };
    expect(await setRecipe(crawl.db, fern, { recipe, documents, reader, ...by })).toEqual({
      version: 1,
      pagesToRead: 1,
    });
    await expect
      .poll(async () => (await crawl.pagesOf("fern"))[listUrl], { timeout: 20_000 })
      .toMatchObject({ recipeVersion: 1, unread: false });
    const { rows } = await crawl.db.query(
      "select distinct e ->> 'method' as method from mention, jsonb_array_elements(mention -> 'evidence') e where e ->> 'field' = 'description'",
    );
    expect(rows).toEqual([{ method: "recipe" }]);
    expect(crawl.web.asked).toEqual([]);
    expect(await open()).toEqual(before);

    crawl.web.play(host, {
      "/programs": list(
        names.map((name) => card(name)),
        "<!-- as ever -->",
      ),
    });
    await night(2);
    expect(await crawl.incidentsOf("fern")).toEqual([]);
    crawl.web.play(host, {
      "/programs": list(names.map((name) => card(name, { template: "x91" }))),
    });
    await night(3);
    expect(await message()).toMatch(
      /The recipe found name 8 times on the page .*programs and does not find it now/,
    );
    expect(await open()).toEqual(before);

    expect(await message()).toMatch(
      /may stand at item "ul > li" \(like it by 1\.00\), description/,
    );
    const moved = await relocateSource(crawl.db, fern, reader);
    expect(moved?.recipe.item).toBe("ul > li");

    // Without a recipe, what was held back is read in the general way.
    expect(await activateVersion(crawl.db, fern, undefined, now)).toEqual({
      version: undefined,
      pagesToRead: 1,
    });
    crawl.web.play(host, {
      "/programs": list(
        names.map((name) => card(name, { template: "x91" })),
        "<!-- next -->",
      ),
    });
    await night(4);
    expect(await crawl.incidentsOf("fern")).toEqual([]);
    expect(await told()).toEqual(names.toSorted());
  } finally {
    await reader.close();
  }
}, 120_000);
