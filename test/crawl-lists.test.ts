import { afterEach, expect, test } from "vitest";
import { openCrawl, type TestCrawl } from "./setup/crawl.ts";
import { page, type Script, sitemap } from "./setup/loopback-web.ts";

/*
 * What sites say of themselves in lists: sitemaps, feeds, the interfaces of content systems. Nights go by as
 * the clock is set; all of a night's sources are crawled together.
 */

let crawl: TestCrawl | undefined;
afterEach(() => crawl?.close());

const atOf = (host: string) => `http://${host}/`;
const pathsOf = (crawl: TestCrawl, host: string): string[] =>
  crawl.web.asksOf(host).map((one) => one.path);
const pagesOf = (count: number): string[] =>
  Array.from({ length: count }, (_, n) => `/page-${String.fromCharCode(97 + (n % 26))}${n}`);
/** Pages are as if they were known to change rarely; their lists are asked all the same. */
const putOffPages = (crawl: TestCrawl, until: string) =>
  crawl.db.query("update page set next_fetch_at = $1 where purpose = 'page'", [until]);
const scriptOf = (paths: string[], version = ""): Script =>
  Object.fromEntries(paths.map((path) => [path, page(`About ${path}`, { words: path + version })]));

test("a sitemap index, a plain list, a feed: what they list is found, and only once", async () => {
  crawl = await openCrawl({
    sources: ["index", "plain", "feed"].map((id) => ({ id, seeds: [atOf(`${id}.example.org`)] })),
  });
  const { web } = crawl;
  const front = { "/": page("Front", { words: "front" }) };
  const xml = (body: string) => ({ headers: { "content-type": "text/xml" }, body });
  web.play("index.example.org", {
    ...front,
    ...scriptOf(["/one", "/two", "/three"]),
    "/sitemap.xml": xml(
      `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/parts/1.xml</loc></sitemap><sitemap><loc>/parts/2.xml</loc></sitemap></sitemapindex>`,
    ),
    "/parts/1.xml": sitemap([["http://index.example.org/one"], ["http://index.example.org/two"]]),
    "/parts/2.xml": sitemap([["http://index.example.org/three"], ["http://index.example.org/one"]]),
  });
  web.play("plain.example.org", {
    ...front,
    ...scriptOf(["/one", "/two"]),
    "/robots.txt": {
      headers: { "content-type": "text/plain" },
      body: "Sitemap: http://plain.example.org/urls.txt",
    },
    "/urls.txt": {
      headers: { "content-type": "text/plain" },
      body: "http://plain.example.org/one\nhttp://plain.example.org/two\n",
    },
  });
  web.play("feed.example.org", {
    "/": page("Front", {
      head: `<link rel="alternate" type="application/rss+xml" href="/news.rss">`,
    }),
    "/news.rss": xml(
      `<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>A</title><link>http://feed.example.org/one</link></item></channel></rss>`,
    ),
    ...scriptOf(["/one"]),
  });
  await crawl.crawl("operator");
  for (const [id, paths] of Object.entries({
    index: ["/one", "/two", "/three"],
    plain: ["/one", "/two"],
    feed: ["/one"],
  })) {
    const pages = await crawl.pagesOf(id);
    for (const path of paths) {
      expect(pages[`http://${id}.example.org${path}`]?.outcome, id + path).toBe("fetched");
      expect(web.asksOf(`${id}.example.org`, path).length, id + path).toBe(1);
    }
  }
  expect(pathsOf(crawl, "plain.example.org")).not.toContain("/sitemap.xml");
});

test("on a scheduled night only what is due is asked, and what a list dates after our last visit", async () => {
  crawl = await openCrawl({
    sources: ["told", "cut"].map((id) => ({ id, seeds: [atOf(`${id}.example.org`)] })),
    at: "2026-03-01T07:00:00Z",
  });
  const { web } = crawl;
  const paths = pagesOf(6);
  const listOf = (host: string, dates: Record<string, string>) =>
    sitemap(paths.map((path, n) => [`http://${host}${path}`, dates[path] ?? `2026-01-1${n}`]));
  for (const host of ["told.example.org", "cut.example.org"])
    web.play(host, {
      "/": page("Front"),
      ...scriptOf(paths),
      "/sitemap.xml": listOf(host, {}),
    });
  await crawl.crawl("operator");
  expect((await crawl.pagesOf("told"))["http://told.example.org/page-a0"]!.outcome).toBe("fetched");
  await putOffPages(crawl, "2026-04-01");

  web.forget();
  const quiet = await crawl.crawl("schedule", { at: "2026-03-02T07:00:00Z" });
  expect(pathsOf(crawl, "told.example.org")).toEqual(["/robots.txt", "/sitemap.xml"]);
  expect(quiet.told!.saved).toMatchObject({ notDue: 7, spared: 0 });

  // Changed in the afternoon after our last visit, which the list tells by the hour, and by the day.
  const changed = { "/page-b1": "2026-03-02T16:00:00Z", "/page-c2": "2026-03-02" };
  web.play("told.example.org", { "/sitemap.xml": listOf("told.example.org", changed) });
  // This host lets nobody in once it has told what changed.
  web.play("cut.example.org", {
    "/sitemap.xml": listOf("cut.example.org", changed),
    "/page-b1": ({ nth }) =>
      nth === 2 ? { status: 503, headers: { "retry-after": "7200" } } : page("Let in"),
  });
  web.forget();
  await crawl.crawl("schedule", { at: "2026-03-03T07:00:00Z" });
  expect(pathsOf(crawl, "told.example.org")).toEqual([
    "/robots.txt",
    "/sitemap.xml",
    "/page-b1",
    "/page-c2",
  ]);
  expect(pathsOf(crawl, "cut.example.org")).toEqual(["/robots.txt", "/sitemap.xml", "/page-b1"]);

  web.forget();
  await crawl.db.query("update host set next_allowed_at = now()");
  await crawl.crawl("schedule", { at: "2026-03-04T07:00:00Z" });
  expect(pathsOf(crawl, "told.example.org")).toEqual(["/robots.txt", "/sitemap.xml"]);
  expect(pathsOf(crawl, "cut.example.org"), "what was put off is not forgotten").toContain(
    "/page-c2",
  );
});

test("after honest nights, pages that are listed as unchanged are spared but for a sample; a list that lies is not believed", async () => {
  crawl = await openCrawl({
    sources: ["honest", "lying", "quiet"].map((id) => ({ id, seeds: [atOf(`${id}.example.org`)] })),
  });
  const { web } = crawl;
  const paths = pagesOf(60);
  const hosts = ["honest.example.org", "lying.example.org", "quiet.example.org"];
  for (const host of hosts) {
    const list = sitemap(
      paths.map((path, n) => [`http://${host}${path}`, `2026-01-${10 + (n % 9)}`]),
    );
    web.play(host, { "/": page("Front"), ...scriptOf(paths), "/sitemap.xml": list });
    // This one's list is not even sent again.
    if (host.startsWith("quiet"))
      web.play(host, {
        "/sitemap.xml": ({ headers }) =>
          headers["if-none-match"]
            ? { status: 304 }
            : { ...list, headers: { ...list.headers, etag: '"1"' } },
      });
  }
  await crawl.crawl("operator", { at: "2026-03-01T07:00:00Z" });
  // All pages are due by then, and asked: so far nobody knows whether the lists can be believed.
  web.play("lying.example.org", scriptOf(paths, " rewritten"));
  const first = await crawl.crawl("schedule", { at: "2026-03-08T07:00:00Z" });
  for (const id of ["honest", "lying", "quiet"]) expect(first[id]!.saved.spared, id).toBe(0);

  await putOffPages(crawl, "2026-03-14");
  web.forget();
  const second = await crawl.crawl("schedule", { at: "2026-03-14T07:00:00Z" });
  for (const id of ["honest", "quiet"]) {
    const asked = pathsOf(crawl, `${id}.example.org`).filter((path) => path.startsWith("/page-"));
    expect(asked.length + second[id]!.saved.spared!, id).toBe(60);
    expect(asked.length, id).toBeGreaterThan(0);
    expect(asked.length, id).toBeLessThan(15);
  }
  expect(second.lying!.saved.spared).toBe(0);
  expect(pathsOf(crawl, "lying.example.org").length).toBeGreaterThanOrEqual(62);

  // Its word counts for nothing now: not even that a page has changed.
  web.play("lying.example.org", {
    "/sitemap.xml": sitemap(
      paths.map((path, n) => [
        `http://lying.example.org${path}`,
        `2026-03-14T${10 + (n % 9)}:00:00Z`,
      ]),
    ),
  });
  await putOffPages(crawl, "2026-04-01");
  web.forget();
  await crawl.crawl("schedule", { at: "2026-03-15T07:00:00Z", sources: ["lying"] });
  expect(pathsOf(crawl, "lying.example.org")).toEqual(["/robots.txt", "/sitemap.xml"]);
}, 60_000);

test("a WordPress site's list is probed once, paged through, and asked for what changed on later nights", async () => {
  crawl = await openCrawl({ sources: [{ id: "press", seeds: ["http://press.example.org/"] }] });
  const { web } = crawl;
  const paths = pagesOf(7);
  const entryOf = (path: string, at = "2026-01-05T10:00:00") => ({
    link: `http://press.example.org${path}`,
    modified_gmt: at,
    date_gmt: at,
    title: { rendered: path },
  });
  const json = (value: unknown, headers: Record<string, string> = {}) => ({
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(value),
  });
  web.play("press.example.org", {
    "/": page("Front", {
      head: `<link rel="https://api.w.org/" href="http://press.example.org/wp-json/">`,
      links: ["/page-a0"],
    }),
    ...scriptOf(paths),
    "*": ({ path }) => {
      const url = new URL(path, "http://press.example.org/");
      if (url.pathname !== "/wp-json/wp/v2/pages") return { status: 404 };
      if (url.searchParams.has("modified_after"))
        return json([entryOf(paths[2]!, "2026-03-01T20:00:00")], { "x-wp-totalpages": "1" });
      const isFirst = !url.searchParams.has("page");
      const listed = isFirst ? paths.slice(0, 4) : paths.slice(4);
      return json(
        listed.map((one) => entryOf(one)),
        { "x-wp-totalpages": "2" },
      );
    },
  });
  const listsAsked = () =>
    pathsOf(crawl!, "press.example.org").filter((path) => path.startsWith("/wp-json/"));
  const kindOf = (path: string) => {
    const { pathname, searchParams } = new URL(path, "http://press.example.org/");
    const part = searchParams.has("page") ? " later part" : "";
    return `${pathname.split("/").at(-1)}${part}${searchParams.has("modified_after") ? " since" : ""}`;
  };
  await crawl.crawl("operator", { at: "2026-03-01T07:00:00Z" });
  expect(listsAsked().map(kindOf).sort()).toEqual(["pages", "pages later part", "posts", "types"]);
  const pages = await crawl.pagesOf("press");
  for (const path of paths)
    expect(pages[`http://press.example.org${path}`]?.outcome, path).toBe("fetched");

  await putOffPages(crawl, "2026-04-01");
  for (const [at, expected] of [
    ["2026-03-02T07:00:00Z", ["/page-c2"]],
    ["2026-03-03T07:00:00Z", []],
  ] as const) {
    web.forget();
    await crawl.crawl("schedule", { at });
    // Closed interfaces and later parts of the list are let be.
    expect(listsAsked().map(kindOf)).toEqual(["pages since"]);
    expect(pathsOf(crawl, "press.example.org").filter((path) => path.startsWith("/page-"))).toEqual(
      expected,
    );
  }
});
