import { emptyKnowledge } from "@waymark/domain";
import { expect, test } from "vitest";
import { readDocument } from "../read-document.ts";

const text = "The network trains dock workers and places them in jobs all the year round. ".repeat(
  12,
);

const published = async (name: string, html: string, wanted: string | undefined) =>
  test(name, async () => {
    const bytes = new TextEncoder().encode(html);
    const { page } = await readDocument(
      { url: "http://a.example/about/x", bytes, contentType: "text/html" },
      emptyKnowledge,
    );
    expect(page.published?.date).toBe(wanted);
    const { start, end, quote } = page.published ?? { start: 0, end: 0, quote: "" };
    expect(html.slice(start, end)).toBe(quote);
  });

published(
  "the date under the heading",
  `<main><h1>Docks train more</h1><p>By Kim Lee, March 3, 2026</p><p>${text}</p></main>`,
  "2026-03-03",
);
published(
  "a label on the line before",
  `<main><h1>Docks train more</h1><h4>Published</h4><p>3 March 2026</p><p>${text}</p></main>`,
  "2026-03-03",
);
published(
  "the date a reader sees goes before the head's",
  `<meta property="article:published_time" content="2026-03-04T01:00:00Z"><main><h1>Docks train more</h1><p>Posted on March 3, 2026</p><p>${text}</p></main>`,
  "2026-03-03",
);
published(
  "structured data of an article, its time with escapes",
  `<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-03T01:00:00\\u002b00:00"}</script><h1>Docks train more</h1><p>${text}</p>`,
  "2026-03-03",
);
published(
  "a page of a system is no article",
  `<script type="application/ld+json">{"@type":"WebPage","datePublished":"2026-03-03"}</script><h1>Docks</h1><p>${text}</p>`,
  undefined,
);
published(
  "a thing for sale",
  `<script type="application/ld+json">{"@type":"Product","name":"Rope"}</script><main><h1>Rope</h1><p>Posted on March 3, 2026</p><p>${text}</p></main>`,
  undefined,
);
published(
  "entries of a list",
  `<main><h1>News</h1>${[1, 2, 3, 4, 5, 6, 7].map((day) => `<div><p>March ${day}, 2026</p><a href="/${day}">Docks train more on day ${day}</a></div>`).join("")}</main>`,
  undefined,
);
