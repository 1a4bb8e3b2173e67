import { expect, test } from "vitest";
import { JsonFeedReader } from "./json-feed-reader.ts";
import { SitemapList, sitemapLimits } from "./sitemap-list.ts";

/** Reads a feed in two pieces and holds pages (with their day), further feeds and issue codes against what is expected. */
function check(
  name: string,
  body: string,
  expected: { pages?: [url: string, day?: string][]; sitemaps?: string[]; issues?: string[] },
): void {
  test(name, () => {
    const list = new SitemapList("http://example.org/feed.json", sitemapLimits, undefined);
    const reader = new JsonFeedReader(list);
    const half = Math.floor(body.length / 2);
    if (reader.write(body.slice(0, half))) reader.write(body.slice(half));
    reader.end();
    expect({
      pages: list.reading.pages.map(({ url, lastModified }) =>
        lastModified ? [url, lastModified.toISOString()] : [url],
      ),
      sitemaps: list.reading.sitemaps,
      issues: list.reading.issues.map(({ code }) => code),
    }).toEqual({ pages: [], sitemaps: [], issues: [], ...expected });
  });
}

const a = "http://example.org/a";
const b = "http://example.org/b";
const both = { pages: [[a, "2026-03-01T00:00:00.000Z"], [b]] as [string, string?][] };
const feed = (parts: object): string =>
  JSON.stringify({ version: "https://jsonfeed.org/version/1.1", title: "News", ...parts });
const items = [
  { id: "1", url: a, date_published: "2025-01-01", date_modified: "2026-03-01T00:00:00Z" },
  { id: b },
];

check("a feed", feed({ items }), both);
check("a feed of version 1", feed({ version: "https://jsonfeed.org/version/1", items }), both);
check(
  "odd entries, in pages",
  feed({
    items: [
      null,
      "x",
      {},
      { id: 7 },
      { id: "7" },
      { url: 5, external_url: "/a", date_modified: 3 },
      { url: "javascript:x" },
    ],
    next_url: "/feed.json?page=2",
  }),
  {
    pages: [[a]],
    sitemaps: ["http://example.org/feed.json?page=2"],
    issues: ["sitemap-bad-address"],
  },
);
check("other JSON", JSON.stringify({ items }), { issues: ["sitemap-unknown"] });
check("JSON that is none", '{"version": "https://jsonfeed.org/version/1", "items": [', {
  issues: ["sitemap-unknown"],
});
check("JSON without end", `["${"x".repeat(20_000_010)}`, { issues: ["sitemap-too-large"] });
check("nothing", "", {});
