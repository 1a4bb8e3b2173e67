import { emptyKnowledge, type FeedEntry } from "@waymark/domain";
import { expect, test } from "vitest";
import { readDocument } from "../index.ts";
import { quoteOf } from "../page/quote.ts";

/** Reads a feed; whatever is said to stand somewhere must stand there. */
async function read(source: string): Promise<{ entries: FeedEntry[]; text: string }> {
  const document = { url: "https://a.example/feed", bytes: Buffer.from(source) };
  const { page, text, entries = [] } = await readDocument(document, emptyKnowledge);
  expect(page.kind).toBe("feed");
  for (const { guid, link, title } of entries)
    for (const { value, start, end } of [guid, link, title].filter((one) => one !== undefined))
      if (start !== undefined) expect(quoteOf(source.slice(start, end))).toBe(value);
  for (const { quote, start, end } of page.dates)
    expect(quoteOf(source.slice(start, end))).toBe(quote);
  expect(page.dates).toEqual(
    entries.flatMap(({ published, updated }) => [published, updated]).filter(Boolean),
  );
  return { entries, text };
}

const rss = (...items: string[]): string =>
  `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Rowan News</title><link>https://a.example/</link><pubDate>Sun, 01 Feb 2026 10:00:00 GMT</pubDate>${items.map((item) => `<item>${item}</item>`).join("\n")}</channel></rss>`;
const placed = { start: expect.any(Number), end: expect.any(Number) };

test("entries of RSS tell their guid, link, title and days, each where it stands", async () => {
  const { entries } = await read(
    rss(
      "<title>Tides &amp; Yards</title><link>https://a.example/?p=1&amp;x=2</link><guid>n-1</guid><pubDate>Tue, 03 Mar 2026 10:00:00 GMT</pubDate><atom:updated>2026-03-05T00:00:00Z</atom:updated>",
      "<title><![CDATA[An <item> of news]]></title><link>https://a.example/2</link><dc:date>2026-03-04</dc:date>",
    ),
  );
  expect(entries).toMatchObject([
    {
      guid: { value: "n-1", ...placed },
      link: { value: "https://a.example/?p=1&x=2", ...placed },
      title: { value: "Tides & Yards", ...placed },
      published: { kind: "published", date: "2026-03-03" },
      updated: { kind: "modified", date: "2026-03-05" },
    },
    { link: placed, title: placed, published: { date: "2026-03-04" } },
  ]);
  expect(entries[1]).not.toHaveProperty("guid");
  expect(entries[1]).not.toHaveProperty("updated");
});

test("entries of Atom keep the day of publication and that of a change apart", async () => {
  const entry = (id: string, days: string) =>
    `<entry><id>urn:${id}</id><title type="html">Entry ${id}</title><link rel="self" href="https://a.example/self"/><link href="https://a.example/${id}"/>${days}<summary>In short.</summary></entry>`;
  const { entries } = await read(
    `<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><updated>2026-01-01T00:00:00Z</updated>${entry("1", "<published>2026-03-01T00:00:00Z</published><updated>2026-03-02T00:00:00Z</updated>")}${entry("2", "<updated>2026-03-09T00:00:00Z</updated>")}</feed>`,
  );
  expect(entries).toMatchObject([
    {
      guid: { value: "urn:1", ...placed },
      link: { value: "https://a.example/1", ...placed },
      title: { value: "Entry 1", ...placed },
      published: { date: "2026-03-01" },
      updated: { date: "2026-03-02" },
      text: "In short.",
    },
    { updated: { kind: "modified", date: "2026-03-09" } },
  ]);
  expect(entries[1]).not.toHaveProperty("published");
});

test("the whole text counts where it is longer than the lead, and is read without its markup", async () => {
  const lead = "<description>The fund opens &lt;b&gt;nine&lt;/b&gt; yards.</description>";
  const whole = (html: string) => `<content:encoded><![CDATA[${html}]]></content:encoded>`;
  const { entries, text } = await read(
    rss(
      `<title>One</title>${lead}${whole("<p>The fund opens nine yards.</p><script>x()</script><p>Welders start in May.</p>")}`,
      `<title>Two</title>${lead}${whole("<p>More …</p>")}`,
    ),
  );
  expect(entries.map((entry) => entry.text)).toEqual([
    "The fund opens nine yards. Welders start in May.",
    "The fund opens nine yards.",
  ]);
  expect(text.split("\n")).toEqual(["One", entries[0]!.text, "Two", entries[1]!.text]);
});

test("what is written otherwise than it is meant has no place", async () => {
  const { entries } = await read(rss("<title>Tides &amp;amp; Yards</title>"));
  expect(entries[0]?.title).toEqual({ value: "Tides & Yards" });
});

test("a name that opens again and again costs no time", async () => {
  const started = process.cpuUsage();
  await read(rss(`<title>One</title>${"<link ".repeat(60_000)}`));
  expect(process.cpuUsage(started).user / 1e6).toBeLessThan(2);
});
