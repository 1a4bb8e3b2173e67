import { decideChange, importCatalog, loadTimeline } from "@waymark/pipeline";
import { listChanges, listEvents, listGrants, listRelations } from "@waymark/store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";

/*
 * What happened, from the web to the timeline: a release on the site of who issued it and its copy on a wire
 * are one event with two proofs, for an entry and for an effort nobody knew; the same night twice is the same.
 */

const id = "harbor" as Parameters<typeof loadTimeline>[1];
const catalog = [{ id, name: "Quiet Harbor Network", leadOrganization: "Pine College" }];

const page = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title></head><body><main>${body}</main></body></html>`;

const release = (headline: string, body: string, more = ""): string =>
  page(
    headline,
    `<article><h1>${headline}</h1><p>COLUMBUS, Ohio, February 20, 2026 – ${body}</p><p>The Quiet Harbor Network is an apprenticeship program that trains adult learners for skilled work in ports, with colleges and employers together.</p>${more}</article>`,
  );
const grantNews =
  "The Rowan Foundation has awarded a two-year, $2 million grant to the Quiet Harbor Network to train crane operators in nine ports.";
const headline = "Rowan Foundation awards $2 million to Quiet Harbor Network";
const launchNews =
  "Oak Institute today launched the River Skills Fellowship, a fellowship that pays working adults while they earn a credential with employers and colleges.";

let crawl: TestCrawl;

beforeAll(async () => {
  crawl = await openCrawl({
    sources: [
      { id: "rowan", seeds: ["http://rowan.example/"], kind: "foundation" },
      { id: "wire", seeds: ["http://wire.example/"], kind: "news" },
    ],
  });
  await importCatalog(crawl.db, catalog, new Date("2026-01-01T00:00:00Z"));
  const links =
    '<ul><li><a href="/news/grant">A grant for ports</a></li><li><a href="/news/launch">A fellowship</a></li></ul>';
  const launch = release(
    "Oak Institute launches River Skills Fellowship",
    launchNews,
    "<p>The River Skills Fellowship is a project of the Oak Institute.</p>",
  );
  crawl.web.play("rowan.example", {
    "/": page("Rowan Foundation", links),
    "/news/grant": release(headline, grantNews),
    "/news/launch": launch,
  });
  crawl.web.play("wire.example", {
    "/": page("The Skills Wire", links),
    "/news/grant": release(headline, grantNews, "<p>SOURCE Rowan Foundation</p>"),
    "/news/launch": launch,
  });
  await crawl.crawl("operator");
}, 120_000);
afterAll(() => crawl?.close());

/** Everything that is told of lives, as rows. */
const rows = async (): Promise<string> =>
  JSON.stringify(
    await Promise.all(
      ["event", "grant", "relation"].map(
        async (table) => (await crawl.db.query(`select * from "${table}" order by 1, 2, 3`)).rows,
      ),
    ),
  );

describe("an entry that a release tells of on two sites", () => {
  test("has one event with the proof of both, told and not confirmed", async () => {
    const timeline = await loadTimeline(crawl.db, id);
    expect(timeline).toMatchObject([
      {
        kind: "award",
        on: "2026-02-20",
        planned: false,
        decisionId: undefined,
        parties: [{ role: "funder", name: "Rowan Foundation" }],
      },
    ]);
    const hosts = timeline[0]!.evidence.map(({ url }) => new URL(url).host);
    expect(new Set(hosts)).toEqual(new Set(["rowan.example", "wire.example"]));
    for (const proof of timeline[0]!.evidence)
      expect(proof).toMatchObject({ type: "quote", field: "event" });
  });

  test("has one grant with its terms", async () => {
    expect(await listGrants(crawl.db, id)).toMatchObject([
      {
        funder: "Rowan Foundation",
        grantee: "Quiet Harbor Network",
        amount: 2_000_000,
        currency: "USD",
        months: 24,
        purpose: "train crane operators in nine ports",
      },
    ]);
  });
});

test("the same night twice leaves the same rows", async () => {
  const before = await rows();
  await crawl.crawl("operator", { at: "2026-03-02T07:00:00Z" });
  expect(await rows()).toBe(before);
}, 120_000);

test("an effort nobody knew brings its events with it when it is accepted, and they go when that is undone", async () => {
  const [proposal] = (await listChanges(crawl.db, { states: ["open"] })).filter(
    ({ kind, title }) => kind === "new" && title === "River Skills Fellowship",
  );
  expect(proposal).toBeDefined();
  const now = new Date("2026-03-02T09:00:00Z");
  const { initiativeId } = await decideChange(crawl.db, {
    changeId: proposal!.id,
    verdict: "accept",
    who: "ada",
    now,
  });
  const timeline = await loadTimeline(crawl.db, initiativeId!);
  expect(timeline.map(({ kind, on }) => `${kind} ${on}`)).toEqual(["launch 2026-02-20"]);
  expect(new Set(timeline[0]!.evidence.map(({ url }) => new URL(url).host)).size).toBe(2);
  expect(await listRelations(crawl.db, initiativeId!)).toMatchObject([
    { kind: "part_of", toName: "Oak Institute" },
  ]);
});

test("what the pages do not tell any more goes", async () => {
  const quiet = release(
    "Rowan Foundation on ports",
    "The Rowan Foundation follows the Quiet Harbor Network with interest and thinks of its ports.",
  );
  for (const host of ["rowan.example", "wire.example"])
    crawl.web.play(host, { "/news/grant": quiet });
  for (const at of ["2026-03-03T07:00:00Z", "2026-03-04T07:00:00Z"])
    await crawl.crawl("operator", { at });
  expect(await listEvents(crawl.db, id)).toEqual([]);
  expect(await listGrants(crawl.db, id)).toEqual([]);
}, 120_000);
