import { afterEach, expect, test } from "vitest";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";
import { page, withEtag } from "./setup/loopback-web.ts";

/*
 * The cheapest test first: what a server, then the bytes, then the words say has not changed is not read. And
 * servers whose word cannot be taken.
 */

let crawl: TestCrawl | undefined;
afterEach(() => crawl?.close());

test("what a server, the bytes or the words say is the same is not read again, and the account adds up", async () => {
  const host = "steady.example.org";
  crawl = await openCrawl({ sources: [{ id: "steady", seeds: [`http://${host}/`] }] });
  const { web } = crawl;
  const front = page("Front", { links: ["/tagged", "/bytes", "/words", "/changed"] });
  web.play(host, {
    "/": front,
    "/tagged": withEtag('"v1"', page("Tagged")),
    "/bytes": page("The same bytes"),
    "/words": page("The same words", { head: "<!-- made at 07:00 -->" }),
    "/changed": page("Changed", { words: "as it was" }),
  });
  await crawl.crawl("operator", { at: "2026-03-01T07:00:00Z" });
  const before = await crawl.pagesOf("steady");

  web.forget();
  web.play(host, {
    "/words": page("The same words", { head: "<!-- made at 06:00 -->" }),
    "/changed": page("Changed", { words: "as it is now" }),
  });
  const { steady } = await crawl.crawl("operator", { at: "2026-03-02T06:00:00Z" });
  expect(web.asksOf(host, "/tagged")[0]!.headers["if-none-match"]).toBe('"v1"');
  const visits = Object.fromEntries(
    (await crawl.visitsOf(steady)).map((one) => [new URL(one.url).pathname, one]),
  );
  expect(visits["/tagged"]).toMatchObject({ outcome: "unchanged", status: 304, snapshot_id: null });
  expect(visits["/bytes"]).toMatchObject({ outcome: "unchanged", status: 200, snapshot_id: null });
  expect(visits["/words"]).toMatchObject({ outcome: "fetched", changed: false });
  expect(visits["/changed"]).toMatchObject({ outcome: "fetched", changed: true });
  const after = await crawl.pagesOf("steady");
  for (const path of ["/tagged", "/bytes"]) {
    const url = `http://${host}${path}`;
    expect(after[url]!.snapshotId, path).toBe(before[url]!.snapshotId);
    expect(after[url]!.readSnapshotId, path).toBe(after[url]!.snapshotId);
  }
  expect(steady!.saved).toMatchObject({
    notModified: 1,
    // The front page, too.
    sameBytes: 2,
    sameText: 1,
    spared: 0,
    // A sitemap that was not there is not knocked at every night.
    notDue: 1,
    rendered: 0,
    bytesSaved: Buffer.byteLength(page("Tagged")),
  });
  const sent = ["/bytes", "/words", "/changed"].map(
    (path) => after[`http://${host}${path}`]!.bodyBytes!,
  );
  expect(steady!.saved.bytes).toBe(Buffer.byteLength(front) + sent.reduce((sum, n) => sum + n));
  expect(steady!.counts).toMatchObject({ unchanged: 3, fetched: 2, changedPages: 1 });
});

test("a server that answers 304 for ever is found out by the sample, and then asked without validators", async () => {
  const host = "stuck.example.org";
  crawl = await openCrawl({ sources: [{ id: "stuck", seeds: [`http://${host}/`] }] });
  const { web } = crawl;
  let words = "first";
  web.play(host, {
    "/": ({ headers }) =>
      headers["if-none-match"]
        ? { status: 304 }
        : { headers: { etag: '"always"' }, body: page("Stuck", { words }) },
  });
  const url = `http://${host}/`;
  const conditions = () => web.asksOf(host, "/").map((one) => one.headers["if-none-match"]);
  await crawl.crawl("operator", { at: "2026-03-01T07:00:00Z" });
  const first = (await crawl.pagesOf("stuck"))[url]!;
  words = "second";
  web.forget();
  await crawl.crawl("operator", { at: "2026-03-20T07:00:00Z" });
  expect(conditions(), "its word is taken").toEqual(['"always"']);
  expect((await crawl.pagesOf("stuck"))[url]!.snapshotId).toBe(first.snapshotId);

  web.forget();
  const { stuck } = await crawl.crawl("operator", { at: "2026-09-05T07:00:00Z" });
  expect(conditions(), "put to the test after two months").toEqual([undefined]);
  expect((await crawl.visitsOf(stuck)).find((one) => one.url === url)).toMatchObject({
    outcome: "fetched",
    changed: true,
  });
  const { rows } = await crawl.db.query(
    "select validators_checked, validators_lied from host where id = $1",
    [host],
  );
  expect(rows).toEqual([{ validators_checked: 1, validators_lied: 1 }]);

  words = "third";
  web.forget();
  await crawl.crawl("operator", { at: "2026-09-06T07:00:00Z" });
  expect(conditions(), "not believed any more").toEqual([undefined]);
  expect((await crawl.pagesOf("stuck"))[url]!.visitedAt).toEqual(new Date("2026-09-06T07:00:00Z"));
});

test("validators that stay the same over a page with the same words are no lie", async () => {
  const host = "ticking.example.org";
  crawl = await openCrawl({ sources: [{ id: "ticking", seeds: [`http://${host}/`] }] });
  crawl.web.play(host, {
    "/": ({ nth }) => ({
      headers: { etag: '"always"' },
      body: page("Ticking", { head: `<meta name="request" content="${nth}">` }),
    }),
  });
  await crawl.crawl("operator", { at: "2026-03-01T07:00:00Z" });
  await crawl.crawl("operator", { at: "2026-09-10T07:00:00Z" });
  const { rows } = await crawl.db.query(
    "select validators_checked, validators_lied from host where id = $1",
    [host],
  );
  expect(rows).toEqual([{ validators_checked: 1, validators_lied: 0 }]);
});
