import zlib from "node:zlib";
import { expect, test } from "vitest";
import { readSitemap } from "./read-sitemap.ts";
import type { SitemapReading } from "./sitemap-list.ts";

const base = "http://example.org/sitemap.xml";

/** Reads a sitemap and holds pages (with their day), sitemaps and issue codes against what is expected. */
function check(
  name: string,
  body: string | Uint8Array,
  expected: { pages?: [url: string, day?: string][]; sitemaps?: string[]; issues?: string[] },
): void {
  test(name, async () => {
    const reading = await readSitemap(typeof body === "string" ? Buffer.from(body) : body, {
      base,
    });
    expect({
      pages: reading.pages.map(({ url, lastModified }) =>
        lastModified ? [url, lastModified.toISOString()] : [url],
      ),
      sitemaps: reading.sitemaps,
      issues: [...new Set(reading.issues.map(({ code }) => code))],
    }).toEqual({ pages: [], sitemaps: [], issues: [], ...expected });
  });
}

const a = "http://example.org/a";
const b = "http://example.org/b";
const urlset = (inner: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${inner}</urlset>`;
const plain = urlset(
  `<url><loc>${a}</loc><lastmod>2026-03-01</lastmod></url><url><loc> ${b} </loc></url>`,
);
const both = { pages: [[a, "2026-03-01T00:00:00.000Z"], [b]] as [string, string?][] };

check("a sitemap", plain, both);
check("a sitemap packed as a file", zlib.gzipSync(plain), both);
check("a byte order mark", `\ufeff${plain}`, both);
check("lines before the declaration", `\n\n  ${plain}`, both);
check("UTF-16", Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(plain, "utf16le")]), both);
check("Latin-1", Buffer.from(plain.replace("UTF-8", "ISO-8859-1").replace(b, `${b}é`), "latin1"), {
  pages: [both.pages[0]!, [`${b}%C3%A9`]],
});
check(
  "CDATA and entities",
  urlset(
    `<url><loc><![CDATA[${a}?x=1&y=2]]></loc></url><url><loc>${b}?x=1&amp;y=&#50;</loc></url>`,
  ),
  { pages: [[`${a}?x=1&y=2`], [`${b}?x=1&y=2`]] },
);
check("a prefix", `<s:urlset xmlns:s="x"><s:url><s:loc>${a}</s:loc></s:url></s:urlset>`, {
  pages: [[a]],
});
check(
  "pictures and films are not pages",
  urlset(
    `<url><image:image><image:loc>${b}.png</image:loc></image:image><loc>${a}</loc><video:video><video:player_loc>${b}</video:player_loc></video:video></url>`,
  ),
  { pages: [[a]] },
);
check("each address once", urlset(`<url><loc>${a}</loc></url>`.repeat(3)), { pages: [[a]] });
check("relative addresses", urlset("<url><loc>/a</loc></url>"), { pages: [[a]] });
check(
  "addresses nobody visits",
  urlset(
    `<url><loc>javascript:alert(1)</loc></url><url><loc>file:///etc/passwd</loc></url><url><loc>http://u:p@example.org/</loc></url><url><loc>${a}</loc></url>`,
  ),
  { pages: [[a]], issues: ["sitemap-bad-address"] },
);
check(
  "dates with time and zone",
  urlset(
    `<url><loc>${a}</loc><lastmod>2026-03-01T02:00:00+02:00</lastmod></url><url><loc>${b}</loc><lastmod>2026-03-01T02:00</lastmod></url>`,
  ),
  {
    pages: [
      [a, "2026-03-01T00:00:00.000Z"],
      [b, "2026-03-01T02:00:00.000Z"],
    ],
  },
);
check(
  "dates that are none",
  urlset(
    `<url><loc>${a}</loc><lastmod>yesterday</lastmod></url><url><loc>${b}</loc><lastmod>03/04/2026</lastmod></url>`,
  ),
  { pages: [[a], [b]] },
);

check(
  "an index",
  `<sitemapindex><sitemap><loc>${a}.xml</loc><lastmod>2026-03-01</lastmod></sitemap><sitemap><loc>${b}.xml.gz</loc></sitemap></sitemapindex>`,
  { sitemaps: [`${a}.xml`, `${b}.xml.gz`] },
);
check("a list in plain text", `${a}\r\n\r\n${b}\nnot an address\n`, {
  pages: [[a], [b]],
  issues: ["sitemap-odd-line"],
});
check(
  "RSS",
  `<rss version="2.0"><channel><title>News</title><link>http://example.org/</link><item><title>A</title><link>${a}</link><pubDate>Sun, 01 Mar 2026 00:00:00 GMT</pubDate></item><item><guid>${b}</guid></item></channel></rss>`,
  both,
);
check(
  "RSS 1.0",
  `<rdf:RDF><channel><link>http://example.org/</link></channel><item rdf:about="x"><link>${a}</link><dc:date>2026-03-01</dc:date></item></rdf:RDF>`,
  { pages: [both.pages[0]!] },
);
check(
  "Atom",
  `<feed xmlns="http://www.w3.org/2005/Atom"><link href="http://example.org/"/><entry><link rel="self" href="${b}"/><link href="${a}"/><published>2025-01-01</published><updated>2026-03-01T00:00:00Z</updated></entry><entry><link rel="alternate" href="/b"/></entry></feed>`,
  both,
);
check(
  "an entry's later day counts",
  `<feed><entry><link href="${a}"/><updated>2026-03-01T00:00:00Z</updated><published>2026-03-09T00:00:00Z</published></entry></feed>`,
  { pages: [[a, "2026-03-09T00:00:00.000Z"]] },
);
check(
  "a feed in pages",
  `<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="?page=2"/><link rel="prev" href="?page=0"/><entry><link href="${b}"/><link rel="next" href="${a}"/></entry></feed>`,
  { pages: [[b]], sitemaps: [`${base}?page=2`] },
);
const jsonFeed = JSON.stringify({
  version: "https://jsonfeed.org/version/1.1",
  items: [{ url: a, date_published: "2025-01-01", date_modified: "2026-03-01" }, { id: b }],
});
check("a JSON Feed", jsonFeed, both);
check("a JSON Feed, packed", zlib.gzipSync(`\ufeff ${jsonFeed}`), both);
check("other JSON", '{"items": []}', { issues: ["sitemap-unknown"] });
check(
  "an index, packed",
  zlib.gzipSync(`<sitemapindex><sitemap><loc>${a}.xml</loc></sitemap></sitemapindex>`),
  { sitemaps: [`${a}.xml`] },
);
check("a list in plain text, packed", zlib.gzipSync(`${a}\n${b}\n`), { pages: [[a], [b]] });
check(
  "a sitemap of news",
  urlset(
    `<url><loc>${a}</loc><news:news xmlns:news="x"><news:publication><news:name>N</news:name></news:publication><news:publication_date>2026-03-01</news:publication_date><news:title>T</news:title></news:news></url><url><loc>${b}</loc><other><publication_date>2026-03-01</publication_date></other></url>`,
  ),
  both,
);

/** Reads a sitemap of pages with these days on 1 March 2026, and holds its verdict against what is expected. */
function dates(days: string[], listsDates: SitemapReading["listsDates"], left: number): void {
  test(`days ${days.join(", ") || "missing"} are ${listsDates}, ${left} of them kept`, async () => {
    const lines = days.map(
      (day, index) => `<url><loc>${a}${index}</loc><lastmod>${day}</lastmod></url>`,
    );
    const body = Buffer.from(urlset(`<url><loc>${b}</loc></url>${lines.join("")}`));
    const reading = await readSitemap(body, { base, now: new Date("2026-03-01T12:00:00Z") });
    expect(reading.listsDates).toBe(listsDates);
    expect(reading.pages.filter(({ lastModified }) => lastModified).length).toBe(left);
  });
}
dates([], "none", 0);
dates(["2026-02-01"], "told", 1);
dates(["2026-02-01", "2026-02-01"], "told", 2);
dates(["2026-02-01", "2026-02-01", "2026-02-02"], "told", 3);
dates(["2026-02-01", "2026-02-01", "2026-02-01"], "uniform", 3);
dates(["2026-02-01T01:00:00Z", "2026-02-01T09:30:00Z", "2026-02-01"], "uniform", 3);
dates(["2026-03-01", "2026-03-02T10:00:00Z"], "told", 2);
dates(["2026-03-05", "2031-01-01"], "none", 0);
dates(["2026-02-01", "2026-02-02", "2031-01-01"], "told", 2);
dates(["soon"], "none", 0);
test("without a clock days ahead are kept", async () => {
  const body = Buffer.from(urlset(`<url><loc>${a}</loc><lastmod>2031-01-01</lastmod></url>`));
  const reading = await readSitemap(body, { base });
  expect(reading.pages[0]?.lastModified?.getUTCFullYear()).toBe(2031);
});

check("a bare ampersand", urlset(`<url><loc>${a}?x=1&y=2</loc></url><url><loc>${b}</loc></url>`), {
  pages: [[`${a}?x=1&y=2`], [b]],
});
check("cut off", plain.slice(0, -20), { pages: [both.pages[0]!], issues: ["sitemap-broken-xml"] });
check("cut off while packed", zlib.gzipSync(plain).subarray(0, -12), {
  ...both,
  issues: ["sitemap-cut", "sitemap-broken-xml"],
});
check(
  "an element never closed",
  urlset(`<url><loc>${a}</loc><changefreq>daily</url><url><loc>${b}</loc></url>`),
  { pages: [[a], [b]], issues: ["sitemap-broken-xml"] },
);
check("an unknown entity", urlset(`<url><loc>${a}</loc><note>&nbsp;</note></url>`), {
  pages: [[a]],
  issues: ["sitemap-broken-xml"],
});
check(
  "elements with names that every object of a program has",
  urlset(`<constructor><loc>${b}</loc></constructor><url><loc>${a}</loc></url>`),
  { pages: [[a]] },
);
check("a page of HTML", `<!doctype html><html><body><a href="${a}">a</a></body></html>`, {
  issues: ["sitemap-unknown"],
});
check("nothing", "", {});

/** What a hostile or huge list would take for ever over must end; how soon depends on who else works here. */
const deadlineMs = 20_000;

async function timed(body: string | Uint8Array): Promise<{ reading: SitemapReading; ms: number }> {
  const startedAt = performance.now();
  const reading = await readSitemap(typeof body === "string" ? Buffer.from(body) : body, { base });
  return { reading, ms: performance.now() - startedAt };
}

test("entities are not expanded", { timeout: 2 * deadlineMs }, async () => {
  const bomb = `<?xml version="1.0"?><!DOCTYPE u [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 30 }, (_, i) => `<!ENTITY a${i} "${"&a;".repeat(50)}">`).join("")}<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>http://example.org/&a9;&x;</loc></url></urlset>`;
  const { reading, ms } = await timed(bomb);
  expect(ms).toBeLessThan(deadlineMs);
  expect(JSON.stringify(reading)).not.toContain("root:");
  expect(reading.pages.every(({ url }) => url.length < 60)).toBe(true);
});

test("elements without end are not followed down", { timeout: 2 * deadlineMs }, async () => {
  const { reading, ms } = await timed(`<urlset>${"<url>".repeat(200_000)}`);
  expect(reading.issues[0]?.code).toBe("sitemap-too-deep");
  expect(ms).toBeLessThan(deadlineMs);
});

test("50,000 addresses are taken and no more", { timeout: 2 * deadlineMs }, async () => {
  const lines = Array.from(
    { length: 120_000 },
    (_, index) => `<url><loc>${a}/${index}</loc></url>`,
  );
  const { reading, ms } = await timed(urlset(lines.join("")));
  expect(reading.pages.length).toBe(50_000);
  expect(reading.issues.map(({ code }) => code)).toEqual(["sitemap-too-long"]);
  expect(ms).toBeLessThan(deadlineMs);
});

test("a packed bomb is read up to the limit", { timeout: 2 * deadlineMs }, async () => {
  const { reading } = await timed(
    zlib.gzipSync(Buffer.concat([Buffer.from("<urlset>"), Buffer.alloc(80_000_000, " ")])),
  );
  expect(reading.issues.map(({ code }) => code)).toContain("sitemap-too-large");
});
