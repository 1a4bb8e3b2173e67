import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  type Document,
  emptyKnowledge,
  type Knowledge,
  type ToldEvent,
  type ToldGrant,
} from "@waymark/domain";
import { expect, test } from "vitest";
import { decodeSource, quoteOf, readDocument, skimPage } from "./index.ts";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../../../test/pages");
const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(html|txt)$/.test(file))
  .sort();

const knowledge: Knowledge = {
  ...emptyKnowledge,
  organizations: [
    { name: "Rowan & Birch Foundation", aliases: [] },
    { name: "Northern Trust for Learning", aliases: [] },
  ],
};

function load(file: string): Document {
  const bytes = new Uint8Array(readFileSync(join(folder, file)));
  const url = /<!-- url: (\S+) -->/.exec(Buffer.from(bytes).toString("utf8"))?.[1];
  return {
    url: url ?? `http://site.example/${file}`,
    bytes,
    contentType: file.endsWith(".txt") ? "text/plain" : "text/html; charset=utf-8",
  };
}

test.each(files)("%s is read as its golden file says", async (file) => {
  const { page, mentions } = await readDocument(load(file), knowledge);
  const told = mentions.map(({ range, relevance, evidence, events, grants, ...rest }) => ({
    ...rest,
    ...(events && { events: events.map(inBrief) }),
    ...(grants && { grants: grants.map(inBrief) }),
    relevance: relevance.score >= 0.5 ? "learning and work" : "something else",
    quotes: evidence.map(({ field, value, quote }) => `${field} = ${value} | ${quote}`),
  }));
  const golden = join(folder, file.replace(/\.\w+$/, ".mentions.json"));
  await expect(`${JSON.stringify({ page, mentions: told }, null, 2)}\n`).toMatchFileSnapshot(
    golden,
  );
});

/** An event or grant with its quotes alone. */
const inBrief = ({ evidence, ...rest }: ToldEvent | ToldGrant) => ({
  ...rest,
  quotes: evidence.map(({ quote }) => quote),
});

test.each(files)("every quote of %s stands where its evidence says", async (file) => {
  const document = load(file);
  const source = decodeSource(document);
  const { mentions, page } = await readDocument(document, knowledge);
  for (const { quote, start, end } of [
    ...mentions.flatMap(({ evidence, events = [], grants = [] }) => [
      ...evidence,
      ...[...events, ...grants].flatMap((one) => one.evidence),
    ]),
    ...page.dates,
  ]) {
    expect(quoteOf(source.slice(start, end))).toBe(quote);
  }
});

test.each(files)("%s read twice says the same, and its skim is a page", async (file) => {
  const document = load(file);
  expect(await readDocument(document, knowledge)).toEqual(
    await readDocument(load(file), knowledge),
  );
  expect(skimPage(document).verdict).toBe("page");
});

test("a page that is an entry's own address is the effort's own, under the name it gives itself", async () => {
  const document = load("drupal/ended-program.html");
  const names = [{ id: "a", names: ["Quiet Harbor Network"], url: document.url }];
  const { mentions } = await readDocument(document, { ...knowledge, names });
  expect(mentions).toHaveLength(1);
  expect(mentions[0]).toMatchObject({ role: "own", status: "ended", end: "2025-06" });
  expect(mentions[0]!.signs.find(({ kind }) => kind === "merged")).toMatchObject({
    successor: "Rivertown Youth Apprenticeship",
  });
});

const badges = {
  ...{ vocabulary: "topic" as const, edition: "", key: "badges", label: "Badges", source: "" },
  phrases: ["open badge"],
};

/** What proves the topics of a page's mention, with the piece of source it stands in. */
const topicsOf = (name: string, html: string, ...proofs: [string, string][]) =>
  test(`topics of ${name}`, async () => {
    const bytes = new TextEncoder().encode(html);
    const document = { url: "http://lantern.example/", bytes, contentType: "text/html" };
    const { mentions } = await readDocument(document, { ...knowledge, terms: [badges] });
    const told = mentions.flatMap(({ evidence }) =>
      evidence.filter(({ field }) => field === "topics"),
    );
    expect(told.map(({ quote, start, end }) => [quote, html.slice(start, end)])).toEqual(proofs);
  });

const home = (body: string) =>
  `<html><head><title>Lantern Initiative</title></head><body><h1>Lantern Initiative</h1>${body}<p>It is funded by the Quill Foundation.</p></body></html>`;
topicsOf(
  "a paragraph with an element and an entity inside the phrase",
  home("<p>The Lantern Initiative gives open&nbsp;<b>badges</b> to adults for skills.</p>"),
  ["open badges", "open&nbsp;<b>badges"],
);
topicsOf("nothing", home("<p>The Lantern Initiative gives badges to adults for skills.</p>"));

test("a period of one date and a duration ends when both say so", async () => {
  const html =
    "<title>Lantern Initiative</title><h1>Lantern Initiative</h1><p>The Lantern Initiative helps adults to find careers and learn new skills.</p><dl><dt>Lead organization</dt><dd>Quill Foundation</dd><dt>Grant period</dt><dd>24 months starting March 1, 2024</dd></dl>";
  const bytes = new TextEncoder().encode(html);
  const document = { url: "http://site.example/programs/lantern", bytes, contentType: "text/html" };
  const [mention] = (await readDocument(document, knowledge)).mentions;
  expect(mention).toMatchObject({ start: "2024-03-01", end: "2026-02-28" });
  const proof = mention!.evidence.find(({ field }) => field === "end");
  expect(proof?.quote).toContain("24 months starting March 1, 2024");
});

test("the day that something begins on is no day of the page", async () => {
  const html =
    "<title>Calendar</title><h1>Calendar</h1><ul><li><a href='/a'>Kite fair for all</a> Feb 1 \u2013 Mar 29, 2026</li><li><a href='/b'>Glass fair for all</a> from Feb 3, 2026</li></ul>";
  const bytes = new TextEncoder().encode(html);
  const document = { url: "http://site.example/calendar", bytes, contentType: "text/html" };
  const { page } = await readDocument(document, knowledge);
  expect(page.dates.map(({ date }) => date)).not.toContain("2026-02-01");
  expect(page.dates.map(({ date }) => date)).not.toContain("2026-02-03");
});

test("an effort is judged by its description, whatever else its page says", async () => {
  const html =
    "<title>Lantern - Elm Library</title><h1>Lantern</h1><h2>Overview</h2><p>Lantern is a coalition of employers that hire people without degrees.</p><p><strong>Lead organization:</strong> Lantern</p><p><strong>Website:</strong> <a href='http://lantern.example/'>lantern.example</a></p><h3>Edit</h3><p>Is something wrong or missing here? Tell the librarian.</p>";
  const bytes = new TextEncoder().encode(html);
  const url = "http://elm-library.example/initiatives/lantern/";
  const { mentions } = await readDocument({ url, bytes, contentType: "text/html" }, knowledge);
  expect(mentions[0]?.relevance.reasons).toContain('tells of workforce ("hire")');
});

test("a line of which no name is left is no mention", async () => {
  const html =
    "<title>x</title><h1>Notes</h1><h3>\u2013 \u2013 Lead organization: Big Foundation</h3><p>It is a program that helps learners.</p>";
  const { mentions } = await readDocument(
    {
      url: "http://site.example/x",
      bytes: Buffer.from(html),
      contentType: "text/html; charset=utf-8",
    },
    emptyKnowledge,
  );
  expect(mentions.filter(({ key, name }) => key === "" || !/\p{L}/u.test(name))).toEqual([]);
});
